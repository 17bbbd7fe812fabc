import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { countCap, listPage, type ListResult } from '../../core/lists/list.js';
import type { ListOrder } from '../../core/lists/page-statement.js';
import { sql } from '../../core/sql.js';
import { containsText } from '../admin/filters.js';
import { kindColumns, ServedThingKind } from './served-thing-kind.js';
import type { ServedThingKindListQuery } from './served-thing-kinds.schemas.js';

export const defaultKindOrder: ListOrder<'name'> = { name: 'name', descending: false };

/** Things of the kind, archived ones among them; counting ends one above the cap, within an index. */
const thingCount = sql`(
  SELECT count(*)::integer FROM (
    SELECT FROM served_things WHERE served_things.kind_id = served_thing_kinds.id LIMIT ${countCap + 1}) AS counted)`;

const KindRow = ServedThingKind.omit({ id: true }).extend({ thing_count: z.number() });

export type KindRow = z.infer<typeof KindRow>;

/** One page of the kinds. */
export function listKinds(
  { deps }: ViewerContext,
  query: ServedThingKindListQuery,
): Promise<ListResult<KindRow>> {
  return listPage(deps.database, {
    select: sql`name, identifier_label, service_interval_days, lead_days, archived_at IS NOT NULL AS is_archived,
                ${thingCount} AS thing_count`,
    from: sql`served_thing_kinds`,
    id: sql`served_thing_kinds.id`,
    where: query.q ? [containsText(sql`served_thing_kinds.name`, query.q)] : [],
    sort: { expression: sql`served_thing_kinds.name`, type: 'text' },
    descending: query.sort?.descending ?? false,
    cursor: query.after,
    row: KindRow,
  });
}

const KindRecord = ServedThingKind.extend({ version: z.number(), thing_count: z.number() });

/** A kind with what its administration needs. */
export type KindRecord = z.infer<typeof KindRecord>;

/** @throws NotFound */
export async function findKind({ deps }: ViewerContext, id: string): Promise<KindRecord> {
  const [kind] = await deps.database.rows(
    sql`SELECT ${kindColumns}, version, ${thingCount} AS thing_count FROM served_thing_kinds WHERE id = ${id}::uuid`,
    KindRecord,
  );
  if (!kind) throw new NotFound('no such kind of served things');
  return kind;
}

/** Every kind by name, those in use first; they are few. */
export const readKinds = ({ deps }: ViewerContext): Promise<ServedThingKind[]> =>
  deps.database.rows(
    sql`SELECT ${kindColumns} FROM served_thing_kinds ORDER BY is_archived, served_thing_kinds.name`,
    ServedThingKind,
  );
