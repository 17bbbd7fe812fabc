import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { dayOf, timeZone } from '../../core/format.js';
import { listPage, type ListOrder, type ListResult, type SortColumn } from '../../core/list.js';
import type { Permission } from '../../core/permissions.js';
import { sql, type Sql } from '../../core/sql.js';
import { notContactedSince, plannedWithin } from './activity-conditions.js';
import { customerMatches } from './customer-search.js';
import { customerScope } from './customers.scope.js';
import type { customerSorts, CustomerListQuery } from './customers.schemas.js';

type CustomerSort = (typeof customerSorts)[number];

export const defaultCustomerOrder: ListOrder<CustomerSort> = { name: 'createdAt', descending: true };

/** The tables behind the list, its export and its counts. */
export const customerTables = sql`customers
  LEFT JOIN customer_purchase_totals totals ON totals.customer_id = customers.id
  LEFT JOIN customer_activities activities ON activities.customer_id = customers.id
  LEFT JOIN users AS owners ON owners.id = customers.owner_id`;

const sortColumns: Readonly<Record<CustomerSort, SortColumn>> = {
  name: { expression: sql`customers.name_pinyin`, type: 'text' },
  customerNo: { expression: sql`customers.customer_no`, type: 'text' },
  createdAt: { expression: sql`customers.created_at`, type: 'timestamptz' },
  updatedAt: { expression: sql`customers.updated_at`, type: 'timestamptz' },
  firstVisitOn: { expression: sql`coalesce(customers.first_visit_on, '1900-01-01')`, type: 'date' },
  totalAmount: { expression: sql`coalesce(totals.total_amount, 0)`, type: 'numeric' },
  lastPurchaseOn: { expression: sql`coalesce(totals.last_purchase_on, '1900-01-01')`, type: 'date' },
  nextFollowUp: { expression: sql`coalesce(activities.next_follow_up_on, '9999-12-31')`, type: 'date' },
  lastContact: { expression: sql`coalesce(activities.last_contact_at, '-infinity')`, type: 'timestamptz' },
};

export const customerOrder = (query: CustomerListQuery): ListOrder<CustomerSort> =>
  query.sort ?? defaultCustomerOrder;

/** The sort column of an order of the list. */
export const customerSortColumn = (order: ListOrder<CustomerSort>): SortColumn => sortColumns[order.name];

/** The conditions of the list: what the viewer may see, nothing deleted, and the filters. */
export function customerConditions(
  context: ViewerContext,
  query: CustomerListQuery,
  permission?: Permission,
): Sql[] {
  const conditions = [customerScope(context.viewer, permission), sql`customers.deleted_at IS NULL`];
  if (query.q) conditions.push(customerMatches(context.deps.cipher, query.q));
  if (query.gender === 'none') conditions.push(sql`customers.gender IS NULL`);
  else if (query.gender) conditions.push(sql`customers.gender = ${query.gender}`);
  if (query.source) conditions.push(sql`customers.source = ${query.source}`);
  if (query.city) conditions.push(sql`customers.city = ${query.city}`);
  if (query.owner === 'none') conditions.push(sql`customers.owner_id IS NULL`);
  else if (query.owner === 'me') conditions.push(sql`customers.owner_id = ${context.viewer.id}::uuid`);
  else if (query.owner) conditions.push(sql`customers.owner_id = ${query.owner}::uuid`);
  if (query.createdFrom)
    conditions.push(
      sql`customers.created_at >= ${query.createdFrom}::date::timestamp AT TIME ZONE ${timeZone}`,
    );
  if (query.createdTo)
    conditions.push(
      sql`customers.created_at < (${query.createdTo}::date + 1)::timestamp AT TIME ZONE ${timeZone}`,
    );
  if (query.nextFollowUp) conditions.push(plannedWithin(query.nextFollowUp, today(context)));
  if (query.notContactedSince) conditions.push(notContactedSince(query.notContactedSince));
  return conditions;
}

