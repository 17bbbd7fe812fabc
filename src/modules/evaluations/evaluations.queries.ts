import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import type { Database } from '../../core/database.js';
import { dayOf, timeZone } from '../../core/format.js';
import { listPage, lowCountCap, type ListResult } from '../../core/lists/list.js';
import type { ListOrder } from '../../core/lists/page-statement.js';
import { rememberBriefly, type BriefMemory } from '../../core/remember-briefly.js';
import { allOf, rawSql, sql, type Sql } from '../../core/sql.js';
import { scopeOf } from '../../core/viewer.js';
import { addDays } from '../follow-ups/due-days.js';
import { prefix } from '../customers/name-search.js';
import { requestScope } from '../service-requests/service-requests.scope.js';
import { defaultEvaluationPolicy, evaluationPolicyKey } from '../surveys/evaluation-policy.js';
import type { EvaluationListQuery } from './evaluations.schemas.js';
import { evaluationScope } from './evaluations.scope.js';

export const defaultEvaluationOrder: ListOrder<'closedAt'> = { name: 'closedAt', descending: true };

/**
 * Days that the summary looks back where no day is given, and the surveys that it looks at, the latest ones. Of more than
 * so many it is kept for a minute: one more answer changes none of its figures that anybody compares.
 */
export const summaryReach = { days: 90, surveys: 20_000, keptFrom: 1_000 } as const;

const surveyed = sql`surveys JOIN service_requests ON service_requests.id = surveys.request_id`;
const joined = sql`${surveyed}
  JOIN request_types AS types ON types.id = service_requests.type_id
  JOIN customers ON customers.id = surveys.customer_id
  LEFT JOIN branches ON branches.id = service_requests.branch_id`;

const columns = sql`surveys.request_id::text, service_requests.request_no, types.name AS type_name,
  types.shipped_key AS type_key, customers.name AS customer_name, customers.customer_no, surveys.staff_name,
  branches.name AS branch_name, surveys.round, surveys.closed_at, surveys.sent_by, surveys.expires_at,
  surveys.revoked_at, surveys.answered_at, surveys.service_score, surveys.staff_score, surveys.reasons, surveys.comment,
  (SELECT count(*)::integer FROM survey_corrections WHERE survey_id = surveys.id) AS correction_count`;

const EvaluationRow = z.object({
  request_id: z.string(),
  request_no: z.string(),
  type_name: z.string(),
  type_key: z.string().nullable(),
  customer_name: z.string(),
  customer_no: z.string(),
  staff_name: z.string().nullable(),
  branch_name: z.string().nullable(),
  round: z.number(),
  closed_at: z.date(),
  sent_by: z.string().nullable(),
  expires_at: z.date(),
  revoked_at: z.date().nullable(),
  answered_at: z.date().nullable(),
  service_score: z.number().nullable(),
  staff_score: z.number().nullable(),
  reasons: z.array(z.string()),
  comment: z.string().nullable(),
  correction_count: z.number(),
});

export type EvaluationRow = z.infer<typeof EvaluationRow>;

/** One page of the surveys within the viewer's scope, those of what was closed last on top. */
export function listEvaluations(
  context: ViewerContext,
  query: EvaluationListQuery,
): Promise<ListResult<EvaluationRow>> {
  return listPage(context.deps.database, {
    select: columns,
    from: joined,
    countFrom: surveyed,
    seekFrom: surveyed,
    id: sql`surveys.id`,
    where: [isThere, ...conditions(context, query)],
    sort: { expression: sql`surveys.closed_at`, type: 'timestamptz' },
    descending: (query.sort ?? defaultEvaluationOrder).descending,
    cursor: query.after,
    countCap: lowCountCap,
    row: EvaluationRow,
  });
}

/** All of them in the list's order, as far as the viewer may export the requests. */
export function streamEvaluations(
  context: ViewerContext,
  query: EvaluationListQuery,
): AsyncGenerator<EvaluationRow[]> {
  const direction = rawSql((query.sort ?? defaultEvaluationOrder).descending ? 'DESC' : 'ASC');
  const scope = requestScope(context.viewer, 'service-requests:export');
  return context.deps.database.stream(
    sql`SELECT ${columns} FROM ${joined} WHERE ${allOf([isThere, ...conditions(context, query), scope])}
        ORDER BY surveys.closed_at ${direction}, surveys.id ${direction}`,
    EvaluationRow,
  );
}

const Summary = z.object({
  surveys: z.number(),
  asked: z.number(),
  answered: z.number(),
  service_mean: z.number().nullable(),
  staff_count: z.number(),
  staff_mean: z.number().nullable(),
  low: z.number(),
  recovered: z.number(),
});

