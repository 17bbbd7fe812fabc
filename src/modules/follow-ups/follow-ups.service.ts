import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, Forbidden, InvalidInput } from '../../core/errors.js';
import { dayOf } from '../../core/format.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { isUniqueViolation, unitOfWork } from '../../core/unit-of-work.js';
import { EditedMeanwhile } from '../../core/conflict.js';
import { writeContactRecord } from '../contact-records/write-contact-record.js';
import { findCustomer } from '../customers/customers.queries.js';
import { addNotification } from '../notifications/notifications.service.js';
import { addDays } from './due-days.js';
import { asDate, planFollowUp, tellOwner } from './follow-up-steps.js';
import { findFollowUp, type FollowUpRecord } from './follow-ups.queries.js';
import type { Completion, FollowUpChange, NewFollowUp, Snooze } from './follow-ups.schemas.js';
import { checkDay, checkOwner, mustPlan, nextPlan } from './next-plan.js';

/**
 * Plans a follow-up for a customer. Sent twice, the same form (same id) plans once.
 * @throws NotFound, Forbidden, InvalidInput
 */
export async function createFollowUp(
  context: ViewerContext,
  customerId: string,
  form: NewFollowUp,
): Promise<void> {
  await findCustomer(context, customerId);
  const { id, dueOn, dueTime: dueMinute, action } = form;
  const ownerId = form.ownerId ?? context.viewer.id;
  mustPlan(context);
  checkDay(context, dueOn, 'dueOn');
  await checkOwner(context, customerId, ownerId, 'ownerId');
  try {
    await unitOfWork(context, 'follow-ups.planned', (tx) =>
      planFollowUp(tx, context, { id, customerId, previousId: null, dueOn, dueMinute, action, ownerId }),
    );
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}

/**
 * Changes what is to be done, when and by whom.
 * @throws NotFound, Forbidden, InvalidInput, EditedMeanwhile, Conflict when it is finished.
 */
export async function changeFollowUp(
  context: ViewerContext,
  id: string,
  form: FollowUpChange,
): Promise<void> {
  const followUp = await findManaged(context, id);
  const { version, dueOn, dueTime: dueMinute, action } = form;
  const ownerId = form.ownerId ?? followUp.owner_id;
  if (dueOn !== followUp.due_on) checkDay(context, dueOn, 'dueOn');
  if (ownerId !== followUp.owner_id) await checkOwner(context, followUp.customer_id, ownerId, 'ownerId');
  await unitOfWork(context, 'follow-ups.changed', async (tx) => {
    await changeOpen(tx, id, version, { dueOn: asDate(dueOn), dueMinute, action, ownerId });
    if (ownerId === followUp.owner_id) return;
    await tellOwner(tx, context, { id, customerId: followUp.customer_id, ownerId });
    await tellFormerOwner(tx, context, followUp);
  });
}

/**
 * Finishes a follow-up: with an outcome it also writes what happened, and it can plan the next one.
 * @throws NotFound, Forbidden, InvalidInput, EditedMeanwhile, Conflict when it is finished already.
 */
export async function completeFollowUp(
  context: ViewerContext,
  id: string,
  form: Completion,
): Promise<{ nextOn: string | null }> {
  const followUp = await findManaged(context, id);
  const customerId = followUp.customer_id;
  const plan = await nextPlan(context, customerId, form);
  await unitOfWork(context, 'follow-ups.done', async (tx) => {
    const contactRecordId = form.outcome === null ? null : form.recordId;
    if (form.outcome !== null) {
      const { channel, direction, outcome, summary } = form;
      const happened = {
        channel,
        direction,
        outcome,
        summary: summary ?? '',
        happenedAt: context.deps.now(),
      };
      await writeContactRecord(tx, context, { id: form.recordId, customerId, ...happened });
    }
    const finished = { finishedAt: context.deps.now(), finishedById: context.viewer.id };
    await changeOpen(tx, id, form.version, { state: 'done', contactRecordId, ...finished });
    if (plan) await planFollowUp(tx, context, { id: newId(), customerId, previousId: id, ...plan });
  });
  return { nextOn: plan?.dueOn ?? null };
}

/**
 * Puts a follow-up off and counts that; returns the new day.
 * @throws NotFound, Forbidden, InvalidInput, EditedMeanwhile, Conflict when it is finished.
 */
export async function snoozeFollowUp(
  context: ViewerContext,
  id: string,
  version: number,
  form: Pick<Snooze, 'days' | 'until'>,
): Promise<string> {
  const followUp = await findManaged(context, id);
  const dueOn = snoozedTo(followUp.due_on, dayOf(context.deps.now()), form);
  await unitOfWork(context, 'follow-ups.snoozed', (tx) =>
    changeOpen(tx, id, version, { dueOn: asDate(dueOn), snoozeCount: { increment: 1 } }),
  );
  return dueOn;
}

/**
 * The day that a follow-up is put off to. Days count from today when it is overdue, else from its day.
 * @throws InvalidInput when no day was given, or one that is not later than both.
 */
export function snoozedTo(dueOn: string, today: string, form: Pick<Snooze, 'days' | 'until'>): string {
  const start = dueOn > today ? dueOn : today;
  const day = form.until ?? (form.days === undefined ? null : addDays(start, form.days));
  if (day === null) throw InvalidInput.field('until', 'followUps.dayMissing');
  if (day < today || day <= dueOn) throw InvalidInput.field('until', 'followUps.snoozeNotLater');
  return day;
}

/**
 * Cancels a follow-up; the returned action takes that back.
 * @throws NotFound, Forbidden, EditedMeanwhile, Conflict when it is finished.
 */
export async function cancelFollowUp(
  context: ViewerContext,
  id: string,
  form: { readonly version: number; readonly reason: string },
): Promise<string> {
  const { deps, viewer } = context;
  const followUp = await findManaged(context, id);
  const actionId = newId();
  const summary = { customerNo: followUp.customer_no, action: followUp.action };
  const now = deps.now();
  await unitOfWork(
    context,
    'follow-ups.cancelled',
    async (tx) => {
      const action = { id: actionId, kind: 'followUps.cancelled', summary, actorId: viewer.id };
      await registerUndoable(tx, action, now);
      const finished = { finishedAt: now, finishedById: viewer.id };
      await changeOpen(tx, id, form.version, { state: 'cancelled', reason: form.reason, ...finished });
    },
    { undoableActionId: actionId },
  );
  return actionId;
}

async function findManaged(context: ViewerContext, id: string): Promise<FollowUpRecord> {
  const followUp = await findFollowUp(context, id);
  if (!followUp.can_manage) throw new Forbidden('follow-ups:manage');
  return followUp;
}

async function changeOpen(
  tx: Transaction,
  id: string,
  version: number,
  data: Parameters<Transaction['followUp']['updateMany']>[0]['data'],
): Promise<void> {
  const { count } = await tx.followUp.updateMany({ where: { id, version, state: 'open' }, data });
  if (count === 1) return;
  const open = await tx.followUp.count({ where: { id, state: 'open' } });
  throw open === 1 ? new EditedMeanwhile() : new Conflict('followUps.alreadyFinished');
}

async function tellFormerOwner(
  tx: Transaction,
  { viewer }: ViewerContext,
  followUp: FollowUpRecord,
): Promise<void> {
  if (followUp.owner_id === viewer.id) return;
  await addNotification(tx, {
    userId: followUp.owner_id,
    kind: 'followUpTaken',
    params: { actor: viewer.name, customerId: followUp.customer_id },
    href: `/follow-ups/${followUp.id}`,
  });
}
