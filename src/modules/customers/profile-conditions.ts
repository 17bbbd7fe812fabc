import { sql, type Sql } from '../../core/sql.js';

/** Customers with a tag. */
export const hasTag = (tagId: string): Sql =>
  sql`EXISTS (SELECT FROM customer_tags WHERE customer_id = customers.id AND tag_id = ${tagId}::uuid)`;

/**
 * Customers whose custom field holds exactly this, as an address says it: a text, or `true` and `false`. All values of a
 * field are of one kind, so only one of the two can be there. Both are looked up in one index.
 */
export function hasCustomValue(key: string, value: string): Sql {
  const holds = (held: string | boolean): Sql =>
    sql`customers.custom_values @> ${JSON.stringify({ [key]: held })}::jsonb`;
  return value === 'true' || value === 'false'
    ? sql`(${holds(value)} OR ${holds(value === 'true')})`
    : holds(value);
}
