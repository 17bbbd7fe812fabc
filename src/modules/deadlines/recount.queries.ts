import { z } from 'zod';
import type { Context } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { recountTaskKind } from './recount-kind.js';

const Recount = z.object({
  state: z.enum(['queued', 'running', 'done', 'failed']),
  progress_done: z.number(),
  progress_total: z.number(),
  error: z.string().nullable(),
});

export type Recount = z.infer<typeof Recount>;

/** The latest counting of all open requests; undefined before the first. */
export async function findRecount({ deps }: Pick<Context, 'deps'>): Promise<Recount | undefined> {
  const [task] = await deps.database.rows(
    sql`SELECT state, progress_done, progress_total, error FROM background_tasks
        WHERE kind = ${recountTaskKind} ORDER BY created_at DESC LIMIT 1`,
    Recount,
  );
  return task;
}
