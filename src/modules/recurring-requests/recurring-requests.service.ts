import { v7 as newId } from 'uuid';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, InvalidInput } from '../../core/errors.js';
import { dayOf } from '../../core/format.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { requireWorker } from '../assignment/require-worker.js';
import { findCustomer } from '../customers/customers.queries.js';
import { addDays } from '../follow-ups/due-days.js';
import { checkRequestParts } from '../service-requests/request-parts.js';
import { refuseMissing } from '../service-settings/refuse-missing.js';
import { nextOccurrence, type Recurrence } from './recurrence.js';
import { findRecurring } from './recurring-requests.queries.js';
import type { RecurringFields } from './recurring-requests.schemas.js';

/** The next day on which it comes, today included. */
const nextFrom = (rule: Recurrence, today: string): string | undefined =>
  nextOccurrence(rule, addDays(today, -1));

const columnsOf = (fields: RecurringFields, nextOn: string | undefined) => ({
  ...fields,
  startsOn: new Date(fields.startsOn),
  endsOn: fields.endsOn === null ? null : new Date(fields.endsOn),
  nextOn: nextOn === undefined ? null : new Date(nextOn),
});

/**
 * Creates a recurring request of a customer within the viewer's scope. Sent twice, the same form (same id) creates once.
 * @throws NotFound, InvalidInput when it never comes or something it refers to is not there
 */
export async function createRecurring(
  context: ViewerContext,
  id: string,
  customerId: string,
  fields: RecurringFields,
): Promise<void> {
  await findCustomer(context, customerId);
  const nextOn = comingDay(context, fields);
  await unitOfWork(context, 'recurring-requests.created', async (tx) => {
    if ((await tx.recurringRequest.count({ where: { id } })) > 0) return;
    await check(tx, customerId, fields);
    const data = { id, customerId, createdById: context.viewer.id, ...columnsOf(fields, nextOn) };
    await tx.recurringRequest.create({ data, select: { id: true } });
  });
}

/**
 * Changes a recurring request; one that was paused runs again. Requests that were opened stay as they are.
 * @throws NotFound, EditedMeanwhile, InvalidInput when it never comes or something it refers to is not there
 */
export async function changeRecurring(
  context: ViewerContext,
  id: string,
  version: number,
  fields: RecurringFields,
): Promise<void> {
  const { customerId } = await findRecurring(context, id);
  const nextOn = comingDay(context, fields);
  await unitOfWork(context, 'recurring-requests.changed', async (tx) => {
    await check(tx, customerId, fields);
    const { count } = await tx.recurringRequest.updateMany({
      where: { id, version },
      data: columnsOf(fields, nextOn),
    });
    if (count === 0) throw new EditedMeanwhile();
  });
}

function comingDay({ deps }: ViewerContext, fields: RecurringFields): string {
  const day = nextFrom(fields, dayOf(deps.now()));
  if (day === undefined) throw InvalidInput.field('endsOn', 'recurringRequests.neverComes');
  return day;
}

async function check(tx: Transaction, customerId: string, fields: RecurringFields): Promise<void> {
  await refuseMissing(tx, 'typeId', 'request_types', [fields.typeId]);
  await checkRequestParts(tx, { typeId: fields.typeId, customerId }, fields);
  if (fields.assigneeId !== null) await requireWorker(tx, fields.assigneeId);
}

/** Ways to stop a recurring request. */
export const stops = ['paused', 'ended', 'deleted'] as const;
export type Stop = (typeof stops)[number];

/**
 * Pauses, ends or deletes a recurring request; the returned action takes that back.
 * @throws NotFound, EditedMeanwhile
 */
export async function stopRecurring(
  context: ViewerContext,
  id: string,
  version: number,
  stop: Stop,
): Promise<string> {
  const { subject, startsOn } = await findRecurring(context, id);
  const actionId = newId();
  const now = context.deps.now();
  const today = dayOf(now);
  const endsOn = new Date(startsOn > today ? startsOn : today);
  const kind = `recurring-requests.${stop}` as const;
  await unitOfWork(
    context,
    kind,
    async (tx) => {
      const where = { id, version };
      const { count } =
        stop === 'deleted'
          ? await tx.recurringRequest.deleteMany({ where })
          : await tx.recurringRequest.updateMany({
              where,
              data: { nextOn: null, ...(stop === 'ended' ? { endsOn } : {}) },
            });
      if (count === 0) throw new EditedMeanwhile();
      await registerUndoable(
        tx,
        { id: actionId, kind, summary: { subject }, actorId: context.viewer.id },
        now,
      );
    },
    { undoableActionId: actionId },
  );
  return actionId;
}

/**
 * Lets a paused recurring request run again, from its next day on.
 * @throws NotFound, EditedMeanwhile, Conflict when it is at its end
 */
export async function resumeRecurring(context: ViewerContext, id: string, version: number): Promise<string> {
  const recurring = await findRecurring(context, id);
  const nextOn = nextFrom(recurring, dayOf(context.deps.now()));
  if (nextOn === undefined) throw new Conflict('recurringRequests.atItsEnd');
  await unitOfWork(context, 'recurring-requests.resumed', async (tx) => {
    const { count } = await tx.recurringRequest.updateMany({
      where: { id, version },
      data: { nextOn: new Date(nextOn) },
    });
    if (count === 0) throw new EditedMeanwhile();
  });
  return nextOn;
}