const CustomerListRow = z.object({
  customer_no: z.string(),
  name: z.string(),
  gender: z.enum(['female', 'male', 'other']).nullable(),
  birth_date: z.string().nullable(),
  phone_encrypted: z.string().nullable(),
  city: z.string().nullable(),
  source: z.string().nullable(),
  owner_name: z.string().nullable(),
  purchase_count: z.number(),
  total_amount: z.string(),
  last_purchase_on: z.string().nullable(),
  next_follow_up_on: z.string().nullable(),
  last_contact_at: z.date().nullable(),
  created_at: z.date(),
});

export type CustomerListRow = z.infer<typeof CustomerListRow>;

/** One page of the customer list. */
export function listCustomers(
  context: ViewerContext,
  query: CustomerListQuery,
): Promise<ListResult<CustomerListRow>> {
  const order = customerOrder(query);
  return listPage(context.deps.database, {
    select: sql`customers.customer_no, customers.name, customers.gender, customers.birth_date, customers.phone_encrypted,
                customers.city, customers.source, owners.name AS owner_name,
                coalesce(totals.purchase_count, 0) AS purchase_count, coalesce(totals.total_amount, 0) AS total_amount,
                totals.last_purchase_on, activities.next_follow_up_on, activities.last_contact_at, customers.created_at`,
    from: customerTables,
    countFrom: sql`customers`,
    id: sql`customers.id`,
    where: customerConditions(context, query),
    sort: customerSortColumn(order),
    descending: order.descending,
    cursor: query.after,
    row: CustomerListRow,
  });
}

const CustomerRecord = z.object({
  id: z.string(),
  customer_no: z.string(),
  name: z.string(),
  gender: z.enum(['female', 'male', 'other']).nullable(),
  birth_date: z.string().nullable(),
  birth_calendar: z.enum(['solar', 'lunar']),
  phone_encrypted: z.string().nullable(),
  email_encrypted: z.string().nullable(),
  wechat_encrypted: z.string().nullable(),
  address_encrypted: z.string().nullable(),
  city: z.string().nullable(),
  source: z.string().nullable(),
  first_visit_on: z.string().nullable(),
  remark: z.string().nullable(),
  owner_id: z.string().nullable(),
  owner_name: z.string().nullable(),
  team_name: z.string().nullable(),
  branch_id: z.string().nullable(),
  branch_name: z.string().nullable(),
  version: z.number(),
  created_at: z.date(),
  updated_at: z.date(),
  deleted_at: z.date().nullable(),
  purchase_count: z.number(),
  refund_count: z.number(),
  total_amount: z.string(),
  first_purchase_on: z.string().nullable(),
  last_purchase_on: z.string().nullable(),
  can_edit: z.boolean(),
  can_delete: z.boolean(),
  can_merge: z.boolean(),
  can_reveal: z.boolean(),
  can_add_purchases: z.boolean(),
  can_add_contact_records: z.boolean(),
  last_contact_at: z.date().nullable(),
});

export type CustomerRecord = z.infer<typeof CustomerRecord>;

/**
 * One customer with what the viewer may do with it, in one statement.
 * @throws NotFound when there is none, it lies outside the permission's scope, or it was deleted (unless `includeDeleted`).
 */
