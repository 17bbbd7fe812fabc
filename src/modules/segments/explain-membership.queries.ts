import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { dayOf } from '../../core/format.js';
import { joinSql, sql, type Sql } from '../../core/sql.js';
import { customerScope } from '../customers/customers.scope.js';
import { conditionSql } from './compile-rules.js';
import { conditionsOf, type SegmentCondition } from './rules.js';
import type { SegmentCatalogue } from './segment-catalogue.js';
import { segmentTables } from './segment-tables.js';
import type { SegmentRecord } from './segments.queries.js';

const Membership = z.object({
  name: z.string(),
  /** Since when in the segment; null for those who are not. */
  added_at: z.date().nullable(),
  /** Of each condition in the order in which they are read. */
  fulfilled: z.array(z.boolean()),
  values: z.array(z.string().nullable()),
});

export type Membership = z.infer<typeof Membership>;

/** How one customer stands to each condition of a segment today. @throws NotFound */
export async function explainMembership(
  { deps, viewer }: ViewerContext,
  segment: SegmentRecord,
  catalogue: SegmentCatalogue,
  customerId: string,
): Promise<Membership> {
  const today = dayOf(deps.now());
  const conditions = conditionsOf(segment.rules);
  const listed = (part: (condition: SegmentCondition) => Sql): Sql => joinSql(conditions.map(part));
  const fulfilled = listed(
    (condition) => sql`(${conditionSql(condition, catalogue, { today, reach: 'some' })}) IS TRUE`,
  );
  const values = listed(({ field, values: compared }) => {
    const value = catalogue.get(field)?.value(today, compared);
    return value ? sql`(${value})::text` : sql`NULL::text`;
  });
  const [row] = await deps.database.rows(
    sql`SELECT customers.name, ARRAY[${fulfilled}] AS fulfilled, ARRAY[${values}] AS values,
               (SELECT added_at FROM segment_members
                WHERE segment_id = ${segment.id}::uuid AND customer_id = customers.id) AS added_at
        FROM ${segmentTables}
        WHERE customers.id = ${customerId}::uuid AND customers.deleted_at IS NULL AND ${customerScope(viewer)}`,
    Membership,
  );
  if (!row) throw new NotFound('no such customer in scope');
  return row;
}
