import { sql, type Sql } from '../../core/sql.js';

/**
 * The tables that rules are asked of: one row for each customer, or for each of a sample. PostgreSQL leaves out those
 * that no rule needs, because they are joined by their keys from outside.
 */
export const segmentTablesOf = (customers: Sql): Sql => sql`${customers}
  LEFT JOIN customer_purchase_totals AS totals ON totals.customer_id = customers.id
  LEFT JOIN customer_activities AS activities ON activities.customer_id = customers.id
  LEFT JOIN customer_tiers ON customer_tiers.id = customers.id`;

export const segmentTables = segmentTablesOf(sql`customers`);
