import { allOf, sql, type Sql } from '../../core/sql.js';
import type { CustomerListQuery } from './customers.schemas.js';

/** The filters by what a customer bought: none, or one over the totals, which every customer has. */
export function purchaseConditions(query: CustomerListQuery): Sql[] {
  const { noVisitSince } = query;
  const conditions = [...lastVisitConditions(query), ...spentConditions(query)];
  if (noVisitSince)
    conditions.push(sql`coalesce(last_purchase_on, '1900-01-01'::date) < ${noVisitSince}::date`);
  if (conditions.length === 0) return [];
  return [
    sql`EXISTS (SELECT FROM customer_purchase_totals WHERE customer_id = customers.id AND ${allOf(conditions)})`,
  ];
}

/** The filters by what was spent and how often something was bought, over rows of the totals. */
export function spentConditions({
  spentFrom,
  spentTo,
  purchasesFrom,
  purchasesTo,
}: CustomerListQuery): Sql[] {
  const conditions: Sql[] = [];
  if (spentFrom) conditions.push(sql`total_amount >= ${spentFrom}::numeric`);
  if (spentTo) conditions.push(sql`total_amount <= ${spentTo}::numeric`);
  if (purchasesFrom !== undefined) conditions.push(sql`purchase_count >= ${purchasesFrom}`);
  if (purchasesTo !== undefined) conditions.push(sql`purchase_count <= ${purchasesTo}`);
  return conditions;
}

/** The filters by the day of the last visit, over rows of the totals. */
export function lastVisitConditions({
  lastVisitFrom,
  lastVisitTo,
}: Pick<CustomerListQuery, 'lastVisitFrom' | 'lastVisitTo'>): Sql[] {
  const conditions: Sql[] = [];
  if (lastVisitFrom) conditions.push(sql`last_purchase_on >= ${lastVisitFrom}::date`);
  if (lastVisitTo) conditions.push(sql`last_purchase_on <= ${lastVisitTo}::date`);
  return conditions;
}

/** Ids that a statement may gather before it walks a list; of more customers, the list meets some soon without. */
const idsAtHand = 100_000;

/**
 * The customers among whom a page of the list is sought. Whoever came last before some day stands far back in a list
 * that begins with the newest: their ids are gathered from the index of last visits, and the list is walked past all
 * others without a look at their totals, which would take ten times as long.
 */
export function soughtCustomers(query: CustomerListQuery): Sql {
  if (!query.lastVisitTo) return sql`customers`;
  const visited = sql`FROM customer_purchase_totals WHERE ${allOf(lastVisitConditions(query))}`;
  return sql`(
    SELECT * FROM customers
    WHERE CASE WHEN (SELECT count(*) FROM (SELECT ${visited} LIMIT ${idsAtHand + 1}) AS gathered) > ${idsAtHand} THEN TRUE
               ELSE id IN (SELECT customer_id ${visited} LIMIT ${idsAtHand}) END) AS customers`;
}
