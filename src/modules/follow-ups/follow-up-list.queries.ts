import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { dayOf } from '../../core/format.js';
import { knownCountsOf } from '../../core/lists/known-counts.js';
import { listPage, lowCountCap, type ListResult } from '../../core/lists/list.js';
import type { ListOrder } from '../../core/lists/page-statement.js';
import { allOf, joinSql, sql, type Sql } from '../../core/sql.js';
import { customerMatches } from '../customers/customer-search.js';
import { dueBuckets, type DueBucket } from './due-days.js';
import { dueOrder, dueWithin } from './due-order.js';
import type { FollowUpListQuery } from './follow-ups.schemas.js';
import { followUpScope, managedScope } from './follow-ups.scope.js';

export const defaultFollowUpOrder: ListOrder<'due'> = { name: 'due', descending: false };

const tables = sql`follow_ups JOIN customers ON customers.id = follow_ups.customer_id`;

const FollowUpRow = z.object({
  customer_id: z.string(),
  customer_name: z.string(),
  customer_no: z.string(),
  last_contact_at: z.date().nullable(),
  owner_name: z.string(),
  due_on: z.string(),
  due_minute: z.number().nullable(),
  action: z.string(),
  state: z.enum(['open', 'done', 'cancelled']),
  snooze_count: z.number(),
  version: z.number(),
});

export type FollowUpRow = z.infer<typeof FollowUpRow>;

/** One page of the follow-ups that the viewer works on: their own unless asked for others', open unless asked for finished ones. */
export function listFollowUps(
  context: ViewerContext,
  query: FollowUpListQuery,
): Promise<ListResult<FollowUpRow>> {
  const { deps } = context;
  const bucket = query.due ? dueWithin(query.due, dayOf(deps.now())) : [];
  return listPage(deps.database, {
    select: sql`customers.id::text AS customer_id, customers.name AS customer_name, customers.customer_no,
                activities.last_contact_at, owners.name AS owner_name, follow_ups.due_on, follow_ups.due_minute,
                follow_ups.action, follow_ups.state, follow_ups.snooze_count, follow_ups.version`,
    from: sql`${tables} JOIN users AS owners ON owners.id = follow_ups.owner_id
              LEFT JOIN customer_activities activities ON activities.customer_id = customers.id`,
    countFrom: tables,
    id: sql`follow_ups.id`,
    where: [...conditions(context, query), ...bucket],
    sort: { expression: dueOrder, type: 'integer' },
    descending: (query.sort ?? defaultFollowUpOrder).descending,
    cursor: query.after,
    isUnfiltered: !query.q,
    countCap: lowCountCap,
    row: FollowUpRow,
  });
}

const DueFollowUp = z.object({
  id: z.string(),
  customer_name: z.string(),
  due_on: z.string(),
  due_minute: z.number().nullable(),
  action: z.string(),
});

export type DueFollowUp = z.infer<typeof DueFollowUp>;

/** What the viewer has to do today or should have done before, the oldest first. */
export function listDueFollowUps(context: ViewerContext, limit: number): Promise<DueFollowUp[]> {
  const due = sql`follow_ups.due_on <= ${dayOf(context.deps.now())}::date`;
  return context.deps.database.preparedRows(
    sql`SELECT follow_ups.id::text, customers.name AS customer_name, follow_ups.due_on, follow_ups.due_minute, follow_ups.action
        FROM ${tables} WHERE ${allOf([...conditions(context, {}), due])}
        ORDER BY ${dueOrder}, follow_ups.id LIMIT ${limit}`,
    DueFollowUp,
  );
}

/** Counting for a tab stops here. */
export const bucketCap = 999;

/**
 * How many follow-ups of the list lie in each bucket, up to the cap and one; nothing during a search, which is for one
 * customer. A bucket that reached the cap within the last minute is not counted again.
 */
export async function countBuckets(
  context: ViewerContext,
  query: FollowUpListQuery,
): Promise<ReadonlyMap<DueBucket, number>> {
  if (query.q) return new Map();
  const { database, now } = context.deps;
  const today = dayOf(now());
  const known = knownCountsOf(database);
  const countings = dueBuckets
    .map((bucket) => {
      const where = allOf([...conditions(context, query), ...dueWithin(bucket, today)]);
      const counting = sql`SELECT ${bucket} AS bucket, count(*)::integer AS count
        FROM (SELECT FROM ${tables} WHERE ${where} LIMIT ${bucketCap + 1}) AS counted`;
      return { bucket, counting };
    })
    .filter(({ counting }) => !known.isCapped(counting));
  const counts = new Map<DueBucket, number>(dueBuckets.map((bucket) => [bucket, bucketCap + 1]));
  if (countings.length === 0) return counts;
  const statement = joinSql(
    countings.map(({ counting }) => counting),
    ' UNION ALL ',
  );
  for (const { bucket, count } of await database.preparedRows(statement, BucketCount)) {
    counts.set(bucket, count);
  }
  for (const { bucket, counting } of countings) {
    if (counts.get(bucket) === bucketCap + 1) known.noteCapped(counting);
  }
  return counts;
}

const BucketCount = z.object({ bucket: z.enum(dueBuckets), count: z.number() });

function conditions({ deps, viewer }: ViewerContext, query: FollowUpListQuery): Sql[] {
  const found = [
    followUpScope(viewer),
    managedScope(viewer),
    sql`follow_ups.state = ${query.state ?? 'open'}`,
  ];
  const owner = query.owner ?? 'me';
  if (owner !== 'all') found.push(sql`follow_ups.owner_id = ${owner === 'me' ? viewer.id : owner}::uuid`);
  if (query.q) found.push(customerMatches(deps.cipher, query.q));
  return found;
}
