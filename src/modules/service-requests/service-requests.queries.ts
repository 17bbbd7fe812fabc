import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import type { Permission } from '../../core/permissions.js';
import { sql } from '../../core/sql.js';
import { can } from '../../core/viewer.js';
import { Attachment, attachmentsColumn } from '../attachments/attachment.js';
import { customerScope } from '../customers/customers.scope.js';
import { contactChannels } from '../contact-records/contact-choices.js';
import { draftColumn, RequestDraft } from '../request-drafts/request-draft.js';
import { requestBehaviours } from '../request-types/request-type.js';
import { requiredFields, stateCategories, stateColors } from '../request-states/request-state.js';
import { requestScope } from './service-requests.scope.js';

const Named = z.object({ id: z.string(), name: z.string() });
const Shipped = Named.extend({ shippedKey: z.string().nullable() });

/** A step that the lifecycle allows from where the request is, and whether the viewer may take it. */
export const AllowedStep = Shipped.extend({
  category: z.enum(stateCategories),
  permission: z.string(),
  requiredFields: z.array(z.enum(requiredFields)),
});
export type AllowedStep = z.infer<typeof AllowedStep>;

export const ComplaintDetails = z.object({
  causeId: z.string().nullable(),
  cause: z.array(z.string()).nullable(),
  responsibility: z.string().nullable(),
  responsibleId: z.string().nullable(),
  responsible: z.string().nullable(),
  remedy: z.string().nullable(),
  cost: z.string().nullable(),
  rootCause: z.string().nullable(),
  version: z.number(),
});
export type ComplaintDetails = z.infer<typeof ComplaintDetails>;

const RequestRecord = z.object({
  id: z.string(),
  request_no: z.string(),
  source_no: z.string().nullable(),
  subject: z.string(),
  description: z.string().nullable(),
  place: z.string().nullable(),
  channel: z.enum(contactChannels),
  priority: z.number(),
  resolution: z.string().nullable(),
  type: Shipped.extend({ behaviour: z.enum(requestBehaviours) }),
  category: Named.extend({ path: z.array(z.string()) }).nullable(),
  state: Shipped.extend({
    category: z.enum(stateCategories),
    color: z.enum(stateColors),
  }),
  steps: z.array(AllowedStep),
  complaint: ComplaintDetails.nullable(),
  customer: Named.extend({
    customerNo: z.string(),
    isVisible: z.boolean(),
    openRequests: z.number(),
  }).nullable(),
  served_thing: Named.nullable(),
  branch: Named.nullable(),
  team: Named.nullable(),
  assignee: Named.nullable(),
  created_by_name: z.string().nullable(),
  merged_into: z.object({ id: z.string(), requestNo: z.string() }).nullable(),
  attachments: z.array(Attachment),
  /** What the viewer has typed and not sent yet. */
  draft: RequestDraft.nullable(),
  classified_by: z.array(Named).nullable(),
  unassigned_reason: z.unknown(),
  received_at: z.date(),
  first_responded_at: z.date().nullable(),
  customer_waits_since: z.date().nullable(),
  closed_at: z.date().nullable(),
  reopen_count: z.number(),
  next_due_at: z.date().nullable(),
  next_due_kind: z.enum(['firstResponse', 'update', 'resolution']).nullable(),
  deleted_at: z.date().nullable(),
  version: z.number(),
  can_work: z.boolean(),
  can_assign: z.boolean(),
  can_close: z.boolean(),
  can_reopen: z.boolean(),
  can_delete: z.boolean(),
  can_supervise: z.boolean(),
});

export type RequestRecord = z.infer<typeof RequestRecord>;

/**
 * One request with its names, the steps that lead on, and what the viewer may do with it, in one statement.
 * @throws NotFound when there is none, it lies outside the permission's scope, or it was deleted (unless `includeDeleted`).
 */
