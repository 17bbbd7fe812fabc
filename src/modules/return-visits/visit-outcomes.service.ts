import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, InvalidInput } from '../../core/errors.js';
import { dayOf, formatDay } from '../../core/format.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import type { ContactOutcome } from '../contact-records/contact-choices.js';
import { addDays } from '../follow-ups/due-days.js';
import { applyStep } from '../service-requests/lifecycle.service.js';
import { missingFields } from '../service-requests/step-fields.js';
import { addEntry, type LockedRequest } from '../service-requests/request-verbs.js';
import {
  mayTake,
  type AllowedStep,
  type RequestRecord,
} from '../service-requests/service-requests.queries.js';
import { StepForm } from '../service-requests/service-requests.schemas.js';
import { firstAttemptOn, visitLimits, type ReachedOutcome } from './return-visit.js';
import type { OutcomeForm } from './return-visits.schemas.js';
import { findWorkable, lockOpen } from './return-visits.service.js';
import { writeVisitContact } from './visit-contact.js';

const contactOutcomes: Readonly<Record<ReachedOutcome, ContactOutcome>> = {
  kept: 'reached',
  moved: 'appointment_made',
  declined: 'not_interested',
};

/**
 * Writes down what a customer who was reached said. Kept and declined close the request, with that as what was done;
 * whoever reached the customer takes it where nobody had it. Moved gives it another window, and it is tried afresh.
 * Sent twice, the same form (same id) counts once.
 * @throws NotFound, Forbidden, Conflict when it changed meanwhile or no step closes it, InvalidInput
 */
export async function settleVisit(context: ViewerContext, id: string, form: OutcomeForm): Promise<void> {
  const { request } = await findWorkable(context, id);
  checkWindow(context, form);
  const body = outcomeText(context, form);
  const step = form.outcome === 'moved' ? undefined : closingStep(request, body);
  await unitOfWork(context, `return-visits.${form.outcome}`, async (tx) => {
    if ((await tx.contactRecord.count({ where: { id: form.id } })) > 0) return;
    const locked = await lockOpen(tx, id);
    await storeOutcome(tx, context, id, form);
    const contact = { id: form.id, outcome: contactOutcomes[form.outcome], summary: body };
    await writeVisitContact(tx, context, locked, contact);
    await addEntry(tx, context, locked, { id: newId(), kind: 'note', body, happenedAt: context.deps.now() });
    if (step) await close(tx, context, locked, step, body);
  });
}

function checkWindow({ deps }: ViewerContext, { outcome, windowFrom }: OutcomeForm): void {
  if (outcome !== 'moved' || windowFrom === null) return;
  const today = dayOf(deps.now());
  if (windowFrom < today || windowFrom > addDays(today, visitLimits.daysAhead))
    throw InvalidInput.field('windowFrom', 'returnVisits.windowOver');
}

function outcomeText(
  { t, locale }: ViewerContext,
  { outcome, word, windowFrom, windowTo }: OutcomeForm,
): string {
  const text = t(`returnVisits.note.${outcome}`, {
    from: formatDay(windowFrom, locale),
    to: formatDay(windowTo ?? windowFrom, locale),
  });
  return word === null ? text : `${text}\n${word}`;
}

async function storeOutcome(
  tx: Transaction,
  { deps }: ViewerContext,
  id: string,
  { version, outcome, windowFrom, windowTo }: OutcomeForm,
): Promise<void> {
  const data = outcome === 'moved' ? movedTo(windowFrom ?? '', windowTo, dayOf(deps.now())) : { outcome };
  const { count } = await tx.returnVisit.updateMany({ where: { id, version }, data });
  if (count === 0) throw new Conflict('returnVisits.changedMeanwhile');
}

const movedTo = (from: string, to: string | null, today: string) => ({
  ...{ windowFrom: new Date(from), windowTo: new Date(to ?? from), attempts: 0, reactivatedAt: null },
  nextAttemptOn: new Date(firstAttemptOn({ from, to: to ?? from }, today)),
});

/**
 * The first step of the lifecycle that closes the request and for which nothing is missing but an assignee.
 * @throws Conflict when the viewer may take none
 */
function closingStep(request: RequestRecord, resolution: string): AllowedStep {
  const form = StepForm.parse({
    fromStateId: request.state.id,
    stateId: request.state.id,
    resolution,
    reason: resolution.slice(0, 500),
  });
  const step = request.steps.find(
    (one) =>
      one.category === 'done' &&
      mayTake(request, one) &&
      missingFields(request, one, form).every((field) => field === 'assignee'),
  );
  if (!step) throw new Conflict('returnVisits.cannotClose');
  return step;
}

async function close(
  tx: Transaction,
  context: ViewerContext,
  locked: LockedRequest,
  step: AllowedStep,
  resolution: string,
): Promise<void> {
  const assigneeId = context.viewer.id;
  const isTaken = locked.assignee_id === null;
  const now = context.deps.now();
  await tx.serviceRequest.update({
    where: { id: locked.id },
    data: { resolution, ...(isTaken ? { assigneeId, assignedAt: now } : {}) },
    select: { id: true },
  });
  if (isTaken)
    await tx.requestAssignment.create({
      data: {
        ...{ id: newId(), requestId: locked.id, assigneeId, way: 'taken' },
        ...{ assignedById: assigneeId, assignedAt: now },
      },
    });
  await applyStep(tx, context, locked, step, step.requiredFields.includes('reason') ? resolution : null);
}
