import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { dayOf } from '../../core/format.js';
import { countCap, listPage, lowCountCap, type ListResult } from '../../core/lists/list.js';
import type { ListOrder, SortColumn, Walking } from '../../core/lists/page-statement.js';
import type { Permission } from '../../core/permissions.js';
import { sql, type Sql } from '../../core/sql.js';
import { scopeOf } from '../../core/viewer.js';
import { Attachment, attachmentsColumn } from '../attachments/attachment.js';
import { CustomField, customFieldsColumn } from '../custom-fields/custom-field.js';
import { CustomValues } from '../custom-fields/custom-values.js';
import { customerSegmentsColumn, NamedSegment } from '../segments/customer-segments.js';
import { CustomerThings, customerThingsColumn } from '../served-things/served-thing.js';
import { CardedRequest, customerRequestsColumn } from '../service-requests/carded-request.js';
import { customerTagsColumn, Tag } from '../tags/tag.js';

import { CustomerPool, customerPoolColumn } from '../public-pool/customer-pool.js';
import { readLateRules } from '../visit-rhythm/late-rules.queries.js';
import { numbersOf, savedNumbers } from '../visit-rhythm/late-rules.js';
import { VisitRhythm, visitRhythmColumn } from '../visit-rhythm/visit-rhythm.js';
import { CustomerContact, customerContactsColumn } from '../customer-contacts/customer-contact.js';
import { ContactPoint, contactPointsColumn } from './contact-point.js';
import { collaboratorsColumn } from './collaborator.js';
import { firstCustomerConditions, isSlowToCount, walkedCustomerConditions } from './customer-conditions.js';
import { customerListColumns, CustomerListRow } from './customer-list-row.js';
import { customerScope, unsharedCustomerScope } from './customers.scope.js';
import { customerKinds, type customerSorts, type CustomerListQuery } from './customers.schemas.js';
import { listBeginning } from './list-beginning.js';
import { soughtCustomers } from './purchase-conditions.js';

type CustomerSort = (typeof customerSorts)[number];

export const defaultCustomerOrder: ListOrder<CustomerSort> = { name: 'createdAt', descending: true };

/** The tables behind the list, its export and its counts. A trigger gives every customer its rows in the rollups. */
export const customerTables = sql`customers
  JOIN customer_purchase_totals totals ON totals.customer_id = customers.id
  JOIN customer_activities activities ON activities.customer_id = customers.id
  LEFT JOIN users AS owners ON owners.id = customers.owner_id`;

const sortColumns: Readonly<Record<CustomerSort, SortColumn>> = {
  name: { expression: sql`customers.name_pinyin`, type: 'text' },
  customerNo: { expression: sql`customers.customer_no`, type: 'text' },
  createdAt: { expression: sql`customers.created_at`, type: 'timestamptz' },
  updatedAt: { expression: sql`customers.updated_at`, type: 'timestamptz' },
  totalAmount: { expression: sql`totals.total_amount`, type: 'numeric', id: sql`totals.customer_id` },
  lastPurchaseOn: {
    expression: sql`coalesce(totals.last_purchase_on, '1900-01-01')`,
    type: 'date',
    id: sql`totals.customer_id`,
  },
  nextFollowUp: {
    expression: sql`coalesce(activities.next_follow_up_on, '9999-12-31')`,
    type: 'date',
    id: sql`activities.customer_id`,
  },
  lastContact: {
    expression: sql`coalesce(activities.last_contact_at, '-infinity')`,
    type: 'timestamptz',
    id: sql`activities.customer_id`,
  },
};

export const customerOrder = (query: CustomerListQuery): ListOrder<CustomerSort> =>
  query.sort ?? defaultCustomerOrder;

/** The sort column of an order of the list. */
export const customerSortColumn = (order: ListOrder<CustomerSort>): SortColumn => sortColumns[order.name];

const allCustomers: Pick<Walking, 'table' | 'listed'> = {
  table: sql`customers`,
  listed: sql`customers.deleted_at IS NULL`,
};

const everyCustomer: CustomerListQuery = { source: null, city: null };

