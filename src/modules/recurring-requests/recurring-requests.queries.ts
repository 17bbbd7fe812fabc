import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { listPage, lowCountCap, type ListResult } from '../../core/lists/list.js';
import type { ListOrder } from '../../core/lists/page-statement.js';
import { sql, type Sql } from '../../core/sql.js';
import { customerScope } from '../customers/customers.scope.js';
import { nameMatches } from '../customers/name-search.js';
import { recurrenceUnits } from './recurrence.js';
import type { RecurringQuery } from './recurring-requests.schemas.js';

export const defaultRecurringOrder: ListOrder<'next'> = { name: 'next', descending: false };

const RecurringRecord = z.object({
  subject: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  typeId: z.string(),
  typeName: z.string(),
  typeKey: z.string().nullable(),
  categoryId: z.string().nullable(),
  servedThingId: z.string().nullable(),
  description: z.string().nullable(),
  assigneeId: z.string().nullable(),
  assigneeName: z.string().nullable(),
  unit: z.enum(recurrenceUnits),
  every: z.number(),
  startsOn: z.string(),
  nextOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  leadDays: z.number(),
  version: z.number(),
});

/** A request that is opened again and again. */
export type RecurringRecord = z.infer<typeof RecurringRecord>;

const columns = sql`recurring_requests.subject, customers.id::text AS "customerId", customers.name AS "customerName",
  types.id::text AS "typeId", types.name AS "typeName", types.shipped_key AS "typeKey",
  recurring_requests.category_id::text AS "categoryId", recurring_requests.served_thing_id::text AS "servedThingId",
  recurring_requests.description, recurring_requests.assignee_id::text AS "assigneeId", assignees.name AS "assigneeName",
  recurring_requests.unit, recurring_requests.every, recurring_requests.starts_on::text AS "startsOn",
  recurring_requests.next_on::text AS "nextOn", recurring_requests.ends_on::text AS "endsOn",
  recurring_requests.lead_days AS "leadDays", recurring_requests.version`;

const found = sql`recurring_requests JOIN customers ON customers.id = recurring_requests.customer_id`;

const tables = sql`${found}
  JOIN request_types AS types ON types.id = recurring_requests.type_id
  LEFT JOIN users AS assignees ON assignees.id = recurring_requests.assignee_id`;

/** One page of the recurring requests of customers in the viewer's scope; those that come next stand first. */
export function listRecurring(
  context: ViewerContext,
  query: RecurringQuery,
): Promise<ListResult<RecurringRecord>> {
  return listPage(context.deps.database, {
    select: columns,
    from: tables,
    countFrom: found,
    id: sql`recurring_requests.id`,
    where: conditions(context, query),
    sort: { expression: sql`coalesce(recurring_requests.next_on, '9999-12-31'::date)`, type: 'date' },
    descending: (query.sort ?? defaultRecurringOrder).descending,
    cursor: query.after,
    countCap: lowCountCap,
    row: RecurringRecord,
  });
}

function conditions({ viewer }: ViewerContext, { state, customer, q }: RecurringQuery): Sql[] {
  return [
    sql`customers.deleted_at IS NULL`,
    customerScope(viewer),
    ...(state === 'running' ? [sql`recurring_requests.next_on IS NOT NULL`] : []),
    ...(state === 'stopped' ? [sql`recurring_requests.next_on IS NULL`] : []),
    ...(customer ? [sql`recurring_requests.customer_id = ${customer}::uuid`] : []),
    ...(q
      ? [
          sql`(${nameMatches(sql`customers.name`, q.toLowerCase())} OR ${nameMatches(sql`recurring_requests.subject`, q.toLowerCase())})`,
        ]
      : []),
  ];
}

/** @throws NotFound when its customer lies outside the viewer's scope. */
export async function findRecurring({ deps, viewer }: ViewerContext, id: string): Promise<RecurringRecord> {
  const [recurring] = await deps.database.rows(
    sql`SELECT ${columns} FROM ${tables}
        WHERE recurring_requests.id = ${id}::uuid AND customers.deleted_at IS NULL AND ${customerScope(viewer)}`,
    RecurringRecord,
  );
  if (!recurring) throw new NotFound('no such recurring request in scope');
  return recurring;
}
