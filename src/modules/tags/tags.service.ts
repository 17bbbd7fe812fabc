import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput, NotFound } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { EditedMeanwhile } from '../../core/conflict.js';
import { refusingTakenNames } from '../admin/taken-names.js';
import { tagLimits } from './tag.js';
import { findTag } from './tags.queries.js';
import type { NewTag, TagChange } from './tags.schemas.js';

/** A tag may hang on every customer; each of them is a row in the log. */
const deletionTimeoutMillis = 60_000;

/** @throws InvalidInput when the name is taken, whatever its case, or there are too many tags. */
export async function createTag(context: ViewerContext, form: NewTag): Promise<string> {
  return refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'tags.created', async (tx) => {
      await refuseTaken(tx, form.name);
      return addTag(tx, form);
    }),
  );
}

/**
 * Adds a tag within a unit of work; returns its id.
 * @throws InvalidInput beside the field `name` when there are too many.
 */
export async function addTag(tx: Transaction, tag: NewTag): Promise<string> {
  if ((await tx.tag.count()) >= tagLimits.tags) {
    throw InvalidInput.field('name', 'tags.tooMany', { maximum: tagLimits.tags });
  }
  const { id } = await tx.tag.create({ data: { id: newId(), ...tag }, select: { id: true } });
  return id;
}

/**
 * Changes name and colour.
 * @throws NotFound, EditedMeanwhile, InvalidInput when the name is taken.
 */
export async function changeTag(context: ViewerContext, id: string, form: TagChange): Promise<void> {
  const { version, ...fields } = form;
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'tags.changed', async (tx) => {
      await refuseTaken(tx, fields.name, id);
      const { count } = await tx.tag.updateMany({ where: { id, version }, data: fields });
      if (count === 0) throw await goneOrEdited(tx, id);
    }),
  );
}

/**
 * Deletes a tag and takes it off its customers; the returned action brings both back.
 * @throws NotFound, EditedMeanwhile
 */
export async function deleteTag(context: ViewerContext, id: string, version: number): Promise<string> {
  const { name } = await findTag(context, id);
  const actionId = newId();
  await unitOfWork(
    context,
    'tags.deleted',
    async (tx) => {
      await tx.$executeRaw`SET LOCAL statement_timeout = '60s'`;
      const { count: customers } = await tx.customerTag.deleteMany({ where: { tagId: id } });
      const { count } = await tx.tag.deleteMany({ where: { id, version } });
      if (count === 0) throw await goneOrEdited(tx, id);
      const summary = { name, count: customers };
      const action = { id: actionId, kind: 'tags.deleted', summary, actorId: context.viewer.id };
      await registerUndoable(tx, action, context.deps.now());
    },
    { undoableActionId: actionId, timeoutMillis: deletionTimeoutMillis },
  );
  return actionId;
}

async function refuseTaken(tx: Transaction, name: string, exceptId?: string): Promise<void> {
  const taken = await tx.tag.count({
    where: {
      name: { equals: name, mode: 'insensitive' },
      ...(exceptId !== undefined && { id: { not: exceptId } }),
    },
  });
  if (taken > 0) throw InvalidInput.field('name', 'admin.nameTaken');
}

const goneOrEdited = async (tx: Transaction, id: string): Promise<Error> =>
  (await tx.tag.count({ where: { id } })) > 0 ? new EditedMeanwhile() : new NotFound('no such tag');