/** One page of the customer list. */
export async function listCustomers(
  context: ViewerContext,
  query: CustomerListQuery,
): Promise<ListResult<CustomerListRow>> {
  const order = customerOrder(query);
  const pageOrder = { descending: order.descending, cursor: query.after };
  const seesAll = scopeOf(context.viewer, 'customers:read') === 'all';
  const lateRules = query.late ? numbersOf((await readLateRules(context)).rules) : savedNumbers;
  const beginning =
    order.name === 'createdAt'
      ? listBeginning(query, pageOrder, { today: today(context), seesAll, lateRules })
      : undefined;
  const conditions = firstCustomerConditions(context, beginning?.left ?? query);
  const sort = beginning?.sort ?? customerSortColumn(order);
  const isUnfiltered = conditions.length === firstCustomerConditions(context, everyCustomer).length;
  return listPage(context.deps.database, {
    select: customerListColumns(context, query),
    from: customerTables,
    countFrom: beginning?.countFrom ?? sql`customers`,
    seekFrom: beginning?.from ?? (sort.id ? customerTables : soughtCustomers(query)),
    id: sql`customers.id`,
    where: [...conditions, ...(beginning?.where ?? [])],
    isUnfiltered: isUnfiltered && (beginning?.suitsOnePlan ?? true),
    joinsLate: beginning !== undefined,
    mayBeRare: !seesAll,
    isGathered: Boolean(query.q) || beginning?.isGathered === true,
    walking:
      query.q && !beginning && !sort.id && !query.lastVisitTo
        ? { ...allCustomers, where: walkedCustomerConditions(context, query) }
        : undefined,
    sort,
    ...pageOrder,
    countCap: isSlowToCount(query) ? lowCountCap : countCap,
    row: CustomerListRow,
  });
}

const CustomerRecord = z.object({
  id: z.string(),
  customer_no: z.string(),
  name: z.string(),
  kind: z.enum(customerKinds),
  gender: z.enum(['female', 'male', 'other']).nullable(),
  birth_date: z.string().nullable(),
  birth_calendar: z.enum(['solar', 'lunar']),
  phone_encrypted: z.string().nullable(),
  email_encrypted: z.string().nullable(),
  wechat_encrypted: z.string().nullable(),
  address_encrypted: z.string().nullable(),
  contact_points: z.array(ContactPoint),
  attachments: z.array(Attachment),
  contacts: z.array(CustomerContact),
  served_things: CustomerThings,
  open_requests: z.array(CardedRequest),
  city: z.string().nullable(),
  source: z.string().nullable(),
  first_visit_on: z.string().nullable(),
  remark: z.string().nullable(),
  habits: z.string().nullable(),
  preferences: z.string().nullable(),
  needs: z.string().nullable(),
  tags: z.array(Tag),
  segments: z.array(NamedSegment),
  custom_fields: z.array(CustomField),
  custom_values: CustomValues,
  owner_id: z.string().nullable(),
  owner_name: z.string().nullable(),
  collaborators: z.array(z.object({ id: z.string(), name: z.string() })),
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
  can_change_owner: z.boolean(),
  can_delete: z.boolean(),
  can_merge: z.boolean(),
  can_reveal: z.boolean(),
  can_add_purchases: z.boolean(),
  can_edit_things: z.boolean(),
  can_add_contact_records: z.boolean(),
  visit_rhythm: VisitRhythm,
  pool: CustomerPool,
  last_contact_at: z.date().nullable(),
});

export type CustomerRecord = z.infer<typeof CustomerRecord>;

/**
 * One customer with what the viewer may do with it, in one statement.
 * @throws NotFound when there is none, it lies outside the permission's scope, it was erased, or
 * it was deleted (unless `includeDeleted`).
 */
