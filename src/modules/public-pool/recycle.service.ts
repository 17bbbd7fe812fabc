import { v5 as nameId } from 'uuid';
import { z } from 'zod';
import type { Dependencies } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { dayOf, timeZone } from '../../core/format.js';
import { sql, type Sql } from '../../core/sql.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import type { NotificationKind } from '../notifications/notification-kinds.js';
import { poolFates } from './pool-fates.js';
import { savedPoolPolicy } from './pool-policy.js';

export const recycleQueue = 'public-pool';

/** Customers of one unit of work. */
const batchSize = 1_000;
const batchTimeoutMillis = 5 * 60_000;

/** Made once; with it every owner, day and kind has one notification, however often the night's work is begun. */
const noticeNames = '0d5c2a55-0a4c-4f5e-9a3a-6a4b7d1f5c11';

const actor = { id: null, name: 'system' };

const Moved = z.array(z.object({ id: z.string() }));

/**
 * The night's work: customers whom the rules take come into the pool, their former owners are told once how many, and
 * owners of those who are next are warned once a day. Killed halfway, it goes on with whoever is left.
 */
export async function recycleCustomers(deps: Dependencies): Promise<void> {
  for (let after: string | undefined = zeroId; after !== undefined; after = await recycleBatch(deps, after));
  const today = dayOf(deps.now());
  await unitOfWork(
    { deps, actor },
    'public-pool.notified',
    async (tx) => {
      await withoutTimeout(tx);
      await tellOwners(tx, deps, 'customersRecycled', '/public-pool?previousOwner=me', recycledSince(today));
      await tellOwners(tx, deps, 'poolWarning', '/customers?owner=me&poolSoon=on', warnedOn(today));
    },
    { timeoutMillis: batchTimeoutMillis },
  );
}

const zeroId = '00000000-0000-0000-0000-000000000000';

const withoutTimeout = (tx: Transaction) =>
  tx.$executeRaw`SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '60s', true)`;

/** Takes the next customers in the order of their ids; returns the last id, undefined at the end. */
async function recycleBatch(deps: Dependencies, after: string): Promise<string | undefined> {
  const fates = poolFates(savedPoolPolicy, dayOf(deps.now()), sql`owned.id > ${after}::uuid`);
  return unitOfWork(
    { deps, actor },
    'customers.recycled',
    async (tx) => {
      await withoutTimeout(tx);
      const moved = Moved.parse(
        await tx.$queryRaw(sql`
        UPDATE customers SET owner_id = NULL, team_id = NULL, pooled_at = ${deps.now()}::timestamptz, pool_reason = fate.reason
        FROM (SELECT id, owner_id, reason FROM (${fates}) AS fate WHERE is_due ORDER BY id LIMIT ${batchSize}) AS fate
        WHERE customers.id = fate.id AND customers.owner_id = fate.owner_id
        RETURNING customers.id::text`),
      );
      return moved
        .map(({ id }) => id)
        .sort()
        .at(-1);
    },
    { timeoutMillis: batchTimeoutMillis },
  );
}

const recycledSince = (today: string): Sql => sql`
  SELECT previous_owner_id AS user_id FROM customers
  WHERE pool_reason IN ('noContact', 'noPurchase') AND owner_id IS NULL AND deleted_at IS NULL
    AND pooled_at >= ${today}::date::timestamp AT TIME ZONE ${timeZone}`;

const warnedOn = (today: string): Sql => sql`
  SELECT owner_id AS user_id FROM (${poolFates(savedPoolPolicy, today)}) AS fate WHERE NOT is_due`;

const Counted = z.array(z.object({ user_id: z.string(), count: z.number() }));

async function tellOwners(
  tx: Transaction,
  deps: Dependencies,
  kind: NotificationKind,
  href: string,
  rows: Sql,
): Promise<void> {
  const counted = Counted.parse(
    await tx.$queryRaw(sql`
      SELECT user_id::text, count(*)::integer AS count FROM (${rows}) AS rows
      WHERE user_id IS NOT NULL GROUP BY user_id`),
  );
  const day = dayOf(deps.now());
  await tx.notification.createMany({
    data: counted.map(({ user_id: userId, count }) => ({
      id: nameId(`${kind} ${userId} ${day}`, noticeNames),
      userId,
      kind,
      params: { count },
      href,
    })),
    skipDuplicates: true,
  });
}
