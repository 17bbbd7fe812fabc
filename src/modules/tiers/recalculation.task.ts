import { z } from 'zod';
import type { TaskDefinition } from '../../core/background-tasks.js';
import type { Context } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { calculateTiersInUse } from './tier-calculation.service.js';
import { customersBetween } from './tier-decisions.js';

export const recalculationTaskKind = 'tiers.recalculate';

/** Customers of one unit of work: at most so many rows are held, written and logged at once. */
const customersPerStep = 20_000;
const stepTimeoutMillis = 5 * 60_000;

const Position = z.object({ after: z.string(), done: z.number() });
const TaskState = z.object({ result: Position.nullable(), progress_total: z.number() });
const Range = z.object({ last: z.string().nullable() });

/** Calculates the tiers of all customers, one range of ids after the other. Where it stands is written with each range. */
export const recalculationTask: TaskDefinition = {
  kind: recalculationTaskKind,
  async step(context, taskId) {
    const { result, progress_total: total } = await readState(context, taskId);
    const after = result?.after ?? null;
    const last = await endOfRange(context, after);
    const done = last === null ? total : (result?.done ?? 0) + customersPerStep;
    await unitOfWork(
      context,
      'tiers.recalculated',
      async (tx) => {
        // Purchases that are being stored are waited for; an import stores thousands in one go.
        await tx.$executeRaw`SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '60s', true),
                                    set_config('work_mem', '64MB', true)`;
        await calculateTiersInUse(tx, context.deps, customersBetween(after, last));
        if (last !== null) {
          await tx.backgroundTask.update({
            where: { id: taskId },
            data: { result: { after: last, done } },
            select: { id: true },
          });
        }
      },
      { timeoutMillis: stepTimeoutMillis },
    );
    if (after === null) await analyseTiers(context);
    return { done: Math.min(done, total), total, finished: last === null };
  },
};

/** After the first range: what was planned while nobody had a tier would read all of them for each customer of a list. */
async function analyseTiers({ deps }: Context): Promise<void> {
  await deps.database.rows(sql`SELECT FROM analyze_customer_tiers()`, z.object({}));
}

async function readState({ deps }: Context, taskId: string): Promise<z.infer<typeof TaskState>> {
  const [state] = await deps.database.rows(
    sql`SELECT result, progress_total FROM background_tasks WHERE id = ${taskId}::uuid`,
    TaskState,
  );
  return TaskState.parse(state);
}

/** The last id of the range after an id; null when it reaches the end. */
async function endOfRange({ deps }: Context, after: string | null): Promise<string | null> {
  const [range] = await deps.database.rows(
    sql`SELECT (SELECT id::text FROM customers WHERE ${after === null ? sql`TRUE` : sql`id > ${after}::uuid`}
                ORDER BY customers.id OFFSET ${customersPerStep - 1} LIMIT 1) AS last`,
    Range,
  );
  return range?.last ?? null;
}
