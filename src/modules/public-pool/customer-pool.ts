import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { dayOf, formatDay } from '../../core/format.js';
import { sql, type Sql } from '../../core/sql.js';
import type { DefinitionView } from '../../core/views/definition-view.js';
import { fateReasons, poolFates } from './pool-fates.js';
import { savedPoolPolicy } from './pool-policy.js';

/** Why a customer is in the pool; null for those who never had an owner or lost them in a form. */
export const PoolReason = z.enum(['released', 'noContact', 'noPurchase', 'handover']).nullable();
export type PoolReason = z.infer<typeof PoolReason>;

/** Customers with an owner who come into the pool within the days of warning. */
export const fallsIntoPoolSoon = (today: string): Sql => sql`EXISTS (
  SELECT FROM (${poolFates(savedPoolPolicy, today, sql`owned.id = customers.id`)}) AS fate)`;

/** How a customer stands to the pool. */
export const CustomerPool = z.object({
  has_owner: z.boolean(),
  since: z.string().transform((text) => new Date(text)),
  reason: PoolReason,
  previous_owner: z.string().nullable(),
  fate: z.object({ falls_on: z.string(), reason: z.enum(fateReasons) }).nullable(),
});

export type CustomerPool = z.infer<typeof CustomerPool>;

/** A column of a SELECT from `customers`: the same as JSON; the fate is there when the pool is near. */
export const customerPoolColumn = (today: string): Sql => sql`jsonb_build_object(
  'has_owner', customers.owner_id IS NOT NULL, 'since', customers.owned_since, 'reason', customers.pool_reason,
  'previous_owner', (SELECT name FROM users WHERE id = customers.previous_owner_id),
  'fate', (SELECT jsonb_build_object('falls_on', falls_on, 'reason', reason)
           FROM (${poolFates(savedPoolPolicy, today, sql`owned.id = customers.id`)}) AS fate))`;

/** What the record says of it; nothing for customers who stay where they are. */
export function poolDefinitions({ t, locale }: ViewerContext, pool: CustomerPool): DefinitionView[] {
  const label = t('publicPool.title');
  if (pool.has_owner) {
    if (pool.fate === null) return [];
    const params = {
      day: formatDay(pool.fate.falls_on, locale),
      reason: t(`publicPool.reason.${pool.fate.reason}`),
    };
    return [{ label, value: { text: t('publicPool.fallsOn', params), badge: 'yellow' } }];
  }
  const since = t('publicPool.since', {
    day: formatDay(dayOf(pool.since), locale),
    reason: t(`publicPool.reason.${pool.reason ?? 'noOwner'}`),
  });
  return [
    { label, value: { text: since } },
    ...(pool.previous_owner === null
      ? []
      : [{ label: t('publicPool.previousOwner'), value: { text: pool.previous_owner } }]),
  ];
}
