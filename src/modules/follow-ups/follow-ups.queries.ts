import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { timeZone } from '../../core/format.js';
import { sql, type Sql } from '../../core/sql.js';
import { customerScopeOf } from '../customers/customers.scope.js';
import { bellCap } from '../notifications/notifications.queries.js';
import { followUpStates } from './follow-ups.schemas.js';
import { followUpScope, managedScope } from './follow-ups.scope.js';

const FollowUpRecord = z.object({
  id: z.string(),
  customer_id: z.string(),
  customer_name: z.string(),
  customer_no: z.string(),
  last_contact_at: z.date().nullable(),
  owner_id: z.string(),
  owner_name: z.string(),
  due_on: z.string(),
  due_minute: z.number().nullable(),
  action: z.string(),
  state: z.enum(followUpStates),
  reason: z.string().nullable(),
  snooze_count: z.number(),
  contact_record_id: z.string().nullable(),
  finished_at: z.date().nullable(),
  finished_by_name: z.string().nullable(),
  version: z.number(),
  updated_at: z.date(),
  can_manage: z.boolean(),
});

export type FollowUpRecord = z.infer<typeof FollowUpRecord>;

/**
 * One follow-up with what the viewer may do with it.
 * @throws NotFound when there is none, or its customer lies outside the viewer's scope or in the recycle bin.
 */
export async function findFollowUp({ deps, viewer }: ViewerContext, id: string): Promise<FollowUpRecord> {
  const [followUp] = await deps.database.preparedRows(
    sql`
    SELECT follow_ups.id::text, customers.id::text AS customer_id, customers.name AS customer_name, customers.customer_no,
           activities.last_contact_at, follow_ups.owner_id::text, owners.name AS owner_name, follow_ups.due_on,
           follow_ups.due_minute, follow_ups.action, follow_ups.state, follow_ups.reason, follow_ups.snooze_count,
           follow_ups.contact_record_id::text, follow_ups.finished_at, finishers.name AS finished_by_name,
           follow_ups.version, follow_ups.updated_at, coalesce(${managedScope(viewer)}, FALSE) AS can_manage
    FROM follow_ups
    JOIN customers ON customers.id = follow_ups.customer_id
    JOIN users AS owners ON owners.id = follow_ups.owner_id
    LEFT JOIN users AS finishers ON finishers.id = follow_ups.finished_by_id
    LEFT JOIN customer_activities activities ON activities.customer_id = customers.id
    WHERE follow_ups.id = ${id}::uuid AND ${followUpScope(viewer)}`,
    FollowUpRecord,
  );
  if (!followUp) throw new NotFound('no such follow-up in scope');
  return followUp;
}

const OpenFollowUp = FollowUpRecord.pick({
  id: true,
  owner_name: true,
  due_on: true,
  due_minute: true,
  action: true,
  can_manage: true,
});

export type OpenFollowUp = z.infer<typeof OpenFollowUp>;

/** What is open for a customer, the next one first; at most 20. Nothing for a customer outside the viewer's scope. */
export function listOpenFollowUps(
  { deps, viewer }: ViewerContext,
  customerId: string,
): Promise<OpenFollowUp[]> {
  return deps.database.preparedRows(
    sql`
    SELECT follow_ups.id::text, owners.name AS owner_name, follow_ups.due_on, follow_ups.due_minute, follow_ups.action,
           coalesce(${managedScope(viewer)}, FALSE) AS can_manage
    FROM follow_ups
    JOIN customers ON customers.id = follow_ups.customer_id
    JOIN users AS owners ON owners.id = follow_ups.owner_id
    WHERE follow_ups.customer_id = ${customerId}::uuid AND follow_ups.state = 'open' AND ${followUpScope(viewer)}
    ORDER BY follow_ups.due_on, follow_ups.due_minute NULLS FIRST, follow_ups.id LIMIT 20`,
    OpenFollowUp,
  );
}

/** How many of a user's follow-ups are due or overdue, up to the cap of the bell and one: a piece of a larger statement. */
export const dueCount = (userId: Sql): Sql => sql`
  (SELECT count(*)::integer FROM (SELECT FROM follow_ups JOIN customers ON customers.id = follow_ups.customer_id
     WHERE follow_ups.owner_id = ${userId} AND follow_ups.state = 'open'
       AND follow_ups.due_on <= (now() AT TIME ZONE ${timeZone})::date
       AND customers.deleted_at IS NULL AND ${customerScopeOf(userId)} LIMIT ${bellCap + 1}) AS due)`;
