import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { dayOf } from '../../core/format.js';
import { keepChoices } from '../../core/kept-choices.js';
import { listPage, lowCountCap, type ListResult } from '../../core/lists/list.js';
import type { ListOrder, SortColumn } from '../../core/lists/page-statement.js';
import { allOf, rawSql, sql, type Sql } from '../../core/sql.js';
import { scopeOf } from '../../core/viewer.js';
import { branchesColumn, Choice } from '../customers/customer-choices.queries.js';
import { byHand } from '../return-visit-plans/return-visit-plan.js';
import { idsOf, requestHits } from '../service-requests/request-search.js';
import { requestScope } from '../service-requests/service-requests.scope.js';
import { visitOutcomes } from './return-visit.js';
import type { ReturnVisitsQuery, VisitGroup } from './return-visits.schemas.js';

/** Whose window opened first is called first; of those done the last ones stand on top. */
export const defaultVisitOrder = ({ group }: ReturnVisitsQuery): ListOrder<'window'> => ({
  name: 'window',
  descending: group === 'done',
});

const byWindow: SortColumn = {
  expression: sql`return_visits.window_from`,
  type: 'date',
  id: sql`return_visits.id`,
};

const VisitRow = z.object({
  request_no: z.string(),
  subject: z.string(),
  customer_name: z.string().nullable(),
  owner_name: z.string().nullable(),
  branch_name: z.string().nullable(),
  plan_name: z.string().nullable(),
  window_from: z.string(),
  window_to: z.string(),
  attempts: z.number(),
  max_attempts: z.number(),
  next_attempt_on: z.string(),
  outcome: z.enum(visitOutcomes).nullable(),
  can_work: z.boolean(),
});

export type VisitRow = z.infer<typeof VisitRow>;

const found = sql`return_visits JOIN service_requests ON service_requests.id = return_visits.id`;

const tables = sql`${found}
  LEFT JOIN customers ON customers.id = service_requests.customer_id
  LEFT JOIN users AS owners ON owners.id = service_requests.assignee_id
  LEFT JOIN branches ON branches.id = service_requests.branch_id
  LEFT JOIN return_visit_plans AS plans ON plans.id = return_visits.plan_id`;

const columnsFor = ({ viewer }: ViewerContext): Sql => sql`
  service_requests.request_no, service_requests.subject, customers.name AS customer_name, owners.name AS owner_name,
  branches.name AS branch_name, plans.name AS plan_name, return_visits.window_from::text, return_visits.window_to::text,
  return_visits.attempts, coalesce(plans.max_attempts, ${byHand.maxAttempts}::integer) AS max_attempts,
  return_visits.next_attempt_on::text, return_visits.outcome,
  coalesce(${requestScope(viewer, 'service-requests:work')}, FALSE) AS can_work`;

/** True where at most the group is chosen, or the viewer's own that are open: nobody has many of those. */
const isUnfiltered = ({ owner, plan, branch, q, group }: ReturnVisitsQuery): boolean =>
  [owner === 'me' && group !== 'done' ? undefined : owner, plan, branch, q].every((filter) => !filter);

/** One page of the return visits in the viewer's scope. */
export function listReturnVisits(
  context: ViewerContext,
  query: ReturnVisitsQuery,
): Promise<ListResult<VisitRow>> {
  return listPage(context.deps.database, {
    select: columnsFor(context),
    from: tables,
    countFrom: found,
    seekFrom: found,
    isUnfiltered: isUnfiltered(query),
    mayBeRare: query.owner !== 'me' && scopeOf(context.viewer, 'service-requests:read') !== 'all',
    id: sql`return_visits.id`,
    where: conditions(context, query),
    sort: byWindow,
    descending: (query.sort ?? defaultVisitOrder(query)).descending,
    cursor: query.after,
    countCap: lowCountCap,
    row: VisitRow,
  });
}

/** All of them in the list's order, as far as the viewer may export requests. */
export function streamReturnVisits(
  context: ViewerContext,
  query: ReturnVisitsQuery,
): AsyncGenerator<VisitRow[]> {
  const direction = rawSql((query.sort ?? defaultVisitOrder(query)).descending ? 'DESC' : 'ASC');
  const where = [...conditions(context, query), requestScope(context.viewer, 'service-requests:export')];
  return context.deps.database.stream(
    sql`SELECT ${columnsFor(context)} FROM ${tables} WHERE ${allOf(where)}
        ORDER BY return_visits.window_from ${direction}, return_visits.id ${direction}`,
    VisitRow,
  );
}

/**
 * Each begins with the condition that its index holds. A request is done when its visit has an outcome, and the other way
 * round; said of both, an index finds those of one person.
 */
function ofGroup(group: VisitGroup, today: string): Sql {
  const isOpen = sql`service_requests.state_category <> 'done'`;
  const isDaily = sql`return_visits.outcome IS NULL AND return_visits.reactivated_at IS NULL`;
  switch (group) {
    case 'today':
      return sql`${isDaily} AND return_visits.next_attempt_on <= ${today}::date AND ${isOpen}`;
    case 'upcoming':
      return sql`${isDaily} AND return_visits.next_attempt_on > ${today}::date AND ${isOpen}`;
    case 'winBack':
      return sql`return_visits.outcome IS NULL AND return_visits.reactivated_at IS NOT NULL AND ${isOpen}`;
    case 'done':
      return sql`return_visits.outcome IS NOT NULL`;
  }
}

function conditions({ viewer, deps }: ViewerContext, query: ReturnVisitsQuery): Sql[] {
  const { owner, plan, branch, q } = query;
  const conditions = [
    ofGroup(query.group ?? 'today', dayOf(deps.now())),
    sql`service_requests.deleted_at IS NULL`,
    requestScope(viewer),
  ];
  if (owner === 'none') conditions.push(sql`service_requests.assignee_id IS NULL`);
  else if (owner)
    conditions.push(sql`service_requests.assignee_id = ${owner === 'me' ? viewer.id : owner}::uuid`);
  if (plan === 'none') conditions.push(sql`return_visits.plan_id IS NULL`);
  else if (plan) conditions.push(sql`return_visits.plan_id = ${plan}::uuid`);
  if (branch) conditions.push(sql`service_requests.branch_id = ${branch}::uuid`);
  if (q) conditions.push(sql`service_requests.id IN (${idsOf(requestHits(q))})`);
  return conditions;
}

const VisitChoices = z.object({ plans: z.array(Choice), people: z.array(Choice), branches: z.array(Choice) });

/** What the list can be filtered by, and who can be given a return visit. */
export type VisitChoices = z.infer<typeof VisitChoices>;

/** Read in one statement; at most 500 people, by name. */
export const readVisitChoices = keepChoices<VisitChoices>(async ({ deps }) => {
  const [choices] = await deps.database.preparedRows(
    sql`SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY name), '[]')
                FROM return_visit_plans) AS plans,
               (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY name, id), '[]')
                FROM (SELECT id, name FROM users WHERE disabled_at IS NULL ORDER BY name, id LIMIT 500) AS staff) AS people,
               ${branchesColumn} AS branches`,
    VisitChoices,
  );
  return VisitChoices.parse(choices);
});
