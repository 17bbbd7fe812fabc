import { z } from 'zod';
import { sql, type Sql } from '../../core/sql.js';

/** After how many days without contact or purchase customers of a tier come into the pool; null asks for nothing. */
export const PoolRule = z.object({
  /** Null for everybody whose tier has no rule of its own. */
  tierId: z.string().nullable(),
  noContactDays: z.number().nullable(),
  noPurchaseDays: z.number().nullable(),
});

export type PoolRule = z.infer<typeof PoolRule>;

export const PoolPolicy = z.object({
  /** Whether customers come into the pool by themselves. Quota, maximum and cool-down hold anyway. */
  isOn: z.boolean(),
  rules: z.array(PoolRule),
  /** Whether a follow-up planned for today or later keeps a customer with their owner. */
  protectsPlanned: z.boolean(),
  warningDays: z.number(),
  /** Customers that one person can claim on one day, and own at most by claiming; null for any number. */
  dailyQuota: z.number().nullable(),
  maximumOwned: z.number().nullable(),
  /** Days for which a former owner cannot claim the customer again. */
  coolDownDays: z.number(),
});

export type PoolPolicy = z.infer<typeof PoolPolicy>;

export const poolLimits = {
  days: [1, 3_650],
  warningDays: [0, 90],
  dailyQuota: [1, 1_000],
  maximumOwned: [1, 1_000_000],
  coolDownDays: [0, 365],
} as const;

export const defaultPoolPolicy: PoolPolicy = {
  isOn: false,
  rules: [],
  protectsPlanned: true,
  warningDays: 7,
  dailyQuota: 10,
  maximumOwned: null,
  coolDownDays: 30,
};

/** Where the policy is kept; without it the default holds. */
export const poolPolicyKey = 'publicPool.policy';

/** The policy as an expression: the saved one, null while it was never saved. */
export const savedPoolPolicy: Sql = sql`(SELECT value FROM settings WHERE key = ${poolPolicyKey})`;

/** The same of one that is only proposed. */
export const proposedPoolPolicy = (policy: PoolPolicy): Sql => sql`${JSON.stringify(policy)}::jsonb`;
