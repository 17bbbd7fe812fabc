import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { dayOf } from '../../core/format.js';
import { sql } from '../../core/sql.js';
import { customerScope } from '../customers/customers.scope.js';
import { isOverridden } from './effective-tier.js';
import type { TierRules } from './tier.js';
import { everybody, isChanged, proposedRules, tierDecisions, type Population } from './tier-decisions.js';

/** Names that stand for a group, and how many customers are looked at for some whom the viewer sees. */
const examplesShown = 3;
const examplesTried = 50;

const TierMove = z.object({
  from_id: z.string().nullable(),
  /** The tier they would have; for those who are kept, the one they would have without grace. */
  to_id: z.string().nullable(),
  /** They stay in their tier until this day at the latest; null for those who move at once. */
  kept_until: z.string().nullable(),
  count: z.number(),
  /** How many of them have another tier by hand for now. */
  overridden: z.number(),
  examples: z.array(z.string()),
});

/** Customers for whom rules would change the same. */
export type TierMove = z.infer<typeof TierMove>;

/**
 * What would change today if the rules were saved: the same statement as the calculation, over rules that are only
 * proposed. Counts are of all customers, names of those whom the viewer sees.
 */
export function previewTiers(
  { deps, viewer }: ViewerContext,
  rules: TierRules,
  population: Population = everybody,
): Promise<TierMove[]> {
  const today = dayOf(deps.now());
  return deps.database.rows(
    sql`
    WITH moves AS MATERIALIZED (
      SELECT decided.customer_id, decided.calculated_id AS from_id, decided.earned_id AS to_id, decided_grace AS kept_until,
             ${isOverridden(today)} AS is_overridden
      FROM (${tierDecisions(proposedRules(rules), today, population)}) AS decided
      JOIN customers ON customers.id = decided.customer_id
      LEFT JOIN customer_tiers ON customer_tiers.id = decided.customer_id
      WHERE ${isChanged} AND customers.deleted_at IS NULL),
    groups AS (
      SELECT from_id, to_id, max(kept_until) AS kept_until, count(*)::integer AS count,
             count(*) FILTER (WHERE is_overridden)::integer AS overridden
      FROM moves GROUP BY from_id, to_id, kept_until IS NOT NULL)
    SELECT from_id::text, to_id::text, kept_until, count, overridden,
           ARRAY(SELECT customers.name
                 FROM (SELECT customer_id FROM moves
                       WHERE moves.from_id IS NOT DISTINCT FROM groups.from_id AND moves.to_id IS NOT DISTINCT FROM groups.to_id
                         AND (moves.kept_until IS NULL) = (groups.kept_until IS NULL)
                       LIMIT ${examplesTried}) AS tried
                 JOIN customers ON customers.id = tried.customer_id
                 WHERE ${customerScope(viewer)} LIMIT ${examplesShown}) AS examples
    FROM groups ORDER BY count DESC, from_id, to_id`,
    TierMove,
  );
}
