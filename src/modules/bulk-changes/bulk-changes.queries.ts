import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { allOf, sql } from '../../core/sql.js';
import { can } from '../../core/viewer.js';
import { readFormChoices } from '../customers/customer-choices.queries.js';
import { customerConditions } from '../customers/customer-conditions.js';
import { bulkChangeNames, bulkScope, isBulkPossible, type BulkChangeName } from './bulk-actions.js';
import { BulkResult } from './bulk-result.js';
import { bulkTaskKind } from './bulk-payload.js';
import { selectionQuery } from './selection.js';

/** Customers named on the confirmation. */
export const namesShown = 10;

const Preview = z.object({
  matching: z.number(),
  /** Those that will be changed. */
  permitted: z.number(),
  /** Those in which the change makes no sense. */
  impossible: z.number(),
  seen_at: z.date(),
  first: z.array(z.object({ name: z.string(), customer_no: z.string() })),
});

/** What a change would reach at this moment. */
export type BulkPreview = z.infer<typeof Preview>;

/** Counts a selection, exactly, and how much of it the viewer may change; names the first. */
export async function previewBulkChange(
  context: ViewerContext,
  action: BulkChangeName,
  filter: string,
): Promise<BulkPreview> {
  const selected = allOf(customerConditions(context, selectionQuery(filter)));
  const scope = bulkScope(context.viewer, action);
  const possible = isBulkPossible(action);
  const [preview] = await context.deps.database.rows(
    sql`
    SELECT count(*)::integer AS matching, count(*) FILTER (WHERE ${scope} AND ${possible})::integer AS permitted,
           count(*) FILTER (WHERE ${scope} AND NOT ${possible})::integer AS impossible,
           date_trunc('milliseconds', now()) AS seen_at,
           (SELECT coalesce(json_agg(json_build_object('name', name, 'customer_no', customer_no)), '[]')
            FROM (SELECT customers.name, customers.customer_no FROM customers WHERE ${selected} AND ${scope} AND ${possible}
                  ORDER BY customers.name_pinyin, customers.id LIMIT ${namesShown}) AS named) AS first
    FROM customers WHERE ${selected}`,
    Preview,
  );
  return Preview.parse(preview);
}

const Choice = z.object({ id: z.string(), name: z.string() });

/** What a new value can be chosen from. */
export interface BulkChoices {
  readonly owners: readonly z.infer<typeof Choice>[];
  readonly branches: readonly z.infer<typeof Choice>[];
  readonly tags: readonly z.infer<typeof Choice>[];
  readonly sources: readonly string[];
}

/** Reads only what the action needs, in at most one statement. */
export async function readBulkChoices(context: ViewerContext, action: BulkChangeName): Promise<BulkChoices> {
  const nothing: BulkChoices = { owners: [], branches: [], tags: [], sources: [] };
  if (action === 'addTag' || action === 'removeTag') {
    const tags = await context.deps.database.rows(
      sql`SELECT id::text, name FROM tags ORDER BY name, id LIMIT 500`,
      Choice,
    );
    return { ...nothing, tags };
  }
  if (action === 'transfer' || action === 'branch' || action === 'source') {
    return { ...nothing, ...(await readFormChoices(context)) };
  }
  return nothing;
}

const BulkRecord = z.object({
  id: z.string(),
  action: z.enum(bulkChangeNames),
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
    SELECT tasks.payload->>'actionId' AS id, tasks.payload->>'action' AS action, tasks.payload->>'label' AS label,
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
