import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { timeZone } from '../../core/format.js';
import {
  listPage,
  lowCountCap,
  type ListOrder,
  type ListResult,
  type SortColumn,
} from '../../core/lists/list.js';
import { anyOf, emptySql, sql, type Sql } from '../../core/sql.js';
import { addDays } from '../follow-ups/due-days.js';
import { nameMatches, prefix } from '../customers/name-search.js';
import { deadlineKinds } from '../deadlines/deadline-kind.js';
import { stateCategories, stateColors } from '../request-states/request-state.js';
import type { requestSorts, RequestListQuery } from './service-requests.schemas.js';
import { requestScope } from './service-requests.scope.js';

type RequestSort = (typeof requestSorts)[number];

/** Hours ahead that "breaching soon" means. */
export const soonHours = 4;

/** What is due first comes first where work is looked at, what came last where everything is. */
export const defaultRequestOrder = ({ group }: Pick<RequestListQuery, 'group'>): ListOrder<RequestSort> =>
  group === undefined ? { name: 'receivedAt', descending: true } : { name: 'due', descending: false };

/** Indexed with the id, for work that is not done; without a deadline it comes last. */
const due = sql`coalesce(service_requests.next_due_at, '9999-12-31 00:00+00')`;

const sortColumns: Readonly<Record<RequestSort, SortColumn>> = {
  receivedAt: { expression: sql`service_requests.received_at`, type: 'timestamptz' },
  due: { expression: due, type: 'timestamptz' },
};

/** What the list is ordered by. */
export const requestSortColumn = ({ name }: ListOrder<RequestSort>): Sql => sortColumns[name].expression;

const tables = sql`service_requests
  JOIN request_types AS types ON types.id = service_requests.type_id
  JOIN request_states AS states ON states.id = service_requests.state_id
  LEFT JOIN customers ON customers.id = service_requests.customer_id
  LEFT JOIN users AS assignees ON assignees.id = service_requests.assignee_id`;

const Named = z.object({ name: z.string(), shippedKey: z.string().nullable() });

const RequestListRow = z.object({
  request_no: z.string(),
  subject: z.string(),
  priority: z.number(),
  type: Named,
  state: Named.extend({ color: z.enum(stateColors) }),
  state_category: z.enum(stateCategories),
  customer_id: z.string().nullable(),
  customer_name: z.string().nullable(),
  assignee_name: z.string().nullable(),
  place: z.string().nullable(),
  received_at: z.date(),
  closed_at: z.date().nullable(),
  next_due_at: z.date().nullable(),
  next_due_kind: z.enum(deadlineKinds).nullable(),
  resolved_in_time: z.boolean().nullable(),
});

export type RequestListRow = z.infer<typeof RequestListRow>;

/** One page of the requests in the viewer's scope. */
export function listRequests(
  context: ViewerContext,
  query: RequestListQuery,
): Promise<ListResult<RequestListRow>> {
  const order = query.sort ?? defaultRequestOrder(query);
  return listPage(context.deps.database, {
    select: sql`request_no, subject, priority, service_requests.state_category,
                jsonb_build_object('name', types.name, 'shippedKey', types.shipped_key) AS type,
                jsonb_build_object('name', states.name, 'shippedKey', states.shipped_key, 'color', states.color) AS state,
                customers.id::text AS customer_id, customers.name AS customer_name, assignees.name AS assignee_name, place,
                received_at, closed_at, next_due_at, next_due_kind, resolved_in_time`,
    from: tables,
    countFrom: query.q
      ? sql`service_requests LEFT JOIN customers ON customers.id = service_requests.customer_id`
      : sql`service_requests`,
    seekFrom: query.q
      ? sql`service_requests LEFT JOIN customers ON customers.id = service_requests.customer_id`
      : sql`service_requests`,
    id: sql`service_requests.id`,
    where: requestConditions(context, query),
    sort: sortColumns[order.name],
    descending: order.descending,
    cursor: query.after,
    countCap: lowCountCap,
    row: RequestListRow,
  });
}

