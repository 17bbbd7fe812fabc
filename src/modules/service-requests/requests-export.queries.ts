import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { allOf, rawSql, sql } from '../../core/sql.js';
import { contactChannels } from '../contact-records/contact-choices.js';
import { evaluationScope } from '../evaluations/evaluations.scope.js';
import { stateCategories } from '../request-states/request-state.js';
import { defaultRequestOrder, requestConditions, requestSortColumn } from './requests-list.queries.js';
import { responsibilities } from './request.js';
import type { RequestListQuery } from './service-requests.schemas.js';
import { requestScope } from './service-requests.scope.js';

const Named = z.object({ name: z.string(), shippedKey: z.string().nullable() });

const ExportedRequest = z.object({
  request_no: z.string(),
  source_no: z.string().nullable(),
  type: Named,
  category: z.array(z.string()).nullable(),
  state: Named,
  state_category: z.enum(stateCategories),
  priority: z.number(),
  channel: z.enum(contactChannels),
  subject: z.string(),
  description: z.string().nullable(),
  place: z.string().nullable(),
  customer_no: z.string().nullable(),
  customer_name: z.string().nullable(),
  branch_name: z.string().nullable(),
  team_name: z.string().nullable(),
  assignee_name: z.string().nullable(),
  creator_name: z.string().nullable(),
  received_at: z.date(),
  first_responded_at: z.date().nullable(),
  closed_at: z.date().nullable(),
  reopen_count: z.number(),
  first_response_due_at: z.date().nullable(),
  update_due_at: z.date().nullable(),
  resolution_due_at: z.date().nullable(),
  responded_in_time: z.boolean().nullable(),
  resolved_in_time: z.boolean().nullable(),
  response_minutes: z.number().nullable(),
  resolution_minutes: z.number().nullable(),
  resolution: z.string().nullable(),
  cause: z.array(z.string()).nullable(),
  responsibility: z.enum(responsibilities).nullable(),
  remedy: z.string().nullable(),
  cost: z.string().nullable(),
  service_score: z.number().nullable(),
  staff_score: z.number().nullable(),
});

export type ExportedRequest = z.infer<typeof ExportedRequest>;

/** The requests of the list, all of them and in its order, as far as the viewer may export them. */
export function streamRequests(
  context: ViewerContext,
  query: RequestListQuery,
): AsyncGenerator<ExportedRequest[]> {
  const { viewer, deps } = context;
  const order = query.sort ?? defaultRequestOrder(query);
  const direction = rawSql(order.descending ? 'DESC' : 'ASC');
  return deps.database.stream(
    sql`
    WITH RECURSIVE topics AS (
      SELECT id, ARRAY[name] AS path FROM request_categories WHERE parent_id IS NULL
      UNION ALL
      SELECT child.id, topics.path || child.name FROM request_categories AS child JOIN topics ON child.parent_id = topics.id),
    causes AS (
      SELECT id, ARRAY[name] AS path FROM complaint_causes WHERE parent_id IS NULL
      UNION ALL
      SELECT child.id, causes.path || child.name FROM complaint_causes AS child JOIN causes ON child.parent_id = causes.id)
    SELECT request_no, source_no, service_requests.state_category, service_requests.priority, channel, subject, description, place,
           jsonb_build_object('name', types.name, 'shippedKey', types.shipped_key) AS type, topics.path AS category,
           jsonb_build_object('name', states.name, 'shippedKey', states.shipped_key) AS state,
           customers.customer_no, customers.name AS customer_name, branches.name AS branch_name, teams.name AS team_name,
           assignees.name AS assignee_name, creators.name AS creator_name,
           received_at, first_responded_at, service_requests.closed_at, reopen_count,
           first_response_due_at, update_due_at, resolution_due_at, responded_in_time, resolved_in_time,
           response_minutes, resolution_minutes, resolution,
           causes.path AS cause, complaints.responsibility, complaints.remedy, complaints.cost::text AS cost,
           scores.service_score, scores.staff_score
    FROM service_requests
    JOIN request_types AS types ON types.id = service_requests.type_id
    JOIN request_states AS states ON states.id = service_requests.state_id
    LEFT JOIN topics ON topics.id = service_requests.category_id
    LEFT JOIN customers ON customers.id = service_requests.customer_id
    LEFT JOIN branches ON branches.id = service_requests.branch_id
    LEFT JOIN teams ON teams.id = service_requests.team_id
    LEFT JOIN users AS assignees ON assignees.id = service_requests.assignee_id
    LEFT JOIN users AS creators ON creators.id = service_requests.created_by_id
    LEFT JOIN complaints ON complaints.id = service_requests.id
    LEFT JOIN causes ON causes.id = complaints.cause_id
    LEFT JOIN LATERAL (
      SELECT service_score, staff_score FROM surveys
      WHERE surveys.request_id = service_requests.id AND answered_at IS NOT NULL AND ${evaluationScope(viewer)}
      ORDER BY surveys.closed_at DESC LIMIT 1) AS scores ON TRUE
    WHERE ${allOf([...requestConditions(context, query), requestScope(viewer, 'service-requests:export')])}
    ORDER BY ${requestSortColumn(order)} ${direction}, service_requests.id ${direction}`,
    ExportedRequest,
  );
}
