import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { undoTaskKind } from './undo.task.js';

export const actionsPerPage = 30;

/** The list from a moment back. */
export const RecentActionsQuery = z.strictObject({
  before: z.iso
    .datetime('errors.notADate')
    .transform((text) => new Date(text))
    .optional(),
});

const OwnAction = z.object({
  id: z.string(),
  kind: z.string(),
  summary: z.record(z.string(), z.union([z.string(), z.number()])),
  created_at: z.date(),
  undo_until: z.date(),
  undone_at: z.date().nullable(),
  is_being_undone: z.boolean(),
});

export type OwnActionRow = z.infer<typeof OwnAction>;

/** What the viewer did and can take back, latest first; one more than a page, to tell whether there is more. */
export function listOwnActions(context: ViewerContext, before: Date | undefined): Promise<OwnActionRow[]> {
  return context.deps.database.rows(
    sql`SELECT id::text, kind, summary, created_at, undo_until, undone_at,
               EXISTS (SELECT FROM background_tasks WHERE state IN ('queued', 'running') AND kind = ${undoTaskKind}
                       AND payload->>'actionId' = undoable_actions.id::text) AS is_being_undone
        FROM undoable_actions
        WHERE actor_id = ${context.viewer.id}::uuid AND created_at < ${before ?? new Date(8.64e15 / 1_000)}::timestamptz
        ORDER BY created_at DESC LIMIT ${actionsPerPage + 1}`,
    OwnAction,
  );
}

/** How many rows an action has changed, counted up to `cap` + 1. */
export async function actionSize(
  context: Pick<ViewerContext, 'deps'>,
  actionId: string,
  cap: number,
): Promise<number> {
  const [size] = await context.deps.database.rows(
    sql`SELECT count(*)::integer AS count
        FROM (SELECT FROM audit_log WHERE undoable_action_id = ${actionId}::uuid LIMIT ${cap + 1}) AS counted`,
    z.object({ count: z.number() }),
  );
  return size?.count ?? 0;
}