/** What a row must fulfil to be in the list; every filter is one condition, each with an index. */
export function requestConditions(context: ViewerContext, query: RequestListQuery): Sql[] {
  const { viewer, deps } = context;
  const equal: readonly (readonly [Sql, string | undefined])[] = [
    [sql`service_requests.state_id`, query.state],
    [sql`service_requests.type_id`, query.type],
    [sql`service_requests.assignee_id`, query.assignee],
    [sql`service_requests.team_id`, query.team],
    [sql`service_requests.branch_id`, query.branch],
    [sql`service_requests.customer_id`, query.customer],
  ];
  return [
    sql`service_requests.deleted_at IS NULL`,
    requestScope(viewer),
    ...equal.flatMap(([column, id]) => (id === undefined ? [] : [sql`${column} = ${id}::uuid`])),
    ...(query.topic ? [withinCategory(query.topic)] : []),
    ...(query.category ? [sql`service_requests.state_category = ${query.category}`] : []),
    ...(query.priority ? [sql`service_requests.priority = ${query.priority}`] : []),
    ...(query.channel ? [sql`service_requests.channel = ${query.channel}`] : []),
    ...(query.late ? [isLate(deps.now())] : []),
    ...(query.receivedFrom ? [sql`service_requests.received_at >= ${startOf(query.receivedFrom)}`] : []),
    ...(query.receivedTo
      ? [sql`service_requests.received_at < ${startOf(addDays(query.receivedTo, 1))}`]
      : []),
    ...(query.group ? groupConditions(context, query.group) : []),
    ...(query.q ? [requestMatches(query.q)] : []),
    ...(query.ids ? [sql`service_requests.id = ANY(${query.ids}::uuid[])`] : []),
  ];
}

function groupConditions(
  { viewer, deps }: ViewerContext,
  group: NonNullable<RequestListQuery['group']>,
): Sql[] {
  const isOpen = sql`service_requests.state_category <> 'done'`;
  switch (group) {
    case 'mine':
      return [isOpen, sql`service_requests.assignee_id = ${viewer.id}::uuid`];
    case 'team':
      return [isOpen, sql`service_requests.team_id = ANY(${[...viewer.teamIds]}::uuid[])`];
    case 'unassigned':
      return [isOpen, sql`service_requests.assignee_id IS NULL`];
    case 'soon': {
      const end = new Date(deps.now().getTime() + soonHours * 3_600_000);
      return [isOpen, sql`${due} < ${end}`];
    }
  }
}

/** Late now, or closed too late. */
const isLate = (now: Date): Sql =>
  anyOf([
    sql`(service_requests.state_category <> 'done' AND ${due} < ${now})`,
    sql`service_requests.resolved_in_time IS FALSE`,
  ]);

/** A category or one below it. */
const withinCategory = (id: string): Sql => sql`service_requests.category_id IN (
  WITH RECURSIVE below AS (
    SELECT ${id}::uuid AS id
    UNION ALL
    SELECT child.id FROM request_categories AS child JOIN below ON child.parent_id = below.id)
  SELECT id FROM below)`;

const startOf = (day: string): Sql => sql`${day}::date::timestamp AT TIME ZONE ${timeZone}`;

/** What a typed text may mean: a number, words of the subject, the customer's name. Each part uses an index of its own. */
export function requestMatches(text: string): Sql {
  const typed = text.normalize('NFKC').trim().toLowerCase();
  return anyOf([
    ...subjectOrNumberMatches(text),
    sql`service_requests.customer_id IN (SELECT id FROM customers AS named WHERE ${nameMatches(sql`named.name`, typed)})`,
  ]);
}

/** What a typed text may mean of a request itself: its number or words of its subject. */
export function subjectOrNumberMatches(text: string): Sql[] {
  const typed = text.normalize('NFKC').trim().toLowerCase();
  return [
    ...numberMatches(text),
    sql`service_requests.id IN (SELECT id FROM service_requests AS worded WHERE ${nameMatches(sql`worded.subject`, typed)})`,
  ];
}

/** Its number or the digits of it, that in another system, or that of a request which was merged into it. */
export function numberMatches(text: string): Sql[] {
  const typed = text.normalize('NFKC').trim().toLowerCase();
  const beginning = prefix(typed.toUpperCase());
  const short = /^\d{3,9}$/.test(typed);
  return [
    sql`upper(service_requests.request_no) LIKE ${beginning}`,
    ...(short ? [sql`service_requests.request_no IN (${numbersEndingIn(typed)})`] : []),
    sql`service_requests.source_no = ${text.trim()}`,
    sql`service_requests.id IN (
      SELECT merged_into_id FROM service_requests AS merged
      WHERE merged_into_id IS NOT NULL AND (upper(merged.request_no) LIKE ${beginning} OR merged.source_no = ${text.trim()}${
        short ? sql` OR merged.request_no IN (${numbersEndingIn(typed)})` : emptySql
      }))`,
  ];
}

/** The digits alone, as people say them on the phone: of any year in which requests have numbers. */
const numbersEndingIn = (digits: string): Sql => sql`
  SELECT 'SR-' || year || '-' || lpad(${digits}, greatest(6, length(${digits})), '0')
  FROM generate_series(2020, extract(year FROM now())::integer + 1) AS year`;
