import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { placeInTree } from '../service-settings/tree-place.js';
import { causeTree } from './complaint-cause.js';
import { findComplaintCause } from './complaint-causes.queries.js';
import type { ComplaintCauseChange, NewComplaintCause } from './complaint-causes.schemas.js';

/**
 * Creates a cause, the last under its parent. Sent twice, the same form (same id) creates once.
 * @throws InvalidInput when it cannot stand there, or its name is taken there.
 */
export async function createComplaintCause(context: ViewerContext, form: NewComplaintCause): Promise<void> {
  await unitOfWork(context, 'complaint-causes.created', async (tx) => {
    const { isThere, position } = await placeInTree(tx, causeTree, form);
    if (isThere) return;
    await refuseTaken(tx, form);
    await tx.complaintCause.create({ data: { ...form, position }, select: { id: true } });
  });
}

/**
 * Changes a cause; moved elsewhere, those below come along.
 * @throws NotFound, EditedMeanwhile, and InvalidInput as for a new one.
 */
export async function changeComplaintCause(
  context: ViewerContext,
  id: string,
  { version, ...fields }: ComplaintCauseChange,
): Promise<void> {
  await findComplaintCause(context, id);
  await unitOfWork(context, 'complaint-causes.changed', async (tx) => {
    const { position } = await placeInTree(tx, causeTree, { id, ...fields });
    await refuseTaken(tx, { id, ...fields });
    const data = { ...fields, position };
    const { count } = await tx.complaintCause.updateMany({ where: { id, version }, data });
    if (count === 0) throw new EditedMeanwhile();
  });
}

async function refuseTaken(tx: Transaction, { id, name, parentId }: NewComplaintCause): Promise<void> {
  const where = { parentId, name: { equals: name, mode: 'insensitive' }, id: { not: id } } as const;
  if ((await tx.complaintCause.count({ where })) > 0) throw InvalidInput.field('name', 'tree.nameTaken');
}
