import type { Context, ViewerContext } from '../../core/context.js';
import { Conflict, Forbidden, InvalidInput, type Problem } from '../../core/errors.js';
import type { Transaction } from '../../core/database.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { assignmentQueue } from '../assignment/assignment-queue.js';
import type { RequiredField } from '../request-states/request-state.js';
import { enterState, lockRequest, type LockedRequest } from './request-verbs.js';
import { settleClosing, settleReopening, settleRequest } from './settle-request.js';
import { findRequest, mayTake, type AllowedStep, type RequestRecord } from './service-requests.queries.js';
import type { StepForm } from './service-requests.schemas.js';
import { missingFields } from './step-fields.js';

/** The field of the form in which a missing one is filled in. */
const formField: Readonly<Record<RequiredField, string>> = {
  reason: 'reason',
  assignee: 'stateId',
  category: 'categoryId',
  resolution: 'resolution',
  cause: 'causeId',
  responsibility: 'responsibility',
  remedy: 'remedy',
};

/**
 * The step to a state, if the lifecycle allows it and the viewer may take it.
 * @throws Conflict when there is no such step, Forbidden
 */
export function stepTo(request: RequestRecord, stateId: string): AllowedStep {
  const step = request.steps.find(({ id }) => id === stateId);
  if (!step) throw new Conflict('serviceRequests.noSuchStep');
  if (!mayTake(request, step)) throw new Forbidden(step.permission);
  return step;
}

/**
 * Takes a request a step on in its lifecycle.
 * @throws NotFound, Forbidden, Conflict when it has left the state it was in, InvalidInput naming what is missing
 */
export async function takeStep(context: ViewerContext, id: string, form: StepForm): Promise<RequestRecord> {
  const request = await findRequest(context, id);
  if (form.fromStateId !== request.state.id) throw new Conflict('serviceRequests.movedMeanwhile');
  const step = stepTo(request, form.stateId);
  const problems = missingFields(request, step, form).map((field): Problem => ({
    path: formField[field],
    key: `serviceRequests.missing.${field}`,
  }));
  if (problems.length > 0) throw new InvalidInput(problems);
  await unitOfWork(context, `service-requests.${verb(request, step)}`, async (tx) => {
    const locked = await lockRequest(tx, id);
    if (locked.state_id !== form.fromStateId) throw new Conflict('serviceRequests.movedMeanwhile');
    await fillIn(tx, request, form);
    await applyStep(tx, context, locked, step, form.reason);
  });
  if (step.category !== 'open') await context.deps.jobs.wake(assignmentQueue, {});
  return request;
}

/** Enters the state and brings along what follows from it. */
export async function applyStep(
  tx: Transaction,
  context: Context,
  request: LockedRequest,
  step: { readonly id: string; readonly category: AllowedStep['category'] },
  reason: string | null,
): Promise<void> {
  const at = context.deps.now();
  await enterState(tx, context, request, { stateId: step.id, category: step.category, reason }, at);
  if (request.state_category === 'done' && step.category !== 'done') {
    await settleReopening(tx, context, request.id);
  }
  await settleRequest(tx, context, request.id);
  if (request.state_category !== 'done' && step.category === 'done') {
    await settleClosing(tx, context, request.id);
  }
}

function verb(request: RequestRecord, step: AllowedStep): 'closed' | 'reopened' | 'moved' {
  if (step.category === 'done') return request.state.category === 'done' ? 'moved' : 'closed';
  return request.state.category === 'done' ? 'reopened' : 'moved';
}

async function fillIn(tx: Transaction, request: RequestRecord, form: StepForm): Promise<void> {
  const { categoryId, resolution, causeId, responsibility, remedy } = form;
  const fields = {
    ...(categoryId === null ? {} : { categoryId }),
    ...(resolution === null ? {} : { resolution }),
  };
  if (Object.keys(fields).length > 0) {
    await tx.serviceRequest.update({ where: { id: request.id }, data: fields, select: { id: true } });
  }
  if (request.complaint === null) return;
  const details = {
    ...(causeId === null ? {} : { causeId }),
    ...(responsibility === null ? {} : { responsibility }),
    ...(remedy === null ? {} : { remedy }),
  };
  if (Object.keys(details).length > 0) {
    await tx.complaint.update({ where: { id: request.id }, data: details, select: { id: true } });
  }
}
