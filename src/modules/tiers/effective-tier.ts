import { z } from 'zod';
import { sql, type Sql } from '../../core/sql.js';
import { tierColors } from './tier.js';

/** A tier as lists show it. */
export const TierLabel = z.object({ name: z.string(), color: z.enum(tierColors) });

/** True for a row of `customer_tiers` whose override holds on a day; after its last day the calculated tier is back. */
export const isOverridden = (today: string): Sql =>
  sql`(customer_tiers.override_id IS NOT NULL AND customer_tiers.override_until >= ${today}::date)`;

/** The id of the tier that a row of `customer_tiers` gives its customer on a day. */
export const effectiveTierId = (today: string): Sql =>
  sql`CASE WHEN ${isOverridden(today)} THEN customer_tiers.override_id ELSE customer_tiers.calculated_id END`;

/** Rows of `customer_tiers` that give a tier on a day; each of the two parts has its index. */
export const givesTier = (tierId: Sql, today: string): Sql =>
  sql`((customer_tiers.calculated_id = ${tierId} AND NOT ${isOverridden(today)})
       OR (customer_tiers.override_id = ${tierId} AND ${isOverridden(today)}))`;

/** A column of a SELECT from `customers`: name and colour of the customer's tier on a day, as JSON; null for none. */
export const customerTierColumn = (today: string): Sql => sql`(
  SELECT jsonb_build_object('name', tiers.name, 'color', tiers.color)
  FROM customer_tiers JOIN tiers ON tiers.id = ${effectiveTierId(today)} WHERE customer_tiers.id = customers.id)`;

/** Customers with a tier on a day, or with none. */
export const hasTier = (choice: string, today: string): Sql =>
  choice === 'none'
    ? sql`NOT EXISTS (SELECT FROM customer_tiers
                      WHERE customer_tiers.id = customers.id AND ${effectiveTierId(today)} IS NOT NULL)`
    : sql`customers.id IN (SELECT customer_tiers.id FROM customer_tiers WHERE ${givesTier(sql`${choice}::uuid`, today)})`;

/** A column of a SELECT: every tier by rank, as JSON; they are few. */
export const allTiersColumn = sql`(
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', tiers.id, 'name', tiers.name) ORDER BY tiers.rank), '[]') FROM tiers)`;
