import { rawSql, sql, type Sql } from '../../core/sql.js';
import type { CustomerListQuery } from './customers.schemas.js';

/** Customers with a tag. */
export const hasTag = (tagId: string): Sql =>
  sql`EXISTS (SELECT FROM customer_tags WHERE customer_id = customers.id AND tag_id = ${tagId}::uuid)`;

/**
 * Customers whose custom field holds exactly this, as an address says it: a text, or `true` and `false`. All values of a
 * field are of one kind, so only one of the two can be there. Both are looked up in one index.
 */
function hasCustomValue(key: string, value: string): Sql {
  const holds = (held: string | boolean): Sql =>
    sql`customers.custom_values @> ${JSON.stringify({ [key]: held })}::jsonb`;
  return value === 'true' || value === 'false'
    ? sql`(${holds(value)} OR ${holds(value === 'true')})`
    : holds(value);
}

/** Customers whose custom field lies at or beyond a limit; JSON compares numbers by size and days by their text. */
const isBeyond = (key: string, comparison: '>=' | '<=', limit: string | number): Sql =>
  sql`(customers.custom_values -> ${key}::text) ${rawSql(comparison)} ${JSON.stringify(limit)}::jsonb`;

/** The filters by custom fields. */
export const customValueConditions = ({ custom, customFrom, customTo }: CustomerListQuery): Sql[] => [
  ...Object.entries(custom ?? {}).map(([key, value]) => hasCustomValue(key, value)),
  ...Object.entries(customFrom ?? {}).map(([key, limit]) => isBeyond(key, '>=', limit)),
  ...Object.entries(customTo ?? {}).map(([key, limit]) => isBeyond(key, '<=', limit)),
];
