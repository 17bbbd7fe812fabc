import { z } from 'zod';
import type { TaskDefinition } from '../../core/background-tasks.js';
import type { Context } from '../../core/context.js';
import { sql, type Sql } from '../../core/sql.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { pairRules } from './pair-rules.js';
import { applyRule, retirePairs, scorePairs } from './scan-statements.js';

export const scanTaskKind = 'duplicates.scan';

/** One step for each rule, and one that scores and tidies. */
export const scanSteps: readonly (readonly Sql[])[] = [
  ...pairRules.map((rule) => [applyRule(rule)]),
  [...retirePairs, scorePairs],
];

const stepTimeoutMillis = 10 * 60_000;

/** Looks for pairs among all customers, rule by rule; a step that was cut off begins again and does no harm by it. */
export const duplicateScanTask: TaskDefinition = {
  kind: scanTaskKind,
  async step(context, taskId) {
    const index = await stepsDone(context, taskId);
    const statements = scanSteps[index] ?? [];
    await unitOfWork(
      context,
      'duplicates.scanned',
      async (tx) => {
        await tx.$executeRaw`SELECT set_config('statement_timeout', '0', true), set_config('work_mem', '128MB', true)`;
        for (const statement of statements) await tx.$executeRaw(statement);
      },
      { timeoutMillis: stepTimeoutMillis },
    );
    const done = Math.min(index + 1, scanSteps.length);
    return { done, total: scanSteps.length, finished: done === scanSteps.length };
  },
};

async function stepsDone({ deps }: Context, taskId: string): Promise<number> {
  const [row] = await deps.database.rows(
    sql`SELECT progress_done FROM background_tasks WHERE id = ${taskId}::uuid`,
    z.object({ progress_done: z.number() }),
  );
  return row?.progress_done ?? 0;
}
