import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, Forbidden, InvalidInput } from '../../core/errors.js';
import { dayOf, formatDay, formatNumber } from '../../core/format.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { can } from '../../core/viewer.js';
import { findCustomer } from '../customers/customers.queries.js';
import { openRequest } from '../service-requests/open-request.js';
import { addEntry, lockRequest, type LockedRequest } from '../service-requests/request-verbs.js';
import { findRequest } from '../service-requests/service-requests.queries.js';
import { findReturnVisit, type FoundVisit } from './return-visit.queries.js';
import { afterAttempt, firstAttemptOn } from './return-visit.js';
import type { NewVisit } from './return-visits.schemas.js';
import { writeVisitContact } from './visit-contact.js';

/**
 * Plans a return visit by hand. Sent twice, the same form (same id) plans once.
 * @throws NotFound outside the scope, Forbidden, Conflict without a type for return visits, InvalidInput
 */
export async function planByHand(context: ViewerContext, form: NewVisit): Promise<void> {
  const { id, customerId, requestId, subject, assigneeId } = form;
  if (
    assigneeId !== null &&
    assigneeId !== context.viewer.id &&
    !can(context.viewer, 'service-requests:assign')
  )
    throw new Forbidden('service-requests:assign');
  const today = dayOf(context.deps.now());
  if (form.windowTo < today) throw InvalidInput.field('windowTo', 'returnVisits.windowOver');
  await checkCustomer(context, form);
  await unitOfWork(context, 'return-visits.planned-by-hand', async (tx) => {
    const type = await tx.requestType.findFirst({
      where: { behaviour: 'returnVisit', archivedAt: null },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      select: { id: true },
    });
    if (!type) throw new Conflict('returnVisits.noType');
    const opening = { id, customerId, subject, assigneeId, typeId: type.id, channel: 'phone' } as const;
    if (!(await openRequest(tx, context, opening))) return;
    const first = firstAttemptOn({ from: form.windowFrom, to: form.windowTo }, today);
    await tx.returnVisit.create({
      data: {
        ...{ id, windowFrom: new Date(form.windowFrom), windowTo: new Date(form.windowTo) },
        nextAttemptOn: new Date(first),
      },
      select: { id: true },
    });
    if (requestId !== null)
      await tx.requestRelation.create({
        data: { id: newId(), fromId: id, toId: requestId, kind: 'followsUp' },
      });
  });
}

/** The customer of a request that the viewer may read, or one within their scope. @throws NotFound, InvalidInput */
async function checkCustomer(context: ViewerContext, { customerId, requestId }: NewVisit): Promise<void> {
  if (requestId === null) {
    await findCustomer(context, customerId);
    return;
  }
  const { customer } = await findRequest(context, requestId);
  if (customer?.id !== customerId) throw InvalidInput.field('customerId', 'errors.notAChoice');
}

/**
 * Writes down that the customer was not reached: it leaves the list for the days of its plan, or becomes one to win back.
 * Sent twice, the same attempt (same id of the contact record) counts once.
 * @throws NotFound, Forbidden, Conflict when it is done
 */
export async function addAttempt(context: ViewerContext, id: string, contactId: string): Promise<FoundVisit> {
  const found = await findWorkable(context, id);
  const now = context.deps.now();
  await unitOfWork(context, 'return-visits.attempted', async (tx) => {
    const request = await lockOpen(tx, id);
    const { attempts, reactivatedAt } = await tx.returnVisit.findUniqueOrThrow({
      where: { id },
      select: { attempts: true, reactivatedAt: true },
    });
    const next = afterAttempt(attempts, dayOf(now), found.visit);
    const summary = attemptText(context, found, next.attempts);
    const contact = { id: contactId, outcome: 'not_reached', summary } as const;
    if (!(await writeVisitContact(tx, context, request, contact))) return;
    await tx.returnVisit.update({
      where: { id },
      data: {
        ...{ attempts: next.attempts, nextAttemptOn: new Date(next.nextAttemptOn) },
        reactivatedAt: reactivatedAt ?? (next.isToWinBack ? now : null),
      },
      select: { id: true },
    });
    await addEntry(tx, context, request, { id: newId(), kind: 'note', body: summary, happenedAt: now });
  });
  return found;
}

function attemptText({ t, locale, deps }: ViewerContext, { visit }: FoundVisit, attempts: number): string {
  const { nextAttemptOn, isToWinBack } = afterAttempt(attempts - 1, dayOf(deps.now()), visit);
  return t(isToWinBack ? 'returnVisits.note.lastAttempt' : 'returnVisits.note.attempt', {
    attempt: formatNumber(attempts, locale),
    maximum: formatNumber(visit.maxAttempts, locale),
    day: formatDay(nextAttemptOn, locale),
  });
}

/** A return visit that the viewer may work on. @throws NotFound, Forbidden */
export async function findWorkable(context: ViewerContext, id: string): Promise<FoundVisit> {
  const found = await findReturnVisit(context, id);
  if (!found.request.can_work) throw new Forbidden('service-requests:work');
  return found;
}

/** @throws NotFound, Conflict when it is done */
export async function lockOpen(tx: Transaction, id: string): Promise<LockedRequest> {
  const request = await lockRequest(tx, id);
  if (request.state_category === 'done') throw new Conflict('returnVisits.doneMeanwhile');
  return request;
}