export async function findCustomer(
  context: ViewerContext,
  id: string,
  options: { permission?: Permission; includeDeleted?: boolean } = {},
): Promise<CustomerRecord> {
  const { viewer } = context;
  const [customer] = await context.deps.database.preparedRows(
    sql`
    SELECT customers.id::text, customers.customer_no, customers.name, customers.kind, customers.gender, customers.birth_date,
           customers.birth_calendar, customers.phone_encrypted, customers.email_encrypted, customers.wechat_encrypted,
           customers.address_encrypted, customers.city, customers.source, customers.first_visit_on, customers.remark,
           customers.habits, customers.preferences, customers.needs, customers.custom_values,
           ${contactPointsColumn} AS contact_points, ${attachmentsColumn(sql`attachments.customer_id = customers.id`)} AS attachments,
           ${customerContactsColumn} AS contacts,
           ${customerThingsColumn} AS served_things, ${customerRequestsColumn(viewer)} AS open_requests,
           ${customerTagsColumn} AS tags, ${customerSegmentsColumn} AS segments, ${customFieldsColumn} AS custom_fields,
           customers.owner_id::text, owners.name AS owner_name, teams.name AS team_name,
           ${collaboratorsColumn} AS collaborators,
           customers.branch_id::text, branches.name AS branch_name,
           customers.version, customers.created_at, customers.updated_at, customers.deleted_at,
           totals.purchase_count, totals.refund_count,
           totals.total_amount, totals.first_purchase_on, totals.last_purchase_on,
           ${isWithin(viewerScope(context, 'customers:edit'))} AS can_edit,
           ${isWithin(unsharedCustomerScope(viewer, 'customers:edit'))} AS can_change_owner,
           ${isWithin(viewerScope(context, 'customers:delete'))} AS can_delete,
           ${isWithin(viewerScope(context, 'customers:merge'))} AS can_merge,
           ${isWithin(viewerScope(context, 'customers:reveal-contact'))} AS can_reveal,
           activities.last_contact_at, ${visitRhythmColumn} AS visit_rhythm,
           ${customerPoolColumn(today(context))} AS pool,
           ${isWithin(viewerScope(context, 'purchases:create'))} AS can_add_purchases,
           ${isWithin(viewerScope(context, 'served-things:edit'))} AS can_edit_things,
           ${isWithin(viewerScope(context, 'contact-records:create'))} AS can_add_contact_records
    FROM ${customerTables}
    LEFT JOIN teams ON teams.id = customers.team_id
    LEFT JOIN branches ON branches.id = customers.branch_id
    WHERE customers.id = ${id}::uuid AND ${customerScope(viewer)} AND ${customerScope(viewer, options.permission)}
      AND customers.erased_at IS NULL AND (customers.deleted_at IS NULL OR ${options.includeDeleted ?? false})`,
    CustomerRecord,
  );
  if (!customer) throw new NotFound('no such customer in scope');
  return customer;
}

const Survivor = z.object({ id: z.string() });

/** The customer that a merged one became, when the viewer may see it. */
export async function findSurvivor(context: ViewerContext, mergedId: string): Promise<string | undefined> {
  const [survivor] = await context.deps.database.preparedRows(
    sql`SELECT customers.id::text FROM customers AS merged JOIN customers ON customers.id = merged.merged_into_id
        WHERE merged.id = ${mergedId}::uuid AND customers.deleted_at IS NULL AND ${customerScope(context.viewer)}`,
    Survivor,
  );
  return survivor?.id;
}

const viewerScope = (context: ViewerContext, permission: Permission): Sql =>
  customerScope(context.viewer, permission);

/** A condition over columns that may be null, as a plain yes or no. */
const isWithin = (condition: Sql): Sql => sql`coalesce(${condition}, FALSE)`;

export const today = (context: ViewerContext): string => dayOf(context.deps.now());

const Editor = z.object({ actor_name: z.string() });

/** Who saved the record last. */
export async function findLastEditor(context: ViewerContext, id: string): Promise<string> {
  const [row] = await context.deps.database.preparedRows(
    sql`SELECT actor_name FROM audit_log
        WHERE table_name = 'customers' AND record_id = ${id} AND operation <> 'event' ORDER BY id DESC LIMIT 1`,
    Editor,
  );
  return row?.actor_name ?? '';
}
