import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { refusingTakenNames } from '../admin/taken-names.js';
import { kindLimits } from './served-thing-kind.js';
import { findKind } from './served-thing-kinds.queries.js';
import type { NewServedThingKind, ServedThingKindChange } from './served-thing-kinds.schemas.js';

/**
 * Creates a kind. Sent twice, the same form (same id) creates once.
 * @throws InvalidInput when the name is taken, whatever its case, or there are too many kinds.
 */
export async function createKind(context: ViewerContext, form: NewServedThingKind): Promise<void> {
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'served-thing-kinds.created', async (tx) => {
      if ((await tx.servedThingKind.count({ where: { id: form.id } })) > 0) return;
      await refuseTaken(tx, form.name, form.id);
      if ((await tx.servedThingKind.count()) >= kindLimits.kinds) {
        throw InvalidInput.field('name', 'servedThingKinds.tooMany', { maximum: kindLimits.kinds });
      }
      await tx.servedThingKind.create({ data: form, select: { id: true } });
    }),
  );
}

/**
 * Changes a kind. Due days of its things stay: a new interval counts from their next services on.
 * @throws NotFound, EditedMeanwhile, InvalidInput when the name is taken.
 */
export async function changeKind(
  context: ViewerContext,
  id: string,
  { version, ...fields }: ServedThingKindChange,
): Promise<void> {
  await findKind(context, id);
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'served-thing-kinds.changed', async (tx) => {
      await refuseTaken(tx, fields.name, id);
      const { count } = await tx.servedThingKind.updateMany({ where: { id, version }, data: fields });
      if (count === 0) throw new EditedMeanwhile();
    }),
  );
}

/** Takes a kind out of use: no new things of it; those there are stay. Returns its name. @throws NotFound */
export async function archiveKind(context: ViewerContext, id: string): Promise<string> {
  const { name } = await findKind(context, id);
  await unitOfWork(context, 'served-thing-kinds.archived', (tx) =>
    tx.servedThingKind.updateMany({
      where: { id, archivedAt: null },
      data: { archivedAt: context.deps.now() },
    }),
  );
  return name;
}

/** Brings a kind back into use. Returns its name. @throws NotFound */
export async function unarchiveKind(context: ViewerContext, id: string): Promise<string> {
  const { name } = await findKind(context, id);
  await unitOfWork(context, 'served-thing-kinds.unarchived', (tx) =>
    tx.servedThingKind.updateMany({ where: { id, archivedAt: { not: null } }, data: { archivedAt: null } }),
  );
  return name;
}

async function refuseTaken(tx: Transaction, name: string, exceptId: string): Promise<void> {
  const where = { name: { equals: name, mode: 'insensitive' }, id: { not: exceptId } } as const;
  const taken = await tx.servedThingKind.count({ where });
  if (taken > 0) throw InvalidInput.field('name', 'admin.nameTaken');
}
