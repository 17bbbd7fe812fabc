import { z } from 'zod';
import { TaskFailure, type TaskDefinition } from '../../core/background-tasks.js';
import type { Context, ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { findTaskOwner } from '../../core/task-owner.js';
import { holdAction } from '../../core/undo/hold-action.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { actionNamed, mayBegin } from './bulk-actions.js';
import { isForbidden, isUnchanged, willChange } from './bulk-outcome.js';
import { BulkPayload, bulkTaskKind, openReason } from './bulk-payload.js';
import { BulkResult, nothingYet } from './bulk-result.js';
import type { BulkAction, BulkSubject } from './bulk-subject.js';
import { bulkSubjects } from './bulk-subjects.js';
import { finishBulkChange } from './finish-bulk-change.js';
import { lockBatch, type BatchRow } from './lock-batch.js';

const batchTimeoutMillis = 60_000;

/** A change as it is run: what it says, and what it does. */
interface RunningChange {
  readonly payload: BulkPayload;
  readonly subject: BulkSubject;
  readonly action: BulkAction;
}

/** Changes the records of a selection, batch by batch in the order of their ids. */
export const bulkChangeTask: TaskDefinition = {
  kind: bulkTaskKind,
  async step(context, taskId, stored) {
    const change = readChange(stored);
    const { payload, action } = change;
    const worker = await contextOfWorker(context, change);
    const { result, finished } = await unitOfWork(
      context,
      'bulk-changes.run',
      (tx) => runBatch(tx, worker, taskId, change),
      { undoableActionId: payload.actionId, timeoutMillis: batchTimeoutMillis },
    );
    await action.committed?.(context.deps);
    return { done: result.seen, total: Math.max(payload.expected, result.seen), finished };
  },
  async failed(context, taskId, stored) {
    const { payload } = readChange(stored);
    await unitOfWork(context, 'bulk-changes.finished', async (tx) =>
      finishBulkChange(tx, context, payload, await lockResult(tx, taskId), 'failed'),
    );
  },
};

function readChange(stored: unknown): RunningChange {
  const payload = BulkPayload.parse(stored);
  const subject = bulkSubjects[payload.subject];
  return { payload, subject, action: actionNamed(subject, payload.action) };
}

/**
 * The rights of whoever started it, read afresh for each step, so that a lost permission counts at once.
 * @throws TaskFailure when they may not do this any more.
 */
async function contextOfWorker(context: Context, { action, subject }: RunningChange): Promise<ViewerContext> {
  const { id } = context.actor;
  const person = id === null ? undefined : await findTaskOwner(context.deps.database, id);
  if (!person || !mayBegin(person.viewer, action)) throw new TaskFailure(subject.texts.notAllowedAnyMore);
  return { ...context, viewer: person.viewer };
}

async function runBatch(
  tx: Transaction,
  context: ViewerContext,
  taskId: string,
  change: RunningChange,
): Promise<{ result: BulkResult; finished: boolean }> {
  const { payload, action } = change;
  const before = await lockResult(tx, taskId);
  if (!(await holdAction(tx, payload.actionId))) return { result: before, finished: true };
  await action.prepare?.(tx);
  const batch = await lockBatch(tx, context, change, payload, before.cursor);
  const ids = batch.filter(({ outcome }) => outcome === willChange).map(({ id }) => id);
  const reason = openReason(context.deps.cipher, payload);
  const changed =
    ids.length === 0 ? 0 : await action.change(tx, context, { ids, value: payload.value, reason });
  const result = addUp(before, batch, changed);
  await tx.backgroundTask.update({ where: { id: taskId }, data: { result } });
  await tx.$executeRaw`
    UPDATE undoable_actions SET summary = summary || jsonb_build_object('count', ${result.changed}::integer)
    WHERE id = ${payload.actionId}::uuid`;
  const finished = batch.length < action.batchSize;
  if (finished) await finishBulkChange(tx, context, payload, result, 'done');
  return { result, finished };
}

function addUp(before: BulkResult, batch: readonly BatchRow[], changed: number): BulkResult {
  const forbidden = batch.filter(({ outcome }) => outcome === isForbidden).length;
  const refused = batch.filter(({ outcome }) => ![willChange, isUnchanged, isForbidden].includes(outcome));
  const refusals = { ...before.refusals };
  for (const { outcome } of refused) refusals[outcome] = (refusals[outcome] ?? 0) + 1;
  return {
    cursor: batch.at(-1)?.id ?? before.cursor,
    seen: before.seen + batch.length,
    changed: before.changed + changed,
    forbidden: before.forbidden + forbidden,
    impossible: before.impossible + refused.length,
    refusals,
  };
}

async function lockResult(tx: Transaction, taskId: string): Promise<BulkResult> {
  const [row] = z
    .array(z.object({ result: BulkResult.nullable() }))
    .parse(await tx.$queryRaw`SELECT result FROM background_tasks WHERE id = ${taskId}::uuid FOR UPDATE`);
  return row?.result ?? nothingYet;
}
