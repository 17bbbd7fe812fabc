import { v7 as newId } from 'uuid';
import type { Transaction } from '../../core/database.js';
import { sql } from '../../core/sql.js';
import type { ChoiceReason, RefusalReason } from './assignment-reason.js';
import { tellAssignees } from './assignment-notices.js';
import { readCandidates } from './candidates.js';
import { chooseAssignee, type Candidate, type Choice } from './choose-assignee.js';
import { lockWaitingRequests, type WaitingRequest } from './waiting-requests.js';

/** What became of a request: who has it and why, or why nobody could take it. */
export interface AssignmentOutcome {
  readonly requestId: string;
  readonly assigneeId: string | null;
  readonly reason: ChoiceReason | RefusalReason;
}

/**
 * Gives requests that nobody has to whoever can take them, within the caller's unit of work: the given ones or, with
 * 'waiting', the most urgent; at most 200 a call. One call at a time counts and assigns, so nobody gets more than they
 * can take. What cannot be assigned keeps the reason. Requests that are assigned, done or deleted are left alone.
 */
export async function assignRequests(
  tx: Transaction,
  requestIds: readonly string[] | 'waiting',
  now: Date,
): Promise<AssignmentOutcome[]> {
  if (requestIds.length === 0) return [];
  await lockAssignment(tx);
  const requests = await lockWaitingRequests(tx, requestIds, now);
  if (requests.length === 0) return [];
  const decisions = decide(requests, await readCandidates(tx, requests, now), now);
  await store(tx, decisions, now);
  return decisions.map(({ request, choice }) => ({
    requestId: request.id,
    assigneeId: choice.userId,
    reason: choice.reason,
  }));
}

/** Until the transaction ends nobody else assigns by count. Take it before rows of requests are changed. */
export async function lockAssignment(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('assignment'))`;
}

interface Decision {
  readonly request: WaitingRequest;
  readonly choice: Choice;
}

/** One after the other: whoever got a request has one more when the next is decided. */
function decide(
  requests: readonly WaitingRequest[],
  candidates: readonly Candidate[],
  now: Date,
): readonly Decision[] {
  const current = new Map(candidates.map((candidate) => [candidate.userId, candidate]));
  return requests.map((request) => {
    const choice = chooseAssignee(request, [...current.values()]);
    const chosen = choice.userId === null ? undefined : current.get(choice.userId);
    if (chosen)
      current.set(chosen.userId, { ...chosen, openCount: chosen.openCount + 1, lastAssignedAt: now });
    return { request, choice };
  });
}

async function store(tx: Transaction, decisions: readonly Decision[], now: Date): Promise<void> {
  const rows = decisions.map(({ request, choice }) => ({
    id: newId(),
    request_id: request.id,
    assignee_id: choice.userId,
    reason: choice.reason,
  }));
  const decided = sql`
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS decided(id uuid, request_id uuid, assignee_id uuid, reason jsonb)`;
  await tx.$executeRaw(sql`
    UPDATE service_requests SET
      assignee_id = decided.assignee_id,
      assigned_at = CASE WHEN decided.assignee_id IS NOT NULL THEN ${now}::timestamptz END,
      unassigned_reason = CASE WHEN decided.assignee_id IS NULL THEN decided.reason END
    FROM (${decided}) AS decided
    WHERE service_requests.id = decided.request_id
      AND (decided.assignee_id IS NOT NULL OR unassigned_reason IS DISTINCT FROM decided.reason)`);
  const assigned = decisions.flatMap(({ request, choice: { userId } }) =>
    userId === null ? [] : [{ requestId: request.id, ...request, userId }],
  );
  if (assigned.length === 0) return;
  await tx.$executeRaw(sql`
    INSERT INTO request_assignments (id, request_id, assignee_id, way, reason, assigned_at)
    SELECT id, request_id, assignee_id, 'automatic', reason, ${now}::timestamptz FROM (${decided}) AS decided
    WHERE assignee_id IS NOT NULL`);
  await tellAssignees(tx, assigned);
}
