import { v7 as newId } from 'uuid';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { assignmentQueue } from '../assignment/assignment-queue.js';
import { shiftsOf, type Shift } from './staff-schedule.js';
import { findStaff } from './staff-schedules.queries.js';
import type { Schedule } from './staff-schedules.schemas.js';

/**
 * Saves hours, capacity and skills of somebody, and gives them what waits.
 * @throws NotFound, EditedMeanwhile, InvalidInput when a skill does not exist.
 */
export async function saveSchedule(context: ViewerContext, userId: string, form: Schedule): Promise<void> {
  await findStaff(context, userId);
  await unitOfWork(context, 'staff-schedules.changed', async (tx) => {
    await saveCapacity(tx, userId, form);
    await saveSkills(tx, userId, form.skillIds);
    await replaceShifts(tx, userId, shiftsOf(form));
  });
  await context.deps.jobs.wake(assignmentQueue);
}

/**
 * Gives somebody the hours of a colleague in place of their own; the returned action takes it back.
 * @throws NotFound, InvalidInput when the colleague has none.
 */
export async function copyHours(context: ViewerContext, userId: string, fromId: string): Promise<string> {
  const { name } = await findStaff(context, userId);
  const actionId = newId();
  await unitOfWork(
    context,
    'staff-schedules.hours-copied',
    async (tx) => {
      const shifts = await readShifts(tx, fromId);
      if (shifts.length === 0 || fromId === userId)
        throw InvalidInput.field('fromId', 'staffSchedules.noHoursToCopy');
      await replaceShifts(tx, userId, shifts);
      const action = {
        id: actionId,
        kind: 'staff-schedules.hours-copied',
        summary: { name },
        actorId: context.viewer.id,
      };
      await registerUndoable(tx, action, context.deps.now());
    },
    { undoableActionId: actionId },
  );
  await context.deps.jobs.wake(assignmentQueue);
  return actionId;
}

/** The capacity's version guards hours and skills too, so it is written even when it stays as it was. */
async function saveCapacity(tx: Transaction, id: string, form: Schedule): Promise<void> {
  const { version, takesAutomatic, maximumOpen, weight } = form;
  const data = { takesAutomatic, maximumOpen, weight };
  const { count } =
    version === 0
      ? await tx.staffCapacity.createMany({ data: [{ id, ...data }], skipDuplicates: true })
      : await tx.staffCapacity.updateMany({ where: { id, version }, data });
  if (count === 0) throw new EditedMeanwhile();
}

async function saveSkills(tx: Transaction, userId: string, chosen: readonly string[]): Promise<void> {
  const skillIds = [...new Set(chosen)];
  if ((await tx.skill.count({ where: { id: { in: skillIds } } })) < skillIds.length)
    throw InvalidInput.field('skillIds', 'errors.notAChoice');
  await tx.staffSkill.deleteMany({ where: { userId, skillId: { notIn: skillIds } } });
  await tx.staffSkill.createMany({
    data: skillIds.map((skillId) => ({ id: newId(), userId, skillId })),
    skipDuplicates: true,
  });
}

const readShifts = (tx: Transaction, userId: string): Promise<Shift[]> =>
  tx.staffShift.findMany({
    where: { userId },
    select: { weekday: true, fromMinute: true, toMinute: true },
    orderBy: [{ weekday: 'asc' }, { fromMinute: 'asc' }],
  });

/** Writes nothing when the hours are what they were. */
async function replaceShifts(tx: Transaction, userId: string, shifts: readonly Shift[]): Promise<void> {
  const told = (list: readonly Shift[]) =>
    list.map(({ weekday, fromMinute, toMinute }) => `${weekday} ${fromMinute} ${toMinute}`).join();
  if (told(await readShifts(tx, userId)) === told(shifts)) return;
  await tx.staffShift.deleteMany({ where: { userId } });
  await tx.staffShift.createMany({ data: shifts.map((shift) => ({ id: newId(), userId, ...shift })) });
}
