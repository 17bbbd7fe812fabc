import { v7 as newId } from 'uuid';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict } from '../../core/errors.js';
import { sql } from '../../core/sql.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { findVersion } from './article-versions.queries.js';
import { findArticle } from './articles.queries.js';
import type { ArticleChange, ArticleRestoration, NewArticle } from './articles.schemas.js';

/** Writes an article with its first version. Sent twice, the same form (same id) creates once. */
export async function createArticle(context: ViewerContext, form: NewArticle): Promise<void> {
  await unitOfWork(context, 'articles.created', async (tx) => {
    const { count } = await tx.article.createMany({ data: form, skipDuplicates: true });
    if (count > 0) await addVersion(tx, context, form.id, form);
  });
}

/** Saves an article as a new version. @throws NotFound, EditedMeanwhile */
export async function changeArticle(
  context: ViewerContext,
  id: string,
  { version, ...fields }: ArticleChange,
): Promise<void> {
  await findArticle(context, id);
  await unitOfWork(context, 'articles.changed', (tx) => saveArticle(tx, context, { id, version }, fields));
}

/** Brings the words of an old version back, as a new one. @throws NotFound, EditedMeanwhile */
export async function restoreVersion(
  context: ViewerContext,
  id: string,
  { version, versionNo }: ArticleRestoration,
): Promise<void> {
  const { title, body } = await findVersion(context, id, versionNo);
  await unitOfWork(context, 'articles.restored', (tx) =>
    saveArticle(tx, context, { id, version }, { title, body }),
  );
}

/** Takes an article off those that are offered. Returns its title. @throws NotFound */
export async function archiveArticle(context: ViewerContext, id: string): Promise<string> {
  const { title } = await findArticle(context, id);
  const archivedAt = context.deps.now();
  await unitOfWork(context, 'articles.archived', (tx) =>
    tx.article.updateMany({ where: { id, archivedAt: null }, data: { archivedAt } }),
  );
  return title;
}

/** Offers an article again. Returns its title. @throws NotFound */
export async function unarchiveArticle(context: ViewerContext, id: string): Promise<string> {
  const { title } = await findArticle(context, id);
  await unitOfWork(context, 'articles.unarchived', (tx) =>
    tx.article.updateMany({ where: { id, archivedAt: { not: null } }, data: { archivedAt: null } }),
  );
  return title;
}

/**
 * Deletes an article that no answer was taken from, with its versions; the returned action brings it back.
 * @throws NotFound, EditedMeanwhile, Conflict when it was used.
 */
export async function deleteArticle(
  context: ViewerContext,
  id: string,
  version: number,
): Promise<{ readonly actionId: string; readonly title: string }> {
  const { title } = await findArticle(context, id);
  const actionId = newId();
  await unitOfWork(
    context,
    'articles.deleted',
    async (tx) => {
      // Locked like this, no answer can be taken from it any more.
      await tx.$executeRaw(sql`SELECT FROM articles WHERE id = ${id}::uuid FOR UPDATE`);
      if ((await tx.requestEntry.findFirst({ where: { articleId: id }, select: { id: true } })) !== null)
        throw new Conflict('articles.usedMeanwhile');
      await tx.articleVersion.deleteMany({ where: { articleId: id } });
      const { count } = await tx.article.deleteMany({ where: { id, version } });
      if (count === 0) throw new EditedMeanwhile();
      const action = { id: actionId, kind: 'articles.deleted', summary: { title } };
      await registerUndoable(tx, { ...action, actorId: context.viewer.id }, context.deps.now());
    },
    { undoableActionId: actionId },
  );
  return { actionId, title };
}

interface Words {
  readonly title: string;
  readonly body: string;
}

async function saveArticle(
  tx: Transaction,
  context: ViewerContext,
  where: { readonly id: string; readonly version: number },
  fields: Words & { readonly isPublic?: boolean },
): Promise<void> {
  const { count } = await tx.article.updateMany({ where, data: fields });
  if (count === 0) throw new EditedMeanwhile();
  await addVersion(tx, context, where.id, fields);
}

/** The article's row is locked by what was just written to it, so that no number is drawn twice. */
async function addVersion(
  tx: Transaction,
  { actor, deps }: ViewerContext,
  articleId: string,
  { title, body }: Words,
): Promise<void> {
  const { _max: latest } = await tx.articleVersion.aggregate({
    where: { articleId },
    _max: { versionNo: true },
  });
  const versionNo = (latest.versionNo ?? 0) + 1;
  const made = { id: newId(), articleId, versionNo, authorId: actor.id, createdAt: deps.now() };
  await tx.articleVersion.create({ data: { ...made, title, body }, select: { id: true } });
}
