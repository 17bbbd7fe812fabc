import { v7 as newId } from 'uuid';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { assignmentQueue } from '../assignment/assignment-queue.js';
import { findAbsence } from './absences.queries.js';
import type { AbsenceChange, NewAbsence } from './absences.schemas.js';
import { findStaff } from './staff-schedules.queries.js';

/**
 * Notes an absence. Sent twice, the same form (same id) creates once.
 * @throws NotFound, InvalidInput when they stand in for themselves or are absent on one of its days already.
 */
export async function createAbsence(
  context: ViewerContext,
  userId: string,
  { id, ...form }: NewAbsence,
): Promise<void> {
  await findStaff(context, userId);
  await unitOfWork(context, 'staff-absences.created', async (tx) => {
    if ((await tx.staffAbsence.count({ where: { id } })) > 0) return;
    const data = await checked(tx, userId, id, form);
    await tx.staffAbsence.create({ data: { id, userId, ...data }, select: { id: true } });
  });
  await context.deps.jobs.wake(assignmentQueue);
}

/** @throws NotFound, EditedMeanwhile, InvalidInput as `createAbsence`. */
export async function changeAbsence(
  context: ViewerContext,
  id: string,
  { version, ...form }: AbsenceChange,
): Promise<void> {
  const { userId } = await findAbsence(context, id);
  await unitOfWork(context, 'staff-absences.changed', async (tx) => {
    const data = await checked(tx, userId, id, form);
    const { count } = await tx.staffAbsence.updateMany({ where: { id, version }, data });
    if (count === 0) throw new EditedMeanwhile();
  });
  await context.deps.jobs.wake(assignmentQueue);
}

/** The returned action brings it back. @throws NotFound, EditedMeanwhile */
export async function deleteAbsence(context: ViewerContext, id: string, version: number): Promise<string> {
  const { userId } = await findAbsence(context, id);
  const { name } = await findStaff(context, userId);
  const actionId = newId();
  await unitOfWork(
    context,
    'staff-absences.deleted',
    async (tx) => {
      const { count } = await tx.staffAbsence.deleteMany({ where: { id, version } });
      if (count === 0) throw new EditedMeanwhile();
      const summary = { name };
      const action = { id: actionId, kind: 'staff-absences.deleted', summary, actorId: context.viewer.id };
      await registerUndoable(tx, action, context.deps.now());
    },
    { undoableActionId: actionId },
  );
  await context.deps.jobs.wake(assignmentQueue);
  return actionId;
}

/** The row's values, where nothing speaks against them. */
async function checked(
  tx: Transaction,
  userId: string,
  id: string,
  { fromDay, toDay, reason, substituteId }: Omit<NewAbsence, 'id'>,
) {
  if (substituteId === userId) throw InvalidInput.field('substituteId', 'staffSchedules.ownSubstitute');
  if (substituteId !== null) {
    const known = await tx.user.count({ where: { id: substituteId, disabledAt: null } });
    if (known === 0) throw InvalidInput.field('substituteId', 'errors.notAChoice');
  }
  const days = { fromDay: new Date(`${fromDay}T00:00:00Z`), toDay: new Date(`${toDay}T00:00:00Z`) };
  const overlapping = await tx.staffAbsence.count({
    where: { userId, id: { not: id }, fromDay: { lte: days.toDay }, toDay: { gte: days.fromDay } },
  });
  if (overlapping > 0) throw InvalidInput.field('fromDay', 'staffSchedules.absenceOverlaps');
  return { ...days, reason, substituteId };
}