export async function findRequest(
  { deps, viewer }: ViewerContext,
  id: string,
  options: { permission?: Permission; includeDeleted?: boolean } = {},
): Promise<RequestRecord> {
  const within = (permission: Permission) => sql`coalesce(${requestScope(viewer, permission)}, FALSE)`;
  const [request] = await deps.database.preparedRows(
    sql`
    SELECT service_requests.id::text, request_no, source_no, subject, description, place, channel, priority, resolution,
           jsonb_build_object('id', types.id, 'name', types.name, 'shippedKey', types.shipped_key, 'behaviour', types.behaviour) AS type,
           (WITH RECURSIVE above AS (
              SELECT id, parent_id, name, 1 AS level FROM request_categories WHERE id = service_requests.category_id
              UNION ALL
              SELECT parent.id, parent.parent_id, parent.name, level + 1
              FROM request_categories AS parent JOIN above ON above.parent_id = parent.id)
            SELECT jsonb_build_object('id', service_requests.category_id, 'name', min(name) FILTER (WHERE level = 1),
                                      'path', jsonb_agg(name ORDER BY level DESC))
            FROM above HAVING count(*) > 0) AS category,
           jsonb_build_object('id', states.id, 'name', states.name, 'shippedKey', states.shipped_key,
                              'category', states.category, 'color', states.color) AS state,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id', target.id, 'name', target.name, 'shippedKey', target.shipped_key,
                     'category', target.category, 'permission', steps.permission, 'requiredFields', steps.required_fields)
                     ORDER BY target.position, target.name), '[]')
            FROM request_transitions AS steps JOIN request_states AS target ON target.id = steps.to_state_id
            WHERE steps.from_state_id = service_requests.state_id AND target.archived_at IS NULL) AS steps,
           (SELECT jsonb_build_object('causeId', complaints.cause_id, 'responsibility', responsibility, 'remedy', remedy,
                     'cost', cost::text, 'rootCause', root_cause, 'version', complaints.version,
                     'responsibleId', responsible_id, 'responsible', (SELECT name FROM users WHERE id = responsible_id),
                     'cause', (WITH RECURSIVE above AS (
                         SELECT parent_id, name, 1 AS level FROM complaint_causes WHERE id = complaints.cause_id
                         UNION ALL
                         SELECT parent.parent_id, parent.name, level + 1
                         FROM complaint_causes AS parent JOIN above ON above.parent_id = parent.id)
                       SELECT jsonb_agg(name ORDER BY level DESC) FROM above))
            FROM complaints WHERE complaints.id = service_requests.id) AS complaint,
           CASE WHEN customers.id IS NOT NULL THEN jsonb_build_object(
             'id', customers.id, 'name', customers.name, 'customerNo', customer_no,
             'isVisible', customers.deleted_at IS NULL AND ${can(viewer, 'customers:read')} AND coalesce(${customerScope(viewer)}, FALSE),
             'openRequests', (SELECT count(*) FROM (
                SELECT FROM service_requests AS others
                WHERE others.customer_id = customers.id AND others.deleted_at IS NULL AND others.state_category <> 'done'
                  AND others.id <> service_requests.id LIMIT 100) AS open_ones)) END AS customer,
           (SELECT jsonb_build_object('id', id, 'name', name) FROM served_things WHERE id = service_requests.served_thing_id) AS served_thing,
           (SELECT jsonb_build_object('id', id, 'name', name) FROM branches WHERE id = service_requests.branch_id) AS branch,
           (SELECT jsonb_build_object('id', id, 'name', name) FROM teams WHERE id = service_requests.team_id) AS team,
           (SELECT jsonb_build_object('id', id, 'name', name) FROM users WHERE id = service_requests.assignee_id) AS assignee,
           (SELECT name FROM users WHERE id = service_requests.created_by_id) AS created_by_name,
           (SELECT jsonb_build_object('id', id, 'requestNo', other.request_no) FROM service_requests AS other
            WHERE other.id = service_requests.merged_into_id) AS merged_into,
           ${attachmentsColumn(sql`attachments.request_id = service_requests.id`)} AS attachments,
           ${draftColumn(viewer)} AS draft,
           classified_by, unassigned_reason, received_at, first_responded_at, customer_waits_since, closed_at, reopen_count,
           next_due_at, next_due_kind, service_requests.deleted_at, service_requests.version,
           ${within('service-requests:work')} AS can_work, ${within('service-requests:assign')} AS can_assign,
           ${within('service-requests:close')} AS can_close, ${within('service-requests:reopen')} AS can_reopen,
           ${within('service-requests:delete')} AS can_delete, ${within('service-requests:supervise')} AS can_supervise
    FROM service_requests
    JOIN request_types AS types ON types.id = service_requests.type_id
    JOIN request_states AS states ON states.id = service_requests.state_id
    LEFT JOIN customers ON customers.id = service_requests.customer_id
    WHERE service_requests.id = ${id}::uuid AND ${requestScope(viewer, options.permission ?? 'service-requests:read')}`,
    RequestRecord,
  );
  if (!request || (request.deleted_at !== null && !options.includeDeleted)) {
    throw new NotFound('no such request in scope');
  }
  return request;
}

const Successor = z.object({ id: z.string(), merged_no: z.string() });

/** The request that a merged one became, with the number of the merged one; undefined where the viewer may not see it. */
export async function findSuccessor(
  { deps, viewer }: ViewerContext,
  mergedId: string,
): Promise<z.infer<typeof Successor> | undefined> {
  const [successor] = await deps.database.rows(
    sql`
    SELECT service_requests.id::text, merged.request_no AS merged_no
    FROM service_requests AS merged JOIN service_requests ON service_requests.id = merged.merged_into_id
    WHERE merged.id = ${mergedId}::uuid AND service_requests.deleted_at IS NULL AND ${requestScope(viewer)}`,
    Successor,
  );
  return successor;
}

/** Whether the viewer may take a step; its permission must reach the request. */
export function mayTake(request: RequestRecord, step: AllowedStep): boolean {
  switch (step.permission) {
    case 'service-requests:work':
      return request.can_work;
    case 'service-requests:assign':
      return request.can_assign;
    case 'service-requests:close':
      return request.can_close;
    case 'service-requests:reopen':
      return request.can_reopen;
    case 'service-requests:delete':
      return request.can_delete;
    case 'service-requests:supervise':
      return request.can_supervise;
    default:
      return false;
  }
}
