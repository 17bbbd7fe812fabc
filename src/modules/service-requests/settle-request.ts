import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { assignRequests } from '../assignment/assign-requests.js';
import { recomputeDeadlines } from '../deadlines/recompute-deadlines.js';
import { planReturnVisits, resumeReturnVisit } from '../return-visits/plan-return-visits.js';
import { openSurvey } from '../surveys/open-survey.js';
import { revokeSurveys } from '../surveys/revoke-surveys.js';

/**
 * What follows from any change of a request, in its unit of work: deadlines counted anew, and somebody who works it
 * where nobody does.
 */
export async function settleRequest(tx: Transaction, { deps }: Context, requestId: string): Promise<void> {
  const now = deps.now();
  await assignRequests(tx, await recomputeDeadlines(tx, [requestId], now), now);
}

/** What follows when a request is done: the customer is asked how it was, and return visits are planned. */
export async function settleClosing(tx: Transaction, context: Context, requestId: string): Promise<void> {
  await openSurvey(tx, context, requestId);
  await planReturnVisits(tx, context, requestId);
}

/** What follows when a request is opened again: nobody is asked any more how it was, and a return visit goes on. */
export async function settleReopening(tx: Transaction, context: Context, requestId: string): Promise<void> {
  await revokeSurveys(tx, requestId, context.deps.now());
  await resumeReturnVisit(tx, context, requestId);
}
