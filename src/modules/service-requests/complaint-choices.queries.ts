import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';

const ChoosableCause = z.object({ id: z.string(), path: z.array(z.string()) });

/** A cause with the names above it, outermost first. */
export type ChoosableCause = z.infer<typeof ChoosableCause>;

/** Causes in use, as a tree in the administrator's order. */
export const readCauses = ({ deps }: ViewerContext): Promise<ChoosableCause[]> =>
  deps.database.preparedRows(
    sql`
    WITH RECURSIVE tree AS (
      SELECT id, ARRAY[name] AS path, ARRAY[lpad(position::text, 9, '0'), name] AS place
      FROM complaint_causes WHERE parent_id IS NULL AND archived_at IS NULL
      UNION ALL
      SELECT child.id, tree.path || child.name, tree.place || ARRAY[lpad(child.position::text, 9, '0'), child.name]
      FROM complaint_causes AS child JOIN tree ON tree.id = child.parent_id WHERE child.archived_at IS NULL)
    SELECT id::text, path FROM tree ORDER BY place LIMIT 500`,
    ChoosableCause,
  );
