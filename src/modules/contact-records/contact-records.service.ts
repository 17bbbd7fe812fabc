import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import { Forbidden, InvalidInput } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { isUniqueViolation, unitOfWork } from '../../core/unit-of-work.js';
import { EditedMeanwhile } from '../../core/conflict.js';
import { findCustomer } from '../customers/customers.queries.js';
import { finishFollowUps, planFollowUp } from '../follow-ups/follow-up-steps.js';
import { listOpenFollowUps } from '../follow-ups/follow-ups.queries.js';
import { nextPlan } from '../follow-ups/next-plan.js';
import { findContactRecord, type ContactRecordRow } from './contact-records.queries.js';
import type { ContactRecordChange, NewContactRecord } from './contact-records.schemas.js';
import { happenedAt } from './happened-at.js';
import { writeContactRecord } from './write-contact-record.js';

/**
 * Writes what happened with a customer, finishes the follow-ups that it settled, and plans the next one, all or nothing.
 * Sent twice, the same form (same id) is stored once. Returns the day of the next follow-up, if one was planned.
 * @throws NotFound, Forbidden, InvalidInput
 */
export async function addContactRecord(
  context: ViewerContext,
  customerId: string,
  form: NewContactRecord,
): Promise<string | null> {
  const customer = await findCustomer(context, customerId);
  if (!customer.can_add_contact_records) throw new Forbidden('contact-records:create');
  const { id, channel, direction, outcome, summary } = form;
  const contact = { channel, direction, outcome, summary, happenedAt: happenedAt(form, context.deps.now()) };
  const plan = await nextPlan(context, customerId, form);
  await checkFinishable(context, customerId, form.finish);
  try {
    await unitOfWork(context, 'contact-records.created', async (tx) => {
      await writeContactRecord(tx, context, { id, customerId, ...contact });
      const [previousId = null] = await finishFollowUps(tx, context, form.finish, id);
      if (plan) await planFollowUp(tx, context, { id: newId(), customerId, previousId, ...plan });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
  return plan?.dueOn ?? null;
}

/** One that somebody finished meanwhile is no problem: it is finished, as was wished. */
async function checkFinishable(
  context: ViewerContext,
  customerId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const open = await listOpenFollowUps(context, customerId);
  const known = await context.deps.database.models.followUp.count({
    where: { id: { in: [...ids] }, customerId },
  });
  const isForbidden = open.some((followUp) => ids.includes(followUp.id) && !followUp.can_manage);
  if (isForbidden || known !== new Set(ids).size) throw InvalidInput.field('finish', 'errors.notAChoice');
}

/**
 * Changes a contact record.
 * @throws NotFound, Forbidden, InvalidInput, EditedMeanwhile
 */
export async function changeContactRecord(
  context: ViewerContext,
  id: string,
  form: ContactRecordChange,
): Promise<void> {
  const record = await findEditable(context, id);
  const { version, channel, direction, outcome, summary } = form;
  const typed = happenedAt(form, context.deps.now());
  const moment = isSameMinute(typed, record.happened_at) ? record.happened_at : typed;
  await unitOfWork(context, 'contact-records.changed', async (tx) => {
    const { count } = await tx.contactRecord.updateMany({
      where: { id, version },
      data: { channel, direction, outcome, summary, happenedAt: moment },
    });
    if (count === 0) throw new EditedMeanwhile();
  });
}

/**
 * Deletes a contact record; follow-ups that it finished stay finished. The returned action takes it back.
 * @throws NotFound, Forbidden, EditedMeanwhile
 */
export async function deleteContactRecord(
  context: ViewerContext,
  id: string,
  version: number,
): Promise<{ actionId: string; customerId: string }> {
  const record = await findEditable(context, id);
  const actionId = newId();
  await unitOfWork(
    context,
    'contact-records.deleted',
    async (tx) => {
      const action = {
        id: actionId,
        kind: 'contactRecords.deleted',
        summary: { customerNo: record.customer_no },
        actorId: context.viewer.id,
      };
      await registerUndoable(tx, action, context.deps.now());
      await tx.followUp.updateMany({ where: { contactRecordId: id }, data: { contactRecordId: null } });
      const { count } = await tx.contactRecord.deleteMany({ where: { id, version } });
      if (count === 0) throw new EditedMeanwhile();
    },
    { undoableActionId: actionId },
  );
  return { actionId, customerId: record.customer_id };
}

/** Forms show minutes: a moment that was not touched keeps its seconds. */
const isSameMinute = (one: Date, other: Date): boolean =>
  Math.floor(one.getTime() / 60_000) === Math.floor(other.getTime() / 60_000);

async function findEditable(context: ViewerContext, id: string): Promise<ContactRecordRow> {
  const record = await findContactRecord(context, id);
  if (!record.can_edit) throw new Forbidden('contact-records:edit');
  return record;
}
