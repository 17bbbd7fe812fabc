import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { refuseMissing } from '../service-settings/refuse-missing.js';
import { placeInTree, type TreePlace } from '../service-settings/tree-place.js';
import { findRequestCategory } from './request-categories.queries.js';
import type { NewRequestCategory, RequestCategoryChange } from './request-categories.schemas.js';
import { categoryTree } from './request-category.js';

type Fields = Omit<NewRequestCategory, 'id'>;

/**
 * Creates a category, the last under its parent. Sent twice, the same form (same id) creates once.
 * @throws InvalidInput when it cannot stand there, its name is taken there, or what it refers to is gone.
 */
export async function createRequestCategory(context: ViewerContext, form: NewRequestCategory): Promise<void> {
  await unitOfWork(context, 'request-categories.created', async (tx) => {
    const place = await placeInTree(tx, categoryTree, form);
    if (place.isThere) return;
    const { position, typeId } = await check(tx, form.id, form, place);
    await tx.requestCategory.create({ data: { ...form, typeId, position }, select: { id: true } });
  });
}

/**
 * Changes a category; moved elsewhere, those below come along and get its type. Requests keep what they have.
 * @throws NotFound, EditedMeanwhile, and InvalidInput as for a new one.
 */
export async function changeRequestCategory(
  context: ViewerContext,
  id: string,
  { version, ...fields }: RequestCategoryChange,
): Promise<void> {
  await findRequestCategory(context, id);
  await unitOfWork(context, 'request-categories.changed', async (tx) => {
    const place = await placeInTree(tx, categoryTree, { id, ...fields });
    const { position, typeId } = await check(tx, id, fields, place);
    const { count } = await tx.requestCategory.updateMany({
      where: { id, version },
      data: { ...fields, typeId, position },
    });
    if (count === 0) throw new EditedMeanwhile();
    await tx.$executeRaw`
      UPDATE request_categories SET type_id = ${typeId}::uuid
      WHERE id = ANY(${place.idsBelow}::uuid[]) AND type_id IS DISTINCT FROM ${typeId}::uuid`;
  });
}

/** The type is that of the parent, where there is one; a name stands once under a parent, at the top once for a type. */
async function check(
  tx: Transaction,
  id: string,
  { name, parentId, typeId, skillId }: Fields,
  { position }: TreePlace,
): Promise<{ position: number; typeId: string | null }> {
  const parent = parentId === null ? null : await tx.requestCategory.findUnique({ where: { id: parentId } });
  const itsType = parent ? parent.typeId : typeId;
  const neighbours = parent ? { parentId } : { parentId, typeId };
  const taken = await tx.requestCategory.count({
    where: { ...neighbours, name: { equals: name, mode: 'insensitive' }, id: { not: id } },
  });
  if (taken > 0) throw InvalidInput.field('name', 'tree.nameTaken');
  await refuseMissing(tx, 'typeId', 'request_types', [itsType]);
  await refuseMissing(tx, 'skillId', 'skills', [skillId]);
  return { position, typeId: itsType };
}
