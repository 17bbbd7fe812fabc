import { v7 as newId } from 'uuid';
import { wakeTask } from '../../core/background-tasks.js';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, InvalidInput, NotFound } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import {
  calendarLimits,
  type CalendarException,
  type CalendarExceptions,
  type WorkingCalendar,
} from '../../core/working-time/working-calendar.js';
import { refusingTakenNames } from '../admin/taken-names.js';
import { addRecount } from '../deadlines/recount.service.js';
import type { ExceptionOrigin } from './calendar-exception.js';
import { storeDays, touchCalendar, type TakenDays } from './store-days.js';
import type { CalendarRecord, DayRecord } from './working-calendars.queries.js';
import { workingCalendarLimits, type CalendarFields } from './working-calendars.schemas.js';

/** A week as the database takes it. */
const storedWeek = (weekly: WorkingCalendar['weekly']) =>
  Object.fromEntries(
    Object.entries(weekly).map(([day, windows]) => [day, windows.map((one) => ({ ...one }))]),
  );

/**
 * Creates a calendar. Sent twice, the same form (same id) creates once.
 * @throws InvalidInput when the name is taken or there are too many.
 */
export async function createCalendar(
  context: ViewerContext,
  id: string,
  { weekly, ...fields }: CalendarFields,
): Promise<void> {
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'working-calendars.created', async (tx) => {
      if ((await tx.workingCalendar.count({ where: { id } })) > 0) return;
      const maximum = workingCalendarLimits.calendars;
      if ((await tx.workingCalendar.count()) >= maximum)
        throw InvalidInput.field('name', 'workingCalendars.tooMany', { maximum });
      if (fields.isDefault) await clearDefault(tx);
      await tx.workingCalendar.create({
        data: { id, ...fields, weekly: storedWeek(weekly) },
        select: { id: true },
      });
    }),
  );
}

/**
 * Changes a calendar and has open requests counted anew. The default stays the default until another becomes it.
 * @throws EditedMeanwhile, InvalidInput when the name is taken.
 */
export async function changeCalendar(
  context: ViewerContext,
  { id, isDefault }: CalendarRecord,
  version: number,
  { weekly, ...fields }: CalendarFields,
): Promise<void> {
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    recounting(context, 'working-calendars.changed', async (tx) => {
      if (fields.isDefault && !isDefault) await clearDefault(tx);
      const { count } = await tx.workingCalendar.updateMany({
        where: { id, version },
        data: { ...fields, weekly: storedWeek(weekly), isDefault: isDefault || fields.isDefault },
      });
      if (count === 0) throw new EditedMeanwhile();
    }),
  );
}

const clearDefault = (tx: Transaction): Promise<unknown> =>
  tx.workingCalendar.updateMany({ where: { isDefault: true }, data: { isDefault: false } });

/** Adds or changes a day of a calendar by hand. @throws InvalidInput when there are too many. */
export async function setDay(
  context: ViewerContext,
  calendarId: string,
  day: string,
  exception: CalendarException,
): Promise<void> {
  await recounting(context, 'working-calendars.day-changed', async (tx) => {
    await storeDays(tx, calendarId, { [day]: exception }, 'own');
    await refuseTooMany(tx, calendarId, 'day');
  });
}

/** Takes a day out again: it is then like any other of its weekday. @throws NotFound */
export async function removeDay(
  context: ViewerContext,
  { id, calendarId }: Pick<DayRecord, 'id' | 'calendarId'>,
): Promise<void> {
  await recounting(context, 'working-calendars.day-removed', async (tx) => {
    const { count } = await tx.workingCalendarException.deleteMany({ where: { id } });
    if (count === 0) throw new NotFound('no such day of a calendar');
    await touchCalendar(tx, calendarId);
  });
}

/** Takes over days from a file or from what the product knows; own ones stay. @throws InvalidInput when there are too many. */
export function takeOverDays(
  context: ViewerContext,
  calendarId: string,
  days: CalendarExceptions,
  origin: ExceptionOrigin,
): Promise<TakenDays> {
  return recounting(context, 'working-calendars.imported', async (tx) => {
    const taken = await storeDays(tx, calendarId, days, origin);
    await refuseTooMany(tx, calendarId, 'year');
    return taken;
  });
}

async function refuseTooMany(tx: Transaction, calendarId: string, field: string): Promise<void> {
  const count = await tx.workingCalendarException.count({ where: { calendarId } });
  if (count > calendarLimits.exceptions) throw InvalidInput.field(field, 'workingTime.tooManyExceptions');
}

/**
 * Deletes a calendar that nothing counts by; the returned action brings it back.
 * @throws Conflict for the default and for those that policies use, EditedMeanwhile
 */
export async function deleteCalendar(
  context: ViewerContext,
  { id, name, isDefault, policyCount }: CalendarRecord,
  version: number,
): Promise<string> {
  if (isDefault || policyCount > 0) throw new Conflict('workingCalendars.stillUsed');
  const actionId = newId();
  await unitOfWork(
    context,
    'working-calendars.deleted',
    async (tx) => {
      await tx.workingCalendarException.deleteMany({ where: { calendarId: id } });
      const { count } = await tx.workingCalendar.deleteMany({ where: { id, version } });
      if (count === 0) throw new EditedMeanwhile();
      const action = {
        id: actionId,
        kind: 'working-calendars.deleted',
        summary: { name },
        actorId: context.viewer.id,
      };
      await registerUndoable(tx, action, context.deps.now());
    },
    { undoableActionId: actionId },
  );
  return actionId;
}

type CalendarAction = `working-calendars.${'changed' | 'day-changed' | 'day-removed' | 'imported'}`;

/** Runs `work` and has open requests counted by what is then in force. */
async function recounting<Result>(
  context: ViewerContext,
  action: CalendarAction,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const { result, taskId } = await unitOfWork(context, action, async (tx) => ({
    result: await work(tx),
    taskId: await addRecount(tx, context),
  }));
  await wakeTask(context.deps, taskId);
  return result;
}
