import { z } from 'zod';
import { TaskFailure, type TaskDefinition } from '../../core/background-tasks.js';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { dayOf } from '../../core/format.js';
import { rawSql, sql } from '../../core/sql.js';
import { findTaskOwner } from '../../core/task-owner.js';
import { holdAction } from '../../core/undo/hold-action.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { can } from '../../core/viewer.js';
import { finishHandover } from './finish-handover.js';
import { assignedCustomers, HandoverPlan, isAssigned } from './handover-plan.js';
import { HandoverPayload, HandoverResult, nothingYet } from './handover-result.js';
import { endCollaborations, giveCustomers, giveFollowUps } from './handover-statements.js';
import { handoverTaskKind } from './handovers.queries.js';

/** Customers moved in one transaction. */
const batchSize = 500;
const batchTimeoutMillis = 2 * 60_000;

/** Moves the customers of somebody who leaves, batch by batch in the order of their ids; then what hangs on them. */
export const handoverTask: TaskDefinition = {
  kind: handoverTaskKind,
  async step(context, taskId, payload) {
    const handover = HandoverPayload.parse(payload);
    await requirePermission(context);
    const { result, finished } = await unitOfWork(
      context,
      'handovers.run',
      (tx) => runBatch(tx, context, taskId, handover),
      { undoableActionId: handover.actionId, timeoutMillis: batchTimeoutMillis },
    );
    return { done: result.seen, total: Math.max(handover.expected, result.seen), finished };
  },
  async failed(context, taskId, payload) {
    const handover = HandoverPayload.parse(payload);
    await unitOfWork(context, 'handovers.finished', async (tx) =>
      finishHandover(tx, context, handover, await lockResult(tx, taskId), 'failed'),
    );
  },
};

/** @throws TaskFailure when whoever started it may not do this any more. */
async function requirePermission({ actor, deps }: Context): Promise<void> {
  const person = actor.id === null ? undefined : await findTaskOwner(deps.database, actor.id);
  if (!person || !can(person.viewer, 'customers:hand-over'))
    throw new TaskFailure('handovers.notAllowedAnyMore');
}

async function runBatch(
  tx: Transaction,
  context: Context,
  taskId: string,
  handover: HandoverPayload,
): Promise<{ result: HandoverResult; finished: boolean }> {
  const before = await lockResult(tx, taskId);
  if (!(await holdAction(tx, handover.actionId))) return { result: before, finished: true };
  const plan = HandoverPlan.parse(JSON.parse(handover.plan));
  const { result: moved, finished } = await moveBatch(tx, plan, dayOf(context.deps.now()), before);
  const result = finished ? await moveRest(tx, plan, moved) : moved;
  await tx.backgroundTask.update({ where: { id: taskId }, data: { result } });
  await tx.$executeRaw`
    UPDATE undoable_actions SET summary = summary || jsonb_build_object('count', ${result.moved}::integer)
    WHERE id = ${handover.actionId}::uuid`;
  if (finished) await finishHandover(tx, context, handover, result, 'done');
  return { result, finished };
}

const Assigned = z.array(z.object({ id: z.string(), receiver_id: z.string().nullable() }));
const Given = z.array(z.object({ receiver_id: z.string().nullable() }));

async function moveBatch(
  tx: Transaction,
  plan: HandoverPlan,
  today: string,
  before: HandoverResult,
): Promise<{ result: HandoverResult; finished: boolean }> {
  const next = assignedCustomers(plan, today, before.cursor, before.seen);
  const batch = Assigned.parse(
    await tx.$queryRaw(
      sql`SELECT id::text, receiver_id::text FROM (${next}) AS next ORDER BY id LIMIT ${batchSize}`,
    ),
  );
  const held = sql`SELECT * FROM jsonb_to_recordset(${JSON.stringify(batch)}::jsonb) AS held(id uuid, receiver_id uuid)`;
  const going = sql`SELECT assigned.* FROM (${held}) AS assigned WHERE ${isAssigned(plan)}`;
  const given = Given.parse(await tx.$queryRaw(giveCustomers(going, plan.fromId)));
  const received = { ...before.received };
  for (const { receiver_id: id } of given) if (id !== null) received[id] = (received[id] ?? 0) + 1;
  const result = {
    ...before,
    cursor: batch.at(-1)?.id ?? before.cursor,
    seen: before.seen + batch.length,
    moved: before.moved + given.length,
    received,
  };
  return { result, finished: batch.length < batchSize };
}

/** What hangs on the customers goes last, when all of them have their new owners. */
async function moveRest(
  tx: Transaction,
  plan: HandoverPlan,
  result: HandoverResult,
): Promise<HandoverResult> {
  await tx.$executeRaw(rawSql(`SELECT set_config('statement_timeout', '0', true)`));
  return {
    ...result,
    followUps: plan.withFollowUps ? await tx.$executeRaw(giveFollowUps(plan.fromId)) : 0,
    collaborations: plan.withCollaborations ? await tx.$executeRaw(endCollaborations(plan.fromId)) : 0,
  };
}

async function lockResult(tx: Transaction, taskId: string): Promise<HandoverResult> {
  const [row] = z
    .array(z.object({ result: HandoverResult.nullable() }))
    .parse(await tx.$queryRaw`SELECT result FROM background_tasks WHERE id = ${taskId}::uuid FOR UPDATE`);
  return row?.result ?? nothingYet;
}
