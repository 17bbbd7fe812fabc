import { rawSql, sql, type Sql } from '../../core/sql.js';
import { defaultTierPolicy, tierPolicyKey, type TierRules } from './tier.js';

/** Some customers, as a condition on whichever column holds their ids. */
export type Population = (customerId: Sql) => Sql;

export const everybody: Population = () => sql`TRUE`;

export const theseCustomers =
  (ids: readonly string[]): Population =>
  (customerId) =>
    sql`${customerId} = ANY(${[...ids]}::uuid[])`;

/** Customers by their ids: after one (all from the first when it is null), up to one (to the last when it is null). */
export const customersBetween =
  (after: string | null, last: string | null): Population =>
  (customerId) =>
    sql`${after === null ? sql`TRUE` : sql`${customerId} > ${after}::uuid`}
        AND ${last === null ? sql`TRUE` : sql`${customerId} <= ${last}::uuid`}`;

export const customersOfTier =
  (tierId: string): Population =>
  (customerId) =>
    sql`${customerId} IN (SELECT id FROM customer_tiers WHERE calculated_id = ${tierId}::uuid)`;

/** Customers with purchases that an action which can be taken back has added, changed, moved or removed. */
export const buyersOfAction =
  (actionId: string): Population =>
  (customerId) =>
    sql`${customerId} IN (
      SELECT (image->>'customer_id')::uuid FROM audit_log, LATERAL (VALUES (before), (after)) AS images(image)
      WHERE undoable_action_id = ${actionId}::uuid AND table_name = 'purchases' AND image IS NOT NULL)`;

/** Rules as relations: of tiers, and of the one row that is the policy. */
export interface RuleRelations {
  readonly tiers: Sql;
  readonly policy: Sql;
}

const tierColumns = rawSql('id, rank, minimum_amount, minimum_purchases, maximum_recency, match');

const savedPolicy = sql`
  SELECT coalesce(max((value->>'windowDays')::integer), ${defaultTierPolicy.windowDays}) AS window_days,
         coalesce(max((value->>'graceDays')::integer), ${defaultTierPolicy.graceDays}) AS grace_days
  FROM settings WHERE key = ${tierPolicyKey}`;

/** The rules as they are saved. */
export const savedRules: RuleRelations = {
  tiers: sql`SELECT ${tierColumns} FROM tiers`,
  policy: savedPolicy,
};

/** The same for writing: no tier can be deleted until the transaction is over. */
export const heldRules: RuleRelations = {
  tiers: sql`SELECT ${tierColumns} FROM tiers FOR KEY SHARE`,
  policy: savedPolicy,
};

/** Rules that are not saved, as if they were. */
export function proposedRules({ tiers, policy }: TierRules): RuleRelations {
  const rows = tiers.map((tier) => ({
    id: tier.id,
    rank: tier.rank,
    minimum_amount: tier.minimumAmount,
    minimum_purchases: tier.minimumPurchases,
    maximum_recency: tier.maximumRecency,
    match: tier.match,
  }));
  return {
    tiers: sql`SELECT ${tierColumns} FROM jsonb_populate_recordset(NULL::tiers, ${JSON.stringify(rows)}::jsonb)`,
    policy: sql`SELECT ${policy.windowDays}::integer AS window_days, ${policy.graceDays}::integer AS grace_days`,
  };
}

/**
 * What the rules say on a day (`yyyy-mm-dd`), one row for each customer with purchases in the window or a tier:
 * `customer_id`; the facts `amount`, `purchases`, `last_on`; the tier they have, `calculated_id` and `grace_until`; the
 * highest that fits, `earned_id`; and what they are to have, `decided_id` and `decided_grace`.
 *
 * A downgrade waits: the tier stays until the end of the grace period, which begins with the first calculation that
 * would take it away. A tier that is no more gives no grace.
 *
 * The window is asked for by age, which no index answers: purchases are found by customer, or all of them are read. By the
 * index of days every range of customers would read the whole window.
 */
export const tierDecisions = (rules: RuleRelations, today: string, population: Population): Sql => sql`
  WITH rules AS MATERIALIZED (${rules.tiers}),
  policy AS MATERIALIZED (${rules.policy}),
  bought AS (
    SELECT customer_id, sum(amount) AS amount, count(*) FILTER (WHERE amount >= 0)::integer AS purchases,
           max(purchased_on) FILTER (WHERE amount >= 0) AS last_on
    FROM purchases
    WHERE ${today}::date - purchased_on BETWEEN 0 AND (SELECT window_days FROM policy) - 1
      AND ${population(sql`customer_id`)}
    GROUP BY customer_id),
  held AS (SELECT id, calculated_id, grace_until FROM customer_tiers WHERE ${population(sql`id`)}),
  facts AS (
    SELECT coalesce(bought.customer_id, held.id) AS customer_id, coalesce(amount, 0) AS amount,
           coalesce(purchases, 0) AS purchases, last_on, calculated_id, grace_until
    FROM bought FULL JOIN held ON held.id = bought.customer_id),
  ranked AS (
    SELECT facts.*, earned.id AS earned_id,
           (SELECT rank FROM rules WHERE rules.id = calculated_id) > coalesce(earned.rank, 0)
             AND CASE WHEN grace_until IS NULL THEN (SELECT grace_days FROM policy) > 0
                      ELSE grace_until >= ${today}::date END AS is_kept
    FROM facts LEFT JOIN LATERAL (
      SELECT id, rank FROM rules
      WHERE CASE match
        WHEN 'all' THEN (minimum_amount IS NULL OR facts.amount >= minimum_amount)
                    AND (minimum_purchases IS NULL OR facts.purchases >= minimum_purchases)
                    AND (maximum_recency IS NULL OR coalesce(${today}::date - facts.last_on <= maximum_recency, FALSE))
        ELSE coalesce(facts.amount >= minimum_amount, FALSE)
          OR coalesce(facts.purchases >= minimum_purchases, FALSE)
          OR coalesce(${today}::date - facts.last_on <= maximum_recency, FALSE)
        END
      ORDER BY rank DESC LIMIT 1) AS earned ON TRUE)
  SELECT customer_id, amount, purchases, last_on, calculated_id, grace_until, earned_id,
         CASE WHEN is_kept THEN calculated_id ELSE earned_id END AS decided_id,
         CASE WHEN is_kept THEN coalesce(grace_until, ${today}::date + (SELECT grace_days FROM policy)) END AS decided_grace
  FROM ranked`;

/** True for rows of `tierDecisions`, called `decided`, that change something. */
export const isChanged = sql`(decided.calculated_id, decided.grace_until) IS DISTINCT FROM (decided_id, decided_grace)`;