export type EvaluationSummary = z.infer<typeof Summary>;

const summariesByDatabase = new WeakMap<Database, BriefMemory<EvaluationSummary>>();

/**
 * What the list adds up to, as far as the summary reaches. Recovered: of the low first answers those after which the
 * customer was asked again and gave no low one.
 */
export async function summariseEvaluations(
  context: ViewerContext,
  query: EvaluationListQuery,
): Promise<EvaluationSummary> {
  const { database } = context.deps;
  const adding = addingUp(context, query);
  const remembered = summariesByDatabase.get(database) ?? rememberBriefly<EvaluationSummary>();
  summariesByDatabase.set(database, remembered);
  const known = remembered.find(adding);
  if (known) return known;
  const [summary] = await database.rows(adding, Summary);
  if (!summary) throw new Error('a count has one row');
  if (summary.surveys > summaryReach.keptFrom) remembered.note(adding, summary);
  return summary;
}

function addingUp(context: ViewerContext, query: EvaluationListQuery): Sql {
  const from = query.from ?? addDays(dayOf(context.deps.now()), -summaryReach.days);
  return sql`
    WITH latest AS (
      SELECT surveys.request_id, surveys.answered_at, surveys.service_score, surveys.staff_score,
             surveys.sent_by IS NOT NULL OR surveys.answered_at IS NOT NULL AS is_asked,
             surveys.round = 1 AND ${isLow} AS is_low
      FROM ${summarised(context, query)} AND ${allOf(conditions(context, { ...query, from }))}
      ORDER BY surveys.closed_at DESC, surveys.id DESC LIMIT ${summaryReach.surveys})
    SELECT count(*)::integer AS surveys, count(*) FILTER (WHERE is_asked)::integer AS asked,
           count(answered_at)::integer AS answered, avg(service_score)::float8 AS service_mean,
           count(staff_score)::integer AS staff_count, avg(staff_score)::float8 AS staff_mean,
           count(*) FILTER (WHERE is_low)::integer AS low,
           count(*) FILTER (WHERE is_low AND request_id IN (
             SELECT again.request_id FROM surveys AS again
             WHERE again.round = 2 AND least(again.service_score, again.staff_score) > ${lowScore}))::integer AS recovered
    FROM latest`;
}

const isThere = sql`service_requests.deleted_at IS NULL`;

/**
 * The surveys of requests that are there, with their requests where conditions speak of those. Else the few requests that
 * are deleted are left out at once, which takes half as long as looking up twenty thousand.
 */
function summarised({ viewer }: ViewerContext, { type, branch, q }: EvaluationListQuery): Sql {
  if ([type, branch, q].some(Boolean) || scopeOf(viewer, 'evaluations:read') === 'team') {
    return sql`${surveyed} WHERE ${isThere}`;
  }
  return sql`surveys WHERE NOT EXISTS (
    SELECT FROM service_requests WHERE service_requests.id = surveys.request_id AND deleted_at IS NOT NULL)`;
}

/** That of the policy. */
const lowScore = sql`coalesce((SELECT (value->>'lowScore')::integer FROM settings WHERE key = ${evaluationPolicyKey}),
  ${defaultEvaluationPolicy.lowScore}::integer)`;
const isLow = sql`least(surveys.service_score, surveys.staff_score) <= ${lowScore}`;

const kindConditions: Readonly<Record<NonNullable<EvaluationListQuery['kind']>, Sql>> = {
  low: isLow,
  comment: sql`surveys.comment IS NOT NULL`,
  answered: sql`surveys.answered_at IS NOT NULL`,
  waiting: sql`surveys.answered_at IS NULL`,
};

const beginningOf = (day: string): Sql => sql`(${day}::date::timestamp AT TIME ZONE ${timeZone})`;

function conditions({ viewer }: ViewerContext, query: EvaluationListQuery): Sql[] {
  const found = [evaluationScope(viewer)];
  if (query.kind) found.push(kindConditions[query.kind]);
  if (query.score) found.push(sql`surveys.service_score = ${Number(query.score)}::integer`);
  if (query.staff) found.push(sql`surveys.staff_id = ${query.staff}::uuid`);
  if (query.type) found.push(sql`service_requests.type_id = ${query.type}::uuid`);
  if (query.branch) found.push(sql`service_requests.branch_id = ${query.branch}::uuid`);
  if (query.from) found.push(sql`surveys.closed_at >= ${beginningOf(query.from)}`);
  if (query.to) found.push(sql`surveys.closed_at < ${beginningOf(addDays(query.to, 1))}`);
  if (query.q) found.push(sql`upper(service_requests.request_no) LIKE ${prefix(query.q.toUpperCase())}`);
  return found;
}
