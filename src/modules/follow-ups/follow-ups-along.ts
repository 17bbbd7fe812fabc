import { sql, type Sql } from '../../core/sql.js';

/**
 * The statement by which open follow-ups go along with their customers: those of the former owner, or of anybody who left
 * the customer without one, become the new owner's. Run it before the customers change hands.
 * @param chosen a condition on `customers`.
 */
export const takeFollowUpsAlong = (chosen: Sql, newOwnerId: Sql): Sql => sql`
  UPDATE follow_ups SET owner_id = ${newOwnerId} FROM customers
  WHERE follow_ups.customer_id = customers.id AND follow_ups.state = 'open' AND ${chosen}
    AND follow_ups.owner_id = coalesce(customers.owner_id, customers.previous_owner_id)
    AND follow_ups.owner_id IS DISTINCT FROM ${newOwnerId}`;
