import { z } from 'zod';
import type { Context, ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { dayOf } from '../../core/format.js';
import { countCap } from '../../core/lists/list.js';
import { sql } from '../../core/sql.js';
import { givesTier } from './effective-tier.js';
import { recalculationTaskKind } from './recalculation.task.js';
import { defaultTierPolicy, Tier, TierPolicy, tierPolicyKey } from './tier.js';

/** Columns of a SELECT from `tiers`. */
const tierColumns = sql`tiers.id::text, tiers.name, tiers.rank, tiers.color, tiers.minimum_amount::text AS "minimumAmount",
  tiers.minimum_purchases AS "minimumPurchases", tiers.maximum_recency AS "maximumRecency", tiers.match, tiers.version`;

const SavedRules = z.object({
  tiers: z.array(Tier),
  policy: TierPolicy.nullable(),
  policyVersion: z.number().nullable(),
});

export interface SavedRules {
  /** The lowest first. */
  readonly tiers: readonly Tier[];
  readonly policy: TierPolicy;
  /** 0 while the policy was never saved. */
  readonly policyVersion: number;
}

/** A column of a SELECT: every tier, the lowest first, as JSON. */
export const tiersColumn = sql`(
  SELECT coalesce(jsonb_agg(listed ORDER BY rank), '[]') FROM (SELECT ${tierColumns} FROM tiers) AS listed)`;

/** A column of a SELECT: the policy; null while it was never saved. */
export const tierPolicyColumn = sql`(SELECT value FROM settings WHERE key = ${tierPolicyKey})`;

/** Tiers and policy in one statement. */
export async function readSavedRules({ deps }: Pick<Context, 'deps'>): Promise<SavedRules> {
  const [row] = await deps.database.rows(
    sql`SELECT ${tiersColumn} AS tiers, ${tierPolicyColumn} AS policy,
               (SELECT version FROM settings WHERE key = ${tierPolicyKey}) AS "policyVersion"`,
    SavedRules,
  );
  const { tiers, policy, policyVersion } = SavedRules.parse(row);
  return { tiers, policy: policy ?? defaultTierPolicy, policyVersion: policyVersion ?? 0 };
}

/** @throws NotFound */
export function tierIn({ tiers }: SavedRules, id: string): Tier {
  const tier = tiers.find((one) => one.id === id);
  if (!tier) throw new NotFound('no such tier');
  return tier;
}

const TierCount = z.object({ id: z.string(), count: z.number() });

/** How many customers each tier has today, by its id; counting ends one above the cap. */
export async function countTierCustomers({ deps }: ViewerContext): Promise<ReadonlyMap<string, number>> {
  const counts = await deps.database.rows(
    sql`SELECT tiers.id::text, (
          SELECT count(*)::integer FROM (
            SELECT FROM customer_tiers JOIN customers ON customers.id = customer_tiers.id
            WHERE ${givesTier(sql`tiers.id`, dayOf(deps.now()))} AND customers.deleted_at IS NULL
            LIMIT ${countCap + 1}) AS counted) AS count
        FROM tiers`,
    TierCount,
  );
  return new Map(counts.map(({ id, count }) => [id, count]));
}

const Recalculation = z.object({
  state: z.enum(['queued', 'running', 'done', 'failed']),
  progress_done: z.number(),
  progress_total: z.number(),
  error: z.string().nullable(),
  created_at: z.date(),
  finished_at: z.date().nullable(),
});

export type Recalculation = z.infer<typeof Recalculation>;

/** The latest calculation of all tiers, under way or over; undefined before the first. */
export async function findRecalculation({ deps }: ViewerContext): Promise<Recalculation | undefined> {
  const [task] = await deps.database.rows(
    sql`SELECT state, progress_done, progress_total, error, created_at, finished_at FROM background_tasks
        WHERE kind = ${recalculationTaskKind} ORDER BY created_at DESC LIMIT 1`,
    Recalculation,
  );
  return task;
}
