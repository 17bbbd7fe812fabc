import { sql, type Sql } from '../../core/sql.js';

/**
 * Gives customers to their receivers: `assigned` is a relation with `id` and `receiver_id`. A receiver brings their team,
 * and their branch where there is none; without a receiver the customer comes into the pool.
 */
export const giveCustomers = (assigned: Sql, fromId: string): Sql => sql`
  UPDATE customers SET owner_id = assigned.receiver_id, team_id = team.id,
         branch_id = coalesce(customers.branch_id, team.branch_id),
         pooled_at = CASE WHEN assigned.receiver_id IS NULL THEN now() END,
         pool_reason = CASE WHEN assigned.receiver_id IS NULL THEN 'handover' END
  FROM (${assigned}) AS assigned LEFT JOIN LATERAL (
    SELECT teams.id, teams.branch_id FROM team_members JOIN teams ON teams.id = team_members.team_id
    WHERE team_members.user_id = assigned.receiver_id ORDER BY team_members.id LIMIT 1) AS team ON TRUE
  WHERE customers.id = assigned.id AND customers.owner_id = ${fromId}::uuid
  RETURNING customers.owner_id::text AS receiver_id`;

/** Open follow-ups of the leaver go to whoever has their customer; those of the pool wait for a claim. */
export const giveFollowUps = (fromId: string): Sql => sql`
  UPDATE follow_ups SET owner_id = customers.owner_id FROM customers
  WHERE follow_ups.customer_id = customers.id AND follow_ups.owner_id = ${fromId}::uuid AND follow_ups.state = 'open'
    AND customers.owner_id IS NOT NULL AND customers.owner_id <> ${fromId}::uuid`;

/** The leaver helps with no customer any more. */
export const endCollaborations = (fromId: string): Sql => sql`
  UPDATE customers SET collaborator_ids = array_remove(collaborator_ids, ${fromId}::uuid)
  WHERE collaborator_ids <> '{}' AND collaborator_ids @> ARRAY[${fromId}::uuid]`;
