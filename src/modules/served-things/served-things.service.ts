import { v7 as newId } from 'uuid';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Forbidden, InvalidInput } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { findCustomer } from '../customers/customers.queries.js';
import { asDate } from '../follow-ups/follow-up-steps.js';
import { moveDueDay, openDueDay, settleDueDay } from './due-follow-up.js';
import { findThing, type ThingRecord } from './served-things.queries.js';
import type { NewThing, ThingChange } from './served-things.schemas.js';

/**
 * Adds a thing to a customer. Sent twice, the same form (same id) adds once.
 * @throws NotFound, Forbidden, InvalidInput when the kind is out of use.
 */
export async function createThing(
  context: ViewerContext,
  customerId: string,
  { nextDueOn, ...form }: NewThing,
): Promise<void> {
  const customer = await findCustomer(context, customerId);
  if (!customer.can_edit_things) throw new Forbidden('served-things:edit');
  await unitOfWork(context, 'served-things.created', async (tx) => {
    await checkKind(tx, form.kindId);
    const data = { ...form, customerId, nextDueOn: nextDueOn && asDate(nextDueOn) };
    await tx.servedThing.createMany({ data, skipDuplicates: true });
  });
}

/**
 * Changes a thing. Where the due day moves, the open follow-up of the old day is cancelled.
 * @throws NotFound, Forbidden, EditedMeanwhile, InvalidInput when a kind that is chosen anew is out of use.
 */
export async function changeThing(context: ViewerContext, id: string, form: ThingChange): Promise<void> {
  const thing = await findEditableThing(context, id);
  const { version, nextDueOn, ...fields } = form;
  await unitOfWork(context, 'served-things.changed', async (tx) => {
    if (fields.kindId !== thing.kind_id) await checkKind(tx, fields.kindId);
    const data = { ...fields, nextDueOn: nextDueOn && asDate(nextDueOn) };
    const { count } = await tx.servedThing.updateMany({ where: { id, version }, data });
    if (count === 0) throw new EditedMeanwhile();
    const move = { from: thing.next_due_on, to: nextDueOn };
    await moveDueDay(tx, context, id, move, because(context, 'moved'));
  });
}

/** Takes a thing out of use: it is sold or gone, and nothing of it falls due. @throws NotFound, Forbidden */
export async function archiveThing(context: ViewerContext, id: string): Promise<ThingRecord> {
  const thing = await findEditableThing(context, id);
  await unitOfWork(context, 'served-things.archived', async (tx) => {
    const data = { archivedAt: context.deps.now() };
    const { count } = await tx.servedThing.updateMany({ where: { id, archivedAt: null }, data });
    if (count === 1) await settleDueDay(tx, context, id, thing.next_due_on, because(context, 'archived'));
  });
  return thing;
}

/** Brings a thing back into use, with its due day. @throws NotFound, Forbidden */
export async function unarchiveThing(context: ViewerContext, id: string): Promise<ThingRecord> {
  const thing = await findEditableThing(context, id);
  await unitOfWork(context, 'served-things.unarchived', async (tx) => {
    const where = { id, archivedAt: { not: null } };
    const { count } = await tx.servedThing.updateMany({ where, data: { archivedAt: null } });
    if (count === 1) await openDueDay(tx, id, thing.next_due_on);
  });
  return thing;
}

/**
 * Deletes a thing with its history; the returned action brings both back.
 * @throws NotFound, Forbidden, EditedMeanwhile
 */
export async function deleteThing(
  context: ViewerContext,
  id: string,
  version: number,
): Promise<{ readonly actionId: string; readonly thing: ThingRecord }> {
  const thing = await findEditableThing(context, id);
  const actionId = newId();
  const summary = { name: thing.name, customerNo: thing.customer_no, count: thing.service_count };
  const action = { id: actionId, kind: 'servedThings.deleted', summary, actorId: context.viewer.id };
  await unitOfWork(
    context,
    'served-things.deleted',
    async (tx) => {
      await registerUndoable(tx, action, context.deps.now());
      await settleDueDay(tx, context, id, thing.next_due_on, because(context, 'deleted'));
      await tx.servedThingService.deleteMany({ where: { thingId: id } });
      const { count } = await tx.servedThing.deleteMany({ where: { id, version } });
      if (count === 0) throw new EditedMeanwhile();
    },
    { undoableActionId: actionId },
  );
  return { actionId, thing };
}

/** @throws NotFound, Forbidden outside the scope of editing. */
export async function findEditableThing(context: ViewerContext, id: string): Promise<ThingRecord> {
  const thing = await findThing(context, id);
  if (!thing.can_edit) throw new Forbidden('served-things:edit');
  return thing;
}

/** Why a due day is no longer due, as the follow-up keeps it. */
export const because = ({ t }: ViewerContext, why: 'moved' | 'archived' | 'deleted') =>
  ({ state: 'cancelled', reason: t(`servedThings.reason.${why}`) }) as const;

async function checkKind(tx: Transaction, kindId: string): Promise<void> {
  const isInUse = (await tx.servedThingKind.count({ where: { id: kindId, archivedAt: null } })) === 1;
  if (!isInUse) throw InvalidInput.field('kindId', 'errors.notAChoice');
}
