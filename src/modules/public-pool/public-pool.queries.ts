import { z } from 'zod';
import type { Context, ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { dayOf } from '../../core/format.js';
import { countCap, listPage, type ListResult } from '../../core/lists/list.js';
import type { ListOrder, SortColumn } from '../../core/lists/page-statement.js';
import { sql } from '../../core/sql.js';
import { Choice } from '../customers/customer-choices.queries.js';
import { customerMatches } from '../customers/customer-search.js';
import { customerTables, today } from '../customers/customers.queries.js';
import { customerScope } from '../customers/customers.scope.js';
import { allTiersColumn, customerTierColumn, hasTier, TierLabel } from '../tiers/effective-tier.js';
import { PoolReason } from './customer-pool.js';
import { poolFates } from './pool-fates.js';
import {
  defaultPoolPolicy,
  PoolPolicy,
  poolPolicyKey,
  proposedPoolPolicy,
  savedPoolPolicy,
} from './pool-policy.js';
import type { poolSorts, PublicPoolQuery } from './public-pool.schemas.js';

type PoolSort = (typeof poolSorts)[number];

export const defaultPoolOrder: ListOrder<PoolSort> = { name: 'since', descending: true };

const sortColumns: Readonly<Record<PoolSort, SortColumn>> = {
  since: { expression: sql`customers.owned_since`, type: 'timestamptz' },
  name: { expression: sql`customers.name_pinyin`, type: 'text' },
  totalAmount: { expression: sql`totals.total_amount`, type: 'numeric', id: sql`totals.customer_id` },
  lastPurchaseOn: {
    expression: sql`coalesce(totals.last_purchase_on, '1900-01-01')`,
    type: 'date',
    id: sql`totals.customer_id`,
  },
};

const PooledCustomer = z.object({
  name: z.string(),
  customer_no: z.string(),
  city: z.string().nullable(),
  tier: TierLabel.nullable(),
  total_amount: z.string(),
  last_purchase_on: z.string().nullable(),
  since: z.date(),
  reason: PoolReason,
  previous_owner: z.string().nullable(),
  /** Whether the record can be opened before it is claimed. */
  is_visible: z.boolean(),
});

export type PooledCustomer = z.infer<typeof PooledCustomer>;

/**
 * One page of the customers without owner, for whoever may claim them: what is needed to choose, no contact data. The
 * scope of the viewer does not count here.
 */
export function listPool(
  context: ViewerContext,
  query: PublicPoolQuery,
): Promise<ListResult<PooledCustomer>> {
  const order = query.sort ?? defaultPoolOrder;
  const sort = sortColumns[order.name];
  const where = [sql`customers.owner_id IS NULL`, sql`customers.deleted_at IS NULL`];
  if (query.q) where.push(customerMatches(context.deps.cipher, query.q));
  if (query.city) where.push(sql`customers.city = ${query.city}`);
  if (query.tier) where.push(hasTier(query.tier, today(context)));
  if (query.previousOwner) where.push(sql`customers.previous_owner_id = ${context.viewer.id}::uuid`);
  return listPage(context.deps.database, {
    select: sql`customers.name, customers.customer_no, customers.city, ${customerTierColumn(today(context))} AS tier,
                totals.total_amount, totals.last_purchase_on, customers.owned_since AS since,
                customers.pool_reason AS reason,
                (SELECT name FROM users WHERE id = customers.previous_owner_id) AS previous_owner,
                coalesce(${customerScope(context.viewer)}, FALSE) AS is_visible`,
    from: customerTables,
    countFrom: sql`customers`,
    seekFrom: sort.id ? customerTables : sql`customers`,
    id: sql`customers.id`,
    where,
    sort,
    descending: order.descending,
    cursor: query.after,
    countCap,
    row: PooledCustomer,
  });
}

/** Every tier by rank. */
export async function listTierChoices({ deps }: ViewerContext): Promise<Choice[]> {
  const [row] = await deps.database.rows(
    sql`SELECT ${allTiersColumn} AS tiers`,
    z.object({ tiers: z.array(Choice) }),
  );
  return row?.tiers ?? [];
}

const SavedPolicy = z.object({ policy: PoolPolicy.nullable(), version: z.number().nullable() });

export interface SavedPoolPolicy {
  readonly policy: PoolPolicy;
  /** 0 while the policy was never saved. */
  readonly version: number;
}

export async function readPoolPolicy({ deps }: Pick<Context, 'deps'>): Promise<SavedPoolPolicy> {
  const [row] = await deps.database.rows(
    sql`SELECT ${savedPoolPolicy} AS policy, (SELECT version FROM settings WHERE key = ${poolPolicyKey}) AS version`,
    SavedPolicy,
  );
  return { policy: row?.policy ?? defaultPoolPolicy, version: row?.version ?? 0 };
}

const PoolForecast = z.object({
  /** Both null for the sum of all. */
  tier_name: z.string().nullable(),
  owner_name: z.string().nullable(),
  kind: z.enum(['all', 'tier', 'owner']),
  due: z.number(),
  soon: z.number(),
});

export type PoolForecast = z.infer<typeof PoolForecast>;

/** How many customers would come into the pool today, and within the days of warning: in all, by tier, by owner. */
export function forecastPool({ deps }: ViewerContext, policy: PoolPolicy): Promise<PoolForecast[]> {
  const fates = poolFates(proposedPoolPolicy(policy), dayOf(deps.now()));
  return deps.database.rows(
    sql`
    WITH pairs AS (
      SELECT tier_id, owner_id, count(*) FILTER (WHERE is_due) AS due, count(*) FILTER (WHERE NOT is_due) AS soon
      FROM (${fates}) AS fate GROUP BY tier_id, owner_id),
    counted AS (
      SELECT tier_id, owner_id, GROUPING(tier_id) = 1 AS of_owners, GROUPING(owner_id) = 1 AS of_tiers,
             coalesce(sum(due), 0)::integer AS due, coalesce(sum(soon), 0)::integer AS soon
      FROM pairs GROUP BY GROUPING SETS ((), (tier_id), (owner_id)))
    SELECT (SELECT name FROM tiers WHERE id = tier_id) AS tier_name, (SELECT name FROM users WHERE id = owner_id) AS owner_name,
           CASE WHEN of_owners AND of_tiers THEN 'all' WHEN of_owners THEN 'owner' ELSE 'tier' END AS kind, due, soon
    FROM counted ORDER BY kind, due + soon DESC LIMIT 50`,
    PoolForecast,
  );
}

const Releasable = z.object({
  id: z.string(),
  name: z.string(),
  customer_no: z.string(),
  version: z.number(),
});

export type ReleasableCustomer = z.infer<typeof Releasable>;

/** A customer with an owner, whom the viewer may release. @throws NotFound */
export async function findReleasable(
  { deps, viewer }: ViewerContext,
  id: string,
): Promise<ReleasableCustomer> {
  const [customer] = await deps.database.rows(
    sql`SELECT customers.id::text, customers.name, customers.customer_no, customers.version FROM customers
        WHERE customers.id = ${id}::uuid AND customers.deleted_at IS NULL AND customers.owner_id IS NOT NULL
          AND ${customerScope(viewer)} AND ${customerScope(viewer, 'customers:edit')}`,
    Releasable,
  );
  if (!customer) throw new NotFound('no such customer to release');
  return customer;
}
