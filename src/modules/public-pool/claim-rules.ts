import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, NotFound } from '../../core/errors.js';
import { dayOf, formatDay, formatNumber, timeZone } from '../../core/format.js';
import { sql } from '../../core/sql.js';
import { can } from '../../core/viewer.js';
import { addDays } from '../follow-ups/due-days.js';
import type { PoolPolicy } from './pool-policy.js';

const Claimable = z.tuple([
  z.object({
    is_free: z.boolean().nullable(),
    /** Day on which the claimer lost the customer; null for everybody else. */
    lost_on: z.string().nullable(),
    claimed_today: z.number(),
    owned: z.number(),
  }),
]);

/**
 * Holds the customer and the claimer until the end of the transaction, and checks what the policy allows.
 * @throws NotFound when there is no such customer, Conflict with the rule that forbids it and when it will be possible.
 */
export async function checkClaim(
  tx: Transaction,
  { deps, viewer, locale }: ViewerContext,
  customerId: string,
  policy: PoolPolicy,
): Promise<void> {
  const today = dayOf(deps.now());
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`public-pool:${viewer.id}`}, 0))`;
  await tx.$executeRaw`SELECT FROM customers WHERE id = ${customerId}::uuid FOR UPDATE`;
  const [found] = Claimable.parse(
    await tx.$queryRaw(sql`
    SELECT (SELECT owner_id IS NULL FROM customers WHERE id = ${customerId}::uuid AND deleted_at IS NULL) AS is_free,
           (SELECT (owned_since AT TIME ZONE ${timeZone})::date::text FROM customers
            WHERE id = ${customerId}::uuid AND previous_owner_id = ${viewer.id}::uuid) AS lost_on,
           (SELECT count(*)::integer FROM pool_claims WHERE user_id = ${viewer.id}::uuid
              AND claimed_at >= ${today}::date::timestamp AT TIME ZONE ${timeZone}) AS claimed_today,
           (SELECT count(*)::integer FROM customers
            WHERE owner_id = ${viewer.id}::uuid AND deleted_at IS NULL) AS owned`),
  );
  if (found.is_free === null) throw new NotFound('no such customer');
  if (!found.is_free) throw new Conflict('publicPool.taken');
  const { dailyQuota, maximumOwned, coolDownDays } = policy;
  if (dailyQuota !== null && found.claimed_today >= dailyQuota) {
    const day = formatDay(addDays(today, 1), locale);
    throw new Conflict('publicPool.quotaReached', { count: dailyQuota, day });
  }
  if (maximumOwned !== null && found.owned >= maximumOwned) {
    const maximum = formatNumber(maximumOwned, locale);
    throw new Conflict('publicPool.maximumReached', { owned: formatNumber(found.owned, locale), maximum });
  }
  if (found.lost_on === null || can(viewer, 'public-pool:manage')) return;
  const from = addDays(found.lost_on, coolDownDays);
  if (from > today) throw new Conflict('publicPool.coolingDown', { day: formatDay(from, locale) });
}
