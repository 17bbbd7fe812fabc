import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import { sql } from '../../core/sql.js';
import { requestScopeOf } from '../service-requests/service-requests.scope.js';
import { deadlineKinds } from './deadline-kind.js';

const Told = z.object({
  user_id: z.string(),
  user_name: z.string(),
  email: z.string().nullable(),
  locale: z.string().nullable(),
  request_id: z.string(),
  request_no: z.string(),
  /** Null for somebody who may not read the request. */
  subject: z.string().nullable(),
  customer_id: z.string().nullable(),
  kind: z.enum(deadlineKinds),
  stage: z.enum(['warning', 'escalation']),
  deadline: z.date(),
});

/** One person to be told of one deadline. */
export type ToldPerson = z.infer<typeof Told>;

/**
 * Whom notices are for. A warning is for the assignee or, where nobody has the request, for those who supervise it; an
 * escalation for the assignee and for the people of the policy or, where it names none, for those who supervise it.
 */
export async function listRecipients(tx: Transaction, noticeIds: readonly string[]): Promise<ToldPerson[]> {
  return Told.array().parse(
    await tx.$queryRaw(sql`
    WITH noticed AS MATERIALIZED (
      SELECT notices.kind, notices.stage, notices.deadline, service_requests.id AS request_id,
             service_requests.assignee_id AS assignee_id,
             CASE WHEN notices.stage = 'escalation' THEN coalesce(policies.escalation_user_ids, '{}') ELSE '{}' END AS people
      FROM request_deadline_notices AS notices
      JOIN service_requests ON service_requests.id = notices.request_id
      LEFT JOIN deadline_policies AS policies ON policies.id = service_requests.policy_id
      WHERE notices.id = ANY(${[...noticeIds]}::uuid[])),
    supervisors AS MATERIALIZED (
      SELECT DISTINCT user_roles.user_id FROM user_roles JOIN role_grants ON role_grants.role_id = user_roles.role_id
      WHERE role_grants.permission = 'service-requests:supervise'),
    told AS (
      SELECT noticed.*, assignee_id AS user_id FROM noticed WHERE assignee_id IS NOT NULL
      UNION
      SELECT noticed.*, unnest(people) FROM noticed
      UNION
      SELECT noticed.*, supervisors.user_id FROM noticed, supervisors, service_requests
      WHERE service_requests.id = noticed.request_id AND people = '{}'
        AND (stage = 'escalation' OR noticed.assignee_id IS NULL)
        AND ${requestScopeOf(sql`supervisors.user_id`, 'service-requests:supervise')})
    SELECT users.id::text AS user_id, users.name AS user_name, users.email, users.locale,
           service_requests.id::text AS request_id, service_requests.request_no, service_requests.customer_id::text,
           CASE WHEN ${requestScopeOf(sql`users.id`, 'service-requests:read')} THEN service_requests.subject END AS subject,
           told.kind, told.stage, told.deadline
    FROM told
    JOIN users ON users.id = told.user_id AND users.disabled_at IS NULL
    JOIN service_requests ON service_requests.id = told.request_id
    ORDER BY users.id, told.deadline, told.request_id, told.kind`),
  );
}
