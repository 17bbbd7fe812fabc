import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';

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
});

export type OwnActionRow = z.infer<typeof OwnAction>;

/** What the viewer did and can take back, latest first; one more than a page, to tell whether there is more. */
export function listOwnActions(context: ViewerContext, before: Date | undefined): Promise<OwnActionRow[]> {
  return context.deps.database.rows(
    sql`SELECT id::text, kind, summary, created_at, undo_until, undone_at FROM undoable_actions
        WHERE actor_id = ${context.viewer.id}::uuid AND created_at < ${before ?? new Date(8.64e15 / 1_000)}::timestamptz
        ORDER BY created_at DESC LIMIT ${actionsPerPage + 1}`,
    OwnAction,
  );
}
