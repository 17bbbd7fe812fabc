import { z } from 'zod';
import type { Database } from '../database.js';
import { sql } from '../sql.js';
import { changedTables, erasedRows, images, unreferenced } from './undo-images.js';

/** What undoing an action would do at this moment, in rows. */
export interface UndoPreview {
  readonly removable: number;
  /** Rows that would become what they were before, or come back. */
  readonly restorable: number;
  readonly conflicts: number;
}

const Counts = z.tuple([z.object({ removable: z.number(), restorable: z.number(), changed: z.number() })]);

/** Counts what `undoAction` would do, without doing it. */
export async function previewUndo({ client }: Database, actionId: string): Promise<UndoPreview> {
  const total = { removable: 0, restorable: 0, conflicts: 0 };
  for (const table of await changedTables(client, actionId)) {
    const isUnreferenced = await unreferenced(client, table, actionId);
    const [counts] = Counts.parse(
      await client.$queryRaw(sql`
        WITH images AS MATERIALIZED (${images(actionId, table)})
        SELECT count(*) FILTER (WHERE before IS NULL AND to_jsonb(target) @> after AND ${isUnreferenced})::integer AS removable,
               count(*) FILTER (WHERE before IS NOT NULL AND (after IS NULL OR to_jsonb(target) @> after))::integer AS restorable,
               count(*)::integer + (SELECT count(*)::integer FROM (${erasedRows(actionId, table)}) AS erased) AS changed
        FROM images LEFT JOIN ${table.name} AS target ON target.id = images.record_id::uuid
        WHERE before IS NOT NULL OR after IS NOT NULL`),
    );
    total.removable += counts.removable;
    total.restorable += counts.restorable;
    total.conflicts += counts.changed - counts.removable - counts.restorable;
  }
  return total;
}
