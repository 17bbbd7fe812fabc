import { z } from 'zod';
import { TaskFailure, type TaskDefinition } from '../../core/background-tasks.js';
import type { Context, ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { allOf, sql } from '../../core/sql.js';
import { holdAction } from '../../core/undo/hold-action.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { can } from '../../core/viewer.js';
import { customerConditions } from '../customers/customer-conditions.js';
import { takeFollowUpsAlong } from '../follow-ups/follow-ups-along.js';
import { findTaskOwner } from '../../core/task-owner.js';
import { bulkPermission, bulkScope, isBulkPossible } from './bulk-actions.js';
import { BulkPayload, bulkTaskKind, openFilter } from './bulk-payload.js';
import { BulkResult, nothingYet } from './bulk-result.js';
import { changeStatement } from './change-statement.js';
import { finishBulkChange } from './finish-bulk-change.js';
import { selectionQuery } from './selection.js';

/** Customers changed in one transaction: some 100 ms, for which nobody else can change these. */
const batchSize = 500;
const batchTimeoutMillis = 60_000;

/** Changes the customers of a selection, batch by batch in the order of their ids. */
export const bulkChangeTask: TaskDefinition = {
  kind: bulkTaskKind,
  async step(context, taskId, payload) {
    const change = BulkPayload.parse(payload);
    const worker = await contextOfWorker(context, change);
    const { result, finished } = await unitOfWork(
      context,
      'bulk-changes.run',
      (tx) => runBatch(tx, worker, taskId, change),
      { undoableActionId: change.actionId, timeoutMillis: batchTimeoutMillis },
    );
    return { done: result.seen, total: Math.max(change.expected, result.seen), finished };
  },
  async failed(context, taskId, payload) {
    const change = BulkPayload.parse(payload);
    await unitOfWork(context, 'bulk-changes.finished', async (tx) =>
      finishBulkChange(tx, context, change, await lockResult(tx, taskId), 'failed'),
    );
  },
};

/**
 * The rights of whoever started it, read afresh for each step, so that a lost permission counts at once.
 * @throws TaskFailure when they may not do this any more.
 */
async function contextOfWorker(context: Context, { action }: BulkPayload): Promise<ViewerContext> {
  const { id } = context.actor;
  const person = id === null ? undefined : await findTaskOwner(context.deps.database, id);
  if (!person || !can(person.viewer, bulkPermission(action))) {
    throw new TaskFailure('bulkChanges.notAllowedAnyMore');
  }
  return { ...context, viewer: person.viewer };
}

async function runBatch(
  tx: Transaction,
  context: ViewerContext,
  taskId: string,
  change: BulkPayload,
): Promise<{ result: BulkResult; finished: boolean }> {
  const before = await lockResult(tx, taskId);
  if (!(await holdAction(tx, change.actionId))) return { result: before, finished: true };
  const batch = await lockBatch(tx, context, change, before.cursor);
  const permitted = batch.filter(({ is_permitted }) => is_permitted);
  const possible = permitted.filter(({ is_possible }) => is_possible).map(({ id }) => id);
  const changed = possible.length === 0 ? 0 : await changeCustomers(tx, context, change, possible);
  const result: BulkResult = {
    cursor: batch.at(-1)?.id ?? before.cursor,
    seen: before.seen + batch.length,
    changed: before.changed + changed,
    forbidden: before.forbidden + batch.length - permitted.length,
    impossible: before.impossible + permitted.length - possible.length,
  };
  await tx.backgroundTask.update({ where: { id: taskId }, data: { result } });
  await tx.$executeRaw`
    UPDATE undoable_actions SET summary = summary || jsonb_build_object('count', ${result.changed}::integer)
    WHERE id = ${change.actionId}::uuid`;
  const finished = batch.length < batchSize;
  if (finished) await finishBulkChange(tx, context, change, result, 'done');
  return { result, finished };
}

/** A new owner gets the open follow-ups of the former one as well. */
async function changeCustomers(
  tx: Transaction,
  { viewer }: ViewerContext,
  { action, value }: BulkPayload,
  ids: readonly string[],
): Promise<number> {
  if (action === 'transfer' && value !== '') {
    const chosen = sql`customers.id = ANY(${[...ids]}::uuid[])`;
    await tx.$executeRaw(takeFollowUpsAlong(chosen, sql`${value}::uuid`));
  }
  return tx.$executeRaw(changeStatement(action, value, ids, viewer.id));
}

async function lockResult(tx: Transaction, taskId: string): Promise<BulkResult> {
  const [row] = z
    .array(z.object({ result: BulkResult.nullable() }))
    .parse(await tx.$queryRaw`SELECT result FROM background_tasks WHERE id = ${taskId}::uuid FOR UPDATE`);
  return row?.result ?? nothingYet;
}

const BatchRow = z.object({ id: z.string(), is_permitted: z.boolean(), is_possible: z.boolean() });

/** The next customers of the selection. Those that changed after the confirmation are not what was confirmed. */
async function lockBatch(
  tx: Transaction,
  context: ViewerContext,
  change: BulkPayload,
  cursor: string | null,
): Promise<z.infer<typeof BatchRow>[]> {
  const query = selectionQuery(openFilter(context.deps.cipher, change));
  const position = cursor === null ? sql`TRUE` : sql`customers.id > ${cursor}::uuid`;
  const scope = bulkScope(context.viewer, change.action);
  const rows = await tx.$queryRaw(sql`
    SELECT customers.id::text, coalesce(${scope}, FALSE) AS is_permitted,
           ${isBulkPossible(change.action)} AS is_possible
    FROM customers
    WHERE ${allOf(customerConditions(context, query))} AND ${position}
      AND customers.updated_at <= ${change.seenAt}::timestamptz
    ORDER BY customers.id LIMIT ${batchSize} FOR UPDATE OF customers`);
  return z.array(BatchRow).parse(rows);
}
