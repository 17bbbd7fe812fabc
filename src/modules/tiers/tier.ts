import { z } from 'zod';

/** The colours of labels, in the order in which they are offered. */
export const tierColors = ['secondary', 'blue', 'green', 'yellow', 'red'] as const;
export const tierMatches = ['all', 'any'] as const;

/** Tiers at once, the longest name in characters, the highest rank, and the largest values of conditions. */
export const tierLimits = { tiers: 20, name: 40, rank: 99, purchases: 10_000, recency: 1_095 } as const;

/**
 * Who belongs to a tier. A condition that is null asks for nothing; every tier has one that asks for a purchase, so
 * that customers without purchases in the window have no tier.
 */
export const TierRule = z.object({
  id: z.string(),
  /** Higher is better. */
  rank: z.number(),
  /** Decimal text; refunds count against what was spent. */
  minimumAmount: z.string().nullable(),
  minimumPurchases: z.number().nullable(),
  /** Days since the last purchase, at most. */
  maximumRecency: z.number().nullable(),
  match: z.enum(tierMatches),
});

export type TierRule = z.infer<typeof TierRule>;

export const Tier = TierRule.extend({ name: z.string(), color: z.enum(tierColors), version: z.number() });
export type Tier = z.infer<typeof Tier>;
export type TierColor = Tier['color'];

/** Days that count, the day itself included, and days for which a tier is kept that the rules would take away. */
export const TierPolicy = z.object({ windowDays: z.number(), graceDays: z.number() });
export type TierPolicy = z.infer<typeof TierPolicy>;

export const tierPolicyLimits = { windowDays: [30, 1_095], graceDays: [0, 180] } as const;
export const defaultTierPolicy: TierPolicy = { windowDays: 365, graceDays: 30 };

/** Where the policy is kept; without it the default holds. */
export const tierPolicyKey = 'tiers.policy';

/** Everything that tiers are calculated by. */
export interface TierRules {
  readonly tiers: readonly TierRule[];
  readonly policy: TierPolicy;
}
