import { timeZone } from '../../core/format.js';
import { rawSql, sql, type Sql } from '../../core/sql.js';
import { effectiveTierId } from '../tiers/effective-tier.js';

/** Why a customer comes into the pool by a rule. */
export const fateReasons = ['noContact', 'noPurchase'] as const;

const dayOfMoment = (moment: Sql): Sql => sql`(${moment} AT TIME ZONE ${timeZone})::date`;

/**
 * Which customers with an owner come into the pool within the days of warning, and when: one row each with `id`,
 * `owner_id`, `tier_id`, `falls_on`, `reason` and `is_due` (today). None while the policy is off.
 *
 * Days count from the last contact or purchase, or from when the owner got the customer if that was later. A tier without
 * a rule of its own takes the rule for everybody else; the earlier of the two days decides. What is not materialized lets
 * PostgreSQL look through all customers in two processes.
 * @param policy the policy as JSON, see `savedPoolPolicy`.
 * @param population a condition on `owned.id`.
 */
export const poolFates = (policy: Sql, today: string, population: Sql = sql`TRUE`): Sql => sql`
  WITH policy AS NOT MATERIALIZED (SELECT ${policy} AS value),
  rules AS NOT MATERIALIZED (
    SELECT rule."tierId" AS tier_id, rule."noContactDays" AS contact_days, rule."noPurchaseDays" AS purchase_days
    FROM policy, jsonb_to_recordset(value->'rules') AS rule("tierId" uuid, "noContactDays" integer, "noPurchaseDays" integer)
    WHERE (value->>'isOn')::boolean),
  ruled AS (
    SELECT owned.id, owned.owner_id, ${effectiveTierId(today)} AS tier_id,
           ${dayOfMoment(sql`greatest(owned.owned_since, activities.last_contact_at)`)} AS contact_on,
           greatest(${dayOfMoment(sql`owned.owned_since`)}, totals.last_purchase_on) AS purchase_on
    FROM customers AS owned
    JOIN customer_purchase_totals AS totals ON totals.customer_id = owned.id
    JOIN customer_activities AS activities ON activities.customer_id = owned.id
    LEFT JOIN customer_tiers ON customer_tiers.id = owned.id
    WHERE owned.owner_id IS NOT NULL AND owned.deleted_at IS NULL AND EXISTS (SELECT FROM rules) AND ${population}),
  dated AS (
    SELECT ruled.id, owner_id, ruled.tier_id,
           contact_on + ${ruleDays('contact_days')} AS contact_day,
           purchase_on + ${ruleDays('purchase_days')} AS purchase_day
    FROM ruled LEFT JOIN rules AS own ON own.tier_id = ruled.tier_id)
  SELECT id, owner_id, tier_id, least(contact_day, purchase_day) AS falls_on,
         CASE WHEN contact_day <= coalesce(purchase_day, contact_day) THEN 'noContact' ELSE 'noPurchase' END AS reason,
         least(contact_day, purchase_day) <= ${today}::date AS is_due
  FROM dated
  WHERE least(contact_day, purchase_day) <= ${today}::date + (SELECT (value->>'warningDays')::integer FROM policy)
    AND NOT EXISTS (
      SELECT FROM follow_ups WHERE customer_id = dated.id AND state = 'open' AND due_on >= ${today}::date
        AND (SELECT (value->>'protectsPlanned')::boolean FROM policy))`;

/** Days of the rule that holds: that of the tier, or that for everybody else. */
const ruleDays = (column: 'contact_days' | 'purchase_days'): Sql =>
  sql`CASE WHEN own.tier_id IS NULL THEN (SELECT ${rawSql(column)} FROM rules WHERE tier_id IS NULL)
           ELSE own.${rawSql(column)} END`;
