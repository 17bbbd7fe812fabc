import { sql, type Sql } from '../../core/sql.js';

/** The customer and whoever was merged into them. */
export const persons = (customerId: string): Sql =>
  sql`(SELECT id FROM customers WHERE id = ${customerId}::uuid OR merged_into_id = ${customerId}::uuid)`;

/** What they asked and complained about. */
export const requests = (customerId: string): Sql =>
  sql`(SELECT id FROM service_requests WHERE customer_id IN ${persons(customerId)})`;

/** The things of theirs that are served. */
export const things = (customerId: string): Sql =>
  sql`(SELECT id FROM served_things WHERE customer_id IN ${persons(customerId)})`;
