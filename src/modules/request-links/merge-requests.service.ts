import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Context, ViewerContext } from '../../core/context.js';
import { Conflict } from '../../core/errors.js';
import type { Transaction } from '../../core/database.js';
import { recordEventWithin } from '../../core/events.js';
import { sql } from '../../core/sql.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { assignmentQueue } from '../assignment/assignment-queue.js';
import { recomputeDeadlines } from '../deadlines/recompute-deadlines.js';
import { moveDrafts } from '../request-drafts/request-drafts.service.js';
import { settleRequest } from '../service-requests/settle-request.js';
import { revokeSurveys } from '../surveys/revoke-surveys.js';
import { mergeProblem } from './merge-rules.js';
import { findMergePair, type MergePair } from './merge-requests.queries.js';
import { moveToRequest } from './moving-rows.js';
import type { MergeForm } from './request-links.schemas.js';

const mergedKind = 'serviceRequests.merged';

/** One of the two was changed after they were compared; nothing was merged. */
export class ChangedSinceCompared extends Conflict {
  constructor() {
    super('errors.changedMeanwhile');
  }
}

export interface MergeResult {
  /** The action that takes the merge back. */
  readonly actionId: string;
  readonly going: string;
  readonly staying: string;
}

/**
 * Merges a request into another one of the same customer: what was said, sent and linked moves, and the request leaves the
 * lists; its address and its number lead to the one that stays. That it happened is told by the row itself.
 * @throws NotFound unless the viewer may work on both, Conflict when they cannot be merged, ChangedSinceCompared
 */
export async function mergeRequests(
  context: ViewerContext,
  id: string,
  form: MergeForm,
): Promise<MergeResult> {
  const pair = await findMergePair(context, id, form.into);
  const actionId = newId();
  await unitOfWork(context, 'service-requests.merged', (tx) => merge(context, tx, pair, form, actionId), {
    undoableActionId: actionId,
    timeoutMillis: 30_000,
  });
  await context.deps.jobs.wake(assignmentQueue, {});
  return { actionId, going: pair.going.request_no, staying: pair.staying.request_no };
}

async function merge(
  context: ViewerContext,
  tx: Transaction,
  { going: { id, request_no: goingNo }, staying: { id: intoId, request_no: stayingNo } }: MergePair,
  form: MergeForm,
  actionId: string,
): Promise<void> {
  const { deps, viewer, actor } = context;
  const now = deps.now();
  await lockBoth(tx, id, form);
  const summary = { goingNo, stayingNo };
  const action = { id: actionId, kind: mergedKind, summary, actorId: viewer.id };
  await registerUndoable(tx, { ...action, decisiveRecordId: id }, now);
  const count = await moveToRequest(tx, id, intoId);
  await moveDrafts(tx, id, intoId);
  await revokeSurveys(tx, id, now);
  await carryOn(tx, id, intoId);
  await tx.serviceRequest.update({
    where: { id },
    data: { deletedAt: now, deletedById: viewer.id, mergedIntoId: intoId },
    select: { id: true },
  });
  await settleRequest(tx, context, intoId);
  await recordEventWithin(tx, actor, {
    action: 'service-requests.merged',
    tableName: 'service_requests',
    recordId: intoId,
    details: { name: goingNo, count },
  });
}

const LockedRow = z.object({
  id: z.string(),
  customerId: z.string().nullable(),
  isDone: z.boolean(),
  version: z.number(),
});

/** Holds both, in the order of their ids, so that two merges of the same requests wait instead of deadlocking. */
async function lockBoth(
  tx: Transaction,
  id: string,
  { into, version, intoVersion }: MergeForm,
): Promise<void> {
  const rows = LockedRow.array().parse(
    await tx.$queryRaw(sql`
      SELECT id::text, customer_id::text AS "customerId", state_category = 'done' AS "isDone", version
      FROM service_requests WHERE id IN (${id}::uuid, ${into}::uuid) AND deleted_at IS NULL ORDER BY id FOR UPDATE`),
  );
  const going = rows.find((row) => row.id === id);
  const staying = rows.find((row) => row.id === into);
  if (going?.version !== version || staying?.version !== intoVersion) throw new ChangedSinceCompared();
  const problem = mergeProblem(going, staying);
  if (problem) throw new Conflict(problem);
}

/** A word that waits for an answer goes on waiting with the request that stays, since the earlier of both. */
const carryOn = (tx: Transaction, id: string, intoId: string): Promise<number> =>
  tx.$executeRaw(sql`
    UPDATE service_requests AS staying SET
      last_entry_at = greatest(staying.last_entry_at, going.last_entry_at),
      customer_waits_since = CASE WHEN staying.state_category = 'done' THEN NULL
        ELSE least(staying.customer_waits_since, going.customer_waits_since) END
    FROM service_requests AS going WHERE staying.id = ${intoId}::uuid AND going.id = ${id}::uuid`);

const TouchedRow = z.object({ id: z.string() });

/** Once a merge is undone, the deadlines of both requests are counted anew: time went on meanwhile. */
export async function recountAfterUndo(
  context: Pick<Context, 'deps' | 'actor'>,
  actionId: string,
  actionKind: string,
): Promise<void> {
  if (actionKind !== mergedKind) return;
  await unitOfWork(context, 'deadlines.recounted', async (tx) => {
    const rows = await tx.$queryRaw(sql`
      SELECT DISTINCT record_id AS id FROM audit_log
      WHERE undoable_action_id = ${actionId}::uuid AND table_name = 'service_requests' AND operation = 'update'
        AND EXISTS (SELECT FROM service_requests WHERE id = record_id::uuid AND deleted_at IS NULL)`);
    const ids = TouchedRow.array()
      .parse(rows)
      .map((row) => row.id);
    await recomputeDeadlines(tx, ids, context.deps.now());
  });
}