export async function findCustomer(
  context: ViewerContext,
  id: string,
  options: { permission?: Permission; includeDeleted?: boolean } = {},
): Promise<CustomerRecord> {
  const { viewer } = context;
  const [customer] = await context.deps.database.rows(
    sql`
    SELECT customers.id::text, customers.customer_no, customers.name, customers.gender, customers.birth_date,
           customers.birth_calendar, customers.phone_encrypted, customers.email_encrypted, customers.wechat_encrypted,
           customers.address_encrypted, customers.city, customers.source, customers.first_visit_on, customers.remark,
           customers.owner_id::text, owners.name AS owner_name, teams.name AS team_name,
           customers.branch_id::text, branches.name AS branch_name,
           customers.version, customers.created_at, customers.updated_at, customers.deleted_at,
           coalesce(totals.purchase_count, 0) AS purchase_count, coalesce(totals.refund_count, 0) AS refund_count,
           coalesce(totals.total_amount, 0) AS total_amount, totals.first_purchase_on, totals.last_purchase_on,
           ${isWithin(viewerScope(context, 'customers:edit'))} AS can_edit,
           ${isWithin(viewerScope(context, 'customers:delete'))} AS can_delete,
           ${isWithin(viewerScope(context, 'customers:merge'))} AS can_merge,
           ${isWithin(viewerScope(context, 'customers:reveal-contact'))} AS can_reveal,
           activities.last_contact_at,
           ${isWithin(viewerScope(context, 'purchases:create'))} AS can_add_purchases,
           ${isWithin(viewerScope(context, 'contact-records:create'))} AS can_add_contact_records
    FROM ${customerTables}
    LEFT JOIN teams ON teams.id = customers.team_id
    LEFT JOIN branches ON branches.id = customers.branch_id
    WHERE customers.id = ${id}::uuid AND ${customerScope(viewer)} AND ${customerScope(viewer, options.permission)}
      AND (customers.deleted_at IS NULL OR ${options.includeDeleted ?? false})`,
    CustomerRecord,
  );
  if (!customer) throw new NotFound('no such customer in scope');
  return customer;
}

/** The customer that a merged one became, when the viewer may see it. */
export async function findSurvivor(context: ViewerContext, mergedId: string): Promise<string | undefined> {
  const [survivor] = await context.deps.database.rows(
    sql`SELECT customers.id::text FROM customers AS merged JOIN customers ON customers.id = merged.merged_into_id
        WHERE merged.id = ${mergedId}::uuid AND customers.deleted_at IS NULL AND ${customerScope(context.viewer)}`,
    z.object({ id: z.string() }),
  );
  return survivor?.id;
}

const viewerScope = (context: ViewerContext, permission: Permission): Sql =>
  customerScope(context.viewer, permission);

/** A condition over columns that may be null, as a plain yes or no. */
const isWithin = (condition: Sql): Sql => sql`coalesce(${condition}, FALSE)`;

const Choice = z.object({ id: z.string(), name: z.string() });
export type Choice = z.infer<typeof Choice>;

/** Who can own customers, and the branches: for the selects of the form. At most 500 each. */
export async function listFormChoices(
  context: ViewerContext,
): Promise<{ owners: Choice[]; branches: Choice[] }> {
  const { database } = context.deps;
  const [owners, branches] = await Promise.all([
    database.rows(
      sql`SELECT id::text, name FROM users WHERE disabled_at IS NULL ORDER BY name, id LIMIT 500`,
      Choice,
    ),
    database.rows(sql`SELECT id::text, name FROM branches ORDER BY name, id LIMIT 500`, Choice),
  ]);
  return { owners, branches };
}

/** The sources in use, in order; a loose index scan, so that a million customers cost no more than a thousand. */
export async function listSources(context: ViewerContext): Promise<string[]> {
  const rows = await context.deps.database.rows(
    sql`WITH RECURSIVE found AS (
          (SELECT source FROM customers WHERE source IS NOT NULL ORDER BY source LIMIT 1)
          UNION ALL
          SELECT (SELECT source FROM customers WHERE source > found.source ORDER BY source LIMIT 1)
          FROM found WHERE found.source IS NOT NULL)
        SELECT source FROM found WHERE source IS NOT NULL LIMIT 100`,
    z.object({ source: z.string() }),
  );
  return rows.map(({ source }) => source);
}

export const today = (context: ViewerContext): string => dayOf(context.deps.now());

/** Who saved the record last. */
export async function findLastEditor(context: ViewerContext, id: string): Promise<string> {
  const [row] = await context.deps.database.rows(
    sql`SELECT actor_name FROM audit_log
        WHERE table_name = 'customers' AND record_id = ${id} AND operation <> 'event' ORDER BY id DESC LIMIT 1`,
    z.object({ actor_name: z.string() }),
  );
  return row?.actor_name ?? '';
}
