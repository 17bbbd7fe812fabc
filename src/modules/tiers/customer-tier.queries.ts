import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { dayOf } from '../../core/format.js';
import { sql } from '../../core/sql.js';
import { customerScope } from '../customers/customers.scope.js';
import { defaultTierPolicy, Tier, TierPolicy } from './tier.js';
import { savedRules, theseCustomers, tierDecisions } from './tier-decisions.js';
import { tierPolicyColumn, tiersColumn } from './tiers.queries.js';

/** Changes of a customer's tier that the record shows. */
const historyShown = 10;

const Image = z.object({
  calculated_id: z.string().nullable(),
  grace_until: z.string().nullable(),
  override_id: z.string().nullable(),
  override_reason: z.string().nullable(),
  override_until: z.string().nullable(),
});

export type TierImage = z.infer<typeof Image>;

const TierChange = z.object({
  at: z.string().transform((text) => new Date(text)),
  actor_name: z.string(),
  action: z.string(),
  before: Image.nullable(),
  after: Image.nullable(),
});

export type TierChange = z.infer<typeof TierChange>;

const Decision = z.object({
  amount: z.string(),
  purchases: z.number(),
  last_on: z.string().nullable(),
  calculated_id: z.string().nullable(),
  grace_until: z.string().nullable(),
  earned_id: z.string().nullable(),
});

const CustomerTier = z.object({
  tiers: z.array(Tier),
  policy: TierPolicy.nullable().transform((policy) => policy ?? defaultTierPolicy),
  /** What the rules say today; null for a customer without tier and purchases. */
  decision: Decision.nullable(),
  override_id: z.string().nullable(),
  override_reason: z.string().nullable(),
  override_until: z.string().nullable(),
  overridden_by_name: z.string().nullable(),
  /** 0 while the customer never had a tier. */
  version: z.number(),
  can_override: z.boolean(),
  /** The latest first. */
  history: z.array(TierChange),
  /** Names of tiers that are gone, by their ids. */
  deleted_names: z.record(z.string(), z.string()),
});

/** Everything about the tier of one customer. */
export type CustomerTier = z.infer<typeof CustomerTier>;

/** Read in one statement; undefined when the viewer sees no such customer. */
export async function readCustomerTier(
  { deps, viewer }: ViewerContext,
  customerId: string,
): Promise<CustomerTier | undefined> {
  const decisions = tierDecisions(savedRules, dayOf(deps.now()), theseCustomers([customerId]));
  const [row] = await deps.database.preparedRows(
    sql`
    SELECT ${tiersColumn} AS tiers, ${tierPolicyColumn} AS policy,
           (SELECT jsonb_build_object('amount', amount::text, 'purchases', purchases, 'last_on', last_on,
                     'calculated_id', calculated_id, 'grace_until', grace_until, 'earned_id', earned_id)
            FROM (${decisions}) AS decided) AS decision,
           held.override_id::text, held.override_reason, held.override_until, overriders.name AS overridden_by_name,
           coalesce(held.version, 0) AS version,
           coalesce(${customerScope(viewer, 'customers:override-tier')}, FALSE) AS can_override,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('at', at, 'actor_name', actor_name, 'action', action,
                              'before', before, 'after', after) ORDER BY id DESC), '[]')
            FROM (SELECT id, at, actor_name, action, before, after FROM audit_log
                  WHERE table_name = 'customer_tiers' AND record_id = ${customerId} AND operation <> 'event'
                  ORDER BY id DESC LIMIT ${historyShown}) AS changes) AS history,
           (SELECT coalesce(jsonb_object_agg(record_id, before->>'name'), '{}') FROM audit_log
            WHERE table_name = 'tiers' AND operation = 'delete') AS deleted_names
    FROM customers
    LEFT JOIN customer_tiers AS held ON held.id = customers.id
    LEFT JOIN users AS overriders ON overriders.id = held.overridden_by_id
    WHERE customers.id = ${customerId}::uuid AND ${customerScope(viewer)}`,
    CustomerTier,
  );
  return row;
}
