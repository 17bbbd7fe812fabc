import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { sql } from '../../core/sql.js';
import { can } from '../../core/viewer.js';
import { bulkTaskKind } from './bulk-payload.js';
import { BulkResult } from './bulk-result.js';
import { bulkSubjectNames } from './bulk-subjects.js';

const BulkRecord = z.object({
  id: z.string(),
  subject: z.enum(bulkSubjectNames),
  action: z.string(),
  label: z.string(),
  expected: z.number(),
  state: z.enum(['queued', 'running', 'done', 'failed']),
  error: z.string().nullable(),
  task_id: z.string(),
  progress_done: z.number(),
  progress_total: z.number(),
  result: BulkResult.nullable(),
  is_own: z.boolean(),
  is_undoable: z.boolean(),
  undone_at: z.date().nullable(),
  undo_conflicts: z.number().nullable(),
});

export type BulkRecord = z.infer<typeof BulkRecord>;

/**
 * A change that the viewer started, with how far it is. Who looks after background jobs sees those of others.
 * @throws NotFound for those of others.
 */
export async function findBulkChange({ deps, viewer }: ViewerContext, id: string): Promise<BulkRecord> {
  const [record] = await deps.database.rows(
    sql`
    SELECT tasks.payload->>'actionId' AS id, coalesce(tasks.payload->>'subject', 'customers') AS subject,
           tasks.payload->>'action' AS action, tasks.payload->>'label' AS label,
           (tasks.payload->>'expected')::integer AS expected, tasks.state, tasks.error, tasks.id::text AS task_id,
           tasks.progress_done, tasks.progress_total, tasks.result,
           coalesce(tasks.created_by_id = ${viewer.id}::uuid, FALSE) AS is_own,
           coalesce(actions.undone_at IS NULL AND actions.undo_until > ${deps.now()}::timestamptz, FALSE) AS is_undoable,
           actions.undone_at, (actions.undo_result->>'conflicts')::integer AS undo_conflicts
    FROM background_tasks AS tasks
    LEFT JOIN undoable_actions AS actions ON actions.id = (tasks.payload->>'actionId')::uuid
    WHERE tasks.kind = ${bulkTaskKind}
      AND (tasks.created_by_id = ${viewer.id}::uuid OR ${can(viewer, 'system:manage')})
      AND tasks.payload->>'actionId' = ${id}`,
    BulkRecord,
  );
  if (!record) throw new NotFound('no such change of the viewer');
  return record;
}
