import { z } from 'zod';
import type { TaskDefinition } from '../../core/background-tasks.js';
import { sql } from '../../core/sql.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { isCounted } from './counted-requests.js';
import { recountTaskKind } from './recount-kind.js';
import { mostRecomputed, recomputeDeadlines } from './recompute-deadlines.js';

const stepTimeoutMillis = 60_000;

const isOpen = sql`(deleted_at IS NULL AND state_category <> 'done' AND ${isCounted})`;

const State = z.object({
  result: z.object({ after: z.string(), done: z.number() }).nullable(),
  progress_total: z.number(),
});
const Id = z.object({ id: z.string() });

/** Counts the deadlines of all open requests anew, some hundred in a unit of work. Where it stands is written with each. */
export const recountTask: TaskDefinition = {
  kind: recountTaskKind,
  async step(context, taskId) {
    const { deps } = context;
    const [row] = await deps.database.rows(
      sql`SELECT result, progress_total FROM background_tasks WHERE id = ${taskId}::uuid`,
      State,
    );
    const { result, progress_total: total } = State.parse(row);
    const open = await deps.database.rows(
      sql`SELECT id::text FROM service_requests
          WHERE ${isOpen} AND ${result === null ? sql`TRUE` : sql`id > ${result.after}::uuid`}
          ORDER BY id LIMIT ${mostRecomputed}`,
      Id,
    );
    const ids = open.map(({ id }) => id);
    const done = (result?.done ?? 0) + ids.length;
    const after = ids.at(-1);
    if (after === undefined) return { done: total, total, finished: true };
    // Rows keep their version: nobody's open form is out of date because a deadline was counted anew.
    await unitOfWork(
      context,
      'deadlines.recounted',
      async (tx) => {
        await recomputeDeadlines(tx, ids, deps.now());
        await tx.backgroundTask.update({
          where: { id: taskId },
          data: { result: { after, done } },
          select: { id: true },
        });
      },
      { restoring: true, timeoutMillis: stepTimeoutMillis },
    );
    return { done: Math.min(done, total), total, finished: ids.length < mostRecomputed };
  },
};
