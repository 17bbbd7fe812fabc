import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { sql } from '../../core/sql.js';
import { cappedCount } from '../service-settings/setting-usage.queries.js';

const ComplaintCause = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  name: z.string(),
  /** The names from the top down, its own last. */
  path: z.array(z.string()),
  isArchived: z.boolean(),
  version: z.number(),
});

/** A cause of complaints with what its administration needs. */
export type ComplaintCause = z.infer<typeof ComplaintCause>;

/** Every cause with its path of names. */
const tree = sql`
  WITH RECURSIVE tree AS (
    SELECT id, parent_id, name, ARRAY[name] AS path, position, archived_at, version
    FROM complaint_causes WHERE parent_id IS NULL
    UNION ALL
    SELECT below.id, below.parent_id, below.name, tree.path || below.name, below.position, below.archived_at, below.version
    FROM complaint_causes AS below JOIN tree ON tree.id = below.parent_id)`;

const columns = sql`tree.id::text, tree.parent_id::text AS "parentId", tree.name, tree.path,
  tree.archived_at IS NOT NULL AS "isArchived", tree.version`;

const inOrder = sql`tree.archived_at IS NOT NULL, tree.position, tree.name`;

const ListedCause = ComplaintCause.extend({ complaintCount: z.number() });

export type ListedCause = z.infer<typeof ListedCause>;

/** Every cause, neighbours in their order, those out of use last; complaints are counted up to one above the cap. */
export const listComplaintCauses = ({ deps }: ViewerContext): Promise<ListedCause[]> =>
  deps.database.rows(
    sql`${tree} SELECT ${columns}, ${cappedCount(sql`complaints WHERE cause_id = tree.id`)} AS "complaintCount"
        FROM tree ORDER BY ${inOrder}`,
    ListedCause,
  );

/** The same without what only the list shows; also for choosing one. */
export const readComplaintCauses = ({ deps }: ViewerContext): Promise<ComplaintCause[]> =>
  deps.database.rows(sql`${tree} SELECT ${columns} FROM tree ORDER BY ${inOrder}`, ComplaintCause);

/** @throws NotFound */
export async function findComplaintCause({ deps }: ViewerContext, id: string): Promise<ComplaintCause> {
  const [cause] = await deps.database.rows(
    sql`${tree} SELECT ${columns} FROM tree WHERE tree.id = ${id}::uuid`,
    ComplaintCause,
  );
  if (!cause) throw new NotFound('no such cause of complaints');
  return cause;
}
