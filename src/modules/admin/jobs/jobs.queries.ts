import { z } from 'zod';
import type { ViewerContext } from '../../../core/context.js';
import { listPage, type ListResult } from '../../../core/lists/list.js';
import type { ListOrder } from '../../../core/lists/page-statement.js';
import { sql, type Sql } from '../../../core/sql.js';
import { containsText } from '../filters.js';
import { taskStates, type JobQuery } from './jobs.schemas.js';

export const defaultJobOrder: ListOrder<'createdAt'> = { name: 'createdAt', descending: true };

const TaskRow = z.object({
  kind: z.string(),
  creator_name: z.string().nullable(),
  state: z.enum(taskStates),
  progress_done: z.number(),
  progress_total: z.number(),
  error: z.string().nullable(),
  created_at: z.date(),
  started_at: z.date().nullable(),
  finished_at: z.date().nullable(),
});

export type TaskRow = z.infer<typeof TaskRow>;

/** One page of the background tasks. */
export function listTasks({ deps }: ViewerContext, query: JobQuery): Promise<ListResult<TaskRow>> {
  const where: Sql[] = [];
  if (query.state) where.push(sql`background_tasks.state = ${query.state}`);
  if (query.q) where.push(containsText(sql`coalesce(users.name, '')`, query.q));
  return listPage(deps.database, {
    select: sql`background_tasks.kind, users.name AS creator_name, background_tasks.state, background_tasks.progress_done,
                background_tasks.progress_total, background_tasks.error, background_tasks.created_at,
                background_tasks.started_at, background_tasks.finished_at`,
    from: sql`background_tasks LEFT JOIN users ON users.id = background_tasks.created_by_id`,
    id: sql`background_tasks.id`,
    where,
    sort: { expression: sql`background_tasks.created_at`, type: 'timestamptz' },
    descending: (query.sort ?? defaultJobOrder).descending,
    cursor: query.after,
    row: TaskRow,
  });
}
