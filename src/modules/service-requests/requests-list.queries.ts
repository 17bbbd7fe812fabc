import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { timeZone } from '../../core/format.js';
import { emptyPage, listPage, lowCountCap, type ListResult } from '../../core/lists/list.js';
import type { ListOrder, SortColumn } from '../../core/lists/page-statement.js';
import { anyOf, isOneOf, sql, type Sql } from '../../core/sql.js';
import { scopeOf } from '../../core/viewer.js';
import { addDays } from '../follow-ups/due-days.js';
import { deadlineKinds } from '../deadlines/deadline-kind.js';
import { stateCategories, stateColors } from '../request-states/request-state.js';
import { holdsText, idsOf, requestHits } from './request-search.js';
import { categoriesBelow, resolveRequestQuery, type ResolvedRequestQuery } from './resolve-request-query.js';
import type { requestSorts, RequestListQuery } from './service-requests.schemas.js';
import { requestScope } from './service-requests.scope.js';

type RequestSort = (typeof requestSorts)[number];

/** Hours ahead that "breaching soon" means. */
export const soonHours = 4;

/** Words that thousands hold are to be made more precise, not to be counted. */
const frequentCountCap = 200;

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

/** What is asked of requests, with or without having looked up what search and category mean. */
type SoughtRequests = RequestListQuery & ResolvedRequestQuery;

/** One page of the requests in the viewer's scope. */
export async function listRequests(
  context: ViewerContext,
  asked: RequestListQuery,
): Promise<ListResult<RequestListRow>> {
  const query = await resolveRequestQuery(context, asked);
  if (query.hits?.length === 0) return emptyPage();
  const order = query.sort ?? defaultRequestOrder(query);
  const conditions = requestConditions(context, query);
  return listPage(context.deps.database, {
    select: sql`request_no, subject, priority, service_requests.state_category,
                jsonb_build_object('name', types.name, 'shippedKey', types.shipped_key) AS type,
                jsonb_build_object('name', states.name, 'shippedKey', states.shipped_key, 'color', states.color) AS state,
                customers.id::text AS customer_id, customers.name AS customer_name, assignees.name AS assignee_name, place,
                received_at, closed_at, next_due_at, next_due_kind, resolved_in_time`,
    from: tables,
    countFrom: sql`service_requests`,
    seekFrom: sql`service_requests`,
    id: sql`service_requests.id`,
    where: conditions,
    joinsLate: query.group === 'unassigned',
    isUnfiltered: isUnfiltered(context, conditions, query),
    sort: sortColumns[order.name],
    descending: order.descending,
    cursor: query.after,
    countCap: query.hits === 'many' ? frequentCountCap : lowCountCap,
    row: RequestListRow,
  });
}

/**
 * True where at most a tab is chosen and one plan suits it: of a tab, in an order whose index leaves out what is done; of all
 * requests, for whoever sees all of them. The few of somebody new are not found by walking along two million others.
 */
function isUnfiltered(
  context: ViewerContext,
  conditions: readonly Sql[],
  { group, sort }: RequestListQuery,
): boolean {
  if (conditions.length > requestConditions(context, { group }).length) return false;
  return group === undefined
    ? scopeOf(context.viewer, 'service-requests:read') === 'all'
    : (sort ?? defaultRequestOrder({ group })).name === 'due';
}

/** What a row must fulfil to be in the list; every filter is one condition, each with an index. */
export function requestConditions(context: ViewerContext, query: SoughtRequests): Sql[] {
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
    ...topicConditions(query),
    ...(query.category ? [sql`service_requests.state_category = ${query.category}`] : []),
    ...(query.priority ? [sql`service_requests.priority = ${query.priority}`] : []),
    ...(query.channel ? [sql`service_requests.channel = ${query.channel}`] : []),
    ...(query.late ? [isLate(deps.now())] : []),
    ...(query.receivedFrom ? [sql`service_requests.received_at >= ${startOf(query.receivedFrom)}`] : []),
    ...(query.receivedTo
      ? [sql`service_requests.received_at < ${startOf(addDays(query.receivedTo, 1))}`]
      : []),
    ...(query.group ? groupConditions(context, query.group) : []),
    ...searchConditions(query),
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
      return [isOpen, isOneOf(sql`service_requests.team_id`, viewer.teamIds)];
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
function topicConditions({ topic, topics }: SoughtRequests): Sql[] {
  if (topics) return [isOneOf(sql`service_requests.category_id`, topics)];
  return topic ? [sql`service_requests.category_id IN (${categoriesBelow(topic)})`] : [];
}

/** What so many requests hold is looked for row by row: the next page of them is never far. */
function searchConditions({ q, hits }: SoughtRequests): Sql[] {
  if (!q) return [];
  if (hits === undefined) return [sql`service_requests.id IN (${idsOf(requestHits(q))})`];
  return hits === 'many' ? [holdsText(q)] : [sql`service_requests.id = ANY(${[...hits]}::uuid[])`];
}

const startOf = (day: string): Sql => sql`${day}::date::timestamp AT TIME ZONE ${timeZone}`;
