import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { dayOf } from '../../core/format.js';
import { listPage, lowCountCap, type ListResult } from '../../core/lists/list.js';
import type { ListOrder } from '../../core/lists/page-statement.js';
import { allOf, rawSql, sql, type Sql } from '../../core/sql.js';
import { customerMatches } from '../customers/customer-search.js';
import { customerScope } from '../customers/customers.scope.js';
import { addDays } from '../follow-ups/due-days.js';
import { soonDays, type ThingListQuery } from './served-things.schemas.js';

export const defaultThingOrder: ListOrder<'due'> = { name: 'due', descending: false };

/** Things that nothing is due of come last. Indexed. */
const dueOrder = sql`coalesce(things.next_due_on, '9999-12-31')`;

const tables = sql`served_things AS things JOIN customers ON customers.id = things.customer_id`;
const joined = sql`${tables} JOIN served_thing_kinds AS kinds ON kinds.id = things.kind_id
  LEFT JOIN users AS owners ON owners.id = customers.owner_id`;

const columns = sql`things.name, kinds.name AS kind_name, things.identifier, things.next_due_on,
  things.archived_at IS NOT NULL AS is_archived,
  (SELECT max(served_on) FROM served_thing_services WHERE thing_id = things.id) AS last_served_on,
  customers.id::text AS customer_id, customers.name AS customer_name, customers.customer_no, owners.name AS owner_name`;

const ThingRow = z.object({
  name: z.string(),
  kind_name: z.string(),
  identifier: z.string().nullable(),
  next_due_on: z.string().nullable(),
  is_archived: z.boolean(),
  last_served_on: z.string().nullable(),
  customer_id: z.string(),
  customer_name: z.string(),
  customer_no: z.string(),
  owner_name: z.string().nullable(),
});

export type ThingRow = z.infer<typeof ThingRow>;

/** One page of the things of customers within the viewer's scope, what is due first on top. */
export function listThings(context: ViewerContext, query: ThingListQuery): Promise<ListResult<ThingRow>> {
  return listPage(context.deps.database, {
    select: columns,
    from: joined,
    countFrom: tables,
    id: sql`things.id`,
    where: conditions(context, query),
    sort: { expression: dueOrder, type: 'date' },
    descending: (query.sort ?? defaultThingOrder).descending,
    cursor: query.after,
    countCap: lowCountCap,
    row: ThingRow,
  });
}

/** All of them in the list's order, as far as the viewer may export the customers. */
export function streamThings(context: ViewerContext, query: ThingListQuery): AsyncGenerator<ThingRow[]> {
  const direction = rawSql((query.sort ?? defaultThingOrder).descending ? 'DESC' : 'ASC');
  return context.deps.database.stream(
    sql`SELECT ${columns} FROM ${joined}
        WHERE ${allOf([...conditions(context, query), customerScope(context.viewer, 'customers:export')])}
        ORDER BY ${dueOrder} ${direction}, things.id ${direction}`,
    ThingRow,
  );
}

function conditions({ deps, viewer }: ViewerContext, query: ThingListQuery): Sql[] {
  const found = [customerScope(viewer), sql`customers.deleted_at IS NULL`];
  const today = dayOf(deps.now());
  if (query.state === 'archived') found.push(sql`things.archived_at IS NOT NULL`);
  else if (query.state !== 'all') found.push(sql`things.archived_at IS NULL`);
  if (query.state === 'overdue') found.push(sql`${dueOrder} < ${today}::date`);
  if (query.state === 'soon') {
    found.push(sql`${dueOrder} >= ${today}::date`, sql`${dueOrder} <= ${addDays(today, soonDays)}::date`);
  }
  if (query.kind) found.push(sql`things.kind_id = ${query.kind}::uuid`);
  if (query.customer) found.push(sql`things.customer_id = ${query.customer}::uuid`);
  if (query.q) found.push(customerMatches(deps.cipher, query.q));
  return found;
}
