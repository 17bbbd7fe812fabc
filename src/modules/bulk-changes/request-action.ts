import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { sql, type Sql } from '../../core/sql.js';
import { assignRequests, lockAssignment } from '../assignment/assign-requests.js';
import { assignmentQueue } from '../assignment/assignment-queue.js';
import { recomputeDeadlines } from '../deadlines/recompute-deadlines.js';
import type { BulkAction } from './bulk-subject.js';

/** What most changes of requests have in common. As many in a batch as automatic assignment takes in one call. */
export const requestAction = {
  hint: 'bulkChanges.requests.undoHint',
  batchSize: 200,
  isDestructive: false,
  choosesFirst: true,
  // Before the requests: whoever assigns takes them in this order.
  prepare: lockAssignment,
  committed: (deps) => deps.jobs.wake(assignmentQueue, {}),
} as const satisfies Partial<BulkAction>;

/** The requests of a batch: a condition of a statement. */
export const amongRequests = (ids: readonly string[]): Sql =>
  sql`service_requests.id = ANY(${[...ids]}::uuid[])`;

/** A refusal in what is done: nobody is given what is over. */
export const refusedWhenDone = sql`WHEN service_requests.state_category = 'done' THEN 'isDone'`;

/**
 * What follows from any change of requests, as `settleRequest` does it for one: deadlines counted anew, and somebody who
 * works those that nobody has. At most 200.
 */
export async function settleRequests(
  tx: Transaction,
  { deps }: Pick<Context, 'deps'>,
  ids: readonly string[],
): Promise<void> {
  const now = deps.now();
  await recomputeDeadlines(tx, ids, now);
  await assignRequests(tx, ids, now);
}
