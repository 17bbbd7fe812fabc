import { allOf, sql, type Sql } from '../../core/sql.js';
import type { CustomerListQuery } from './customers.schemas.js';

/** The filters by what a customer bought: none, or one over the totals, which every customer has. */
export function purchaseConditions(query: CustomerListQuery): Sql[] {
  const { lastVisitFrom, lastVisitTo, noVisitSince } = query;
  const { spentFrom, spentTo, purchasesFrom, purchasesTo } = query;
  const conditions: Sql[] = [];
  if (lastVisitFrom) conditions.push(sql`last_purchase_on >= ${lastVisitFrom}::date`);
  if (lastVisitTo) conditions.push(sql`last_purchase_on <= ${lastVisitTo}::date`);
  if (noVisitSince)
    conditions.push(sql`coalesce(last_purchase_on, '1900-01-01'::date) < ${noVisitSince}::date`);
  if (spentFrom) conditions.push(sql`total_amount >= ${spentFrom}::numeric`);
  if (spentTo) conditions.push(sql`total_amount <= ${spentTo}::numeric`);
  if (purchasesFrom !== undefined) conditions.push(sql`purchase_count >= ${purchasesFrom}`);
  if (purchasesTo !== undefined) conditions.push(sql`purchase_count <= ${purchasesTo}`);
  if (conditions.length === 0) return [];
  return [
    sql`EXISTS (SELECT FROM customer_purchase_totals WHERE customer_id = customers.id AND ${allOf(conditions)})`,
  ];
}
