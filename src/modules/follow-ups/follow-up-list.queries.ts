import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { dayOf } from '../../core/format.js';
import { countEach } from '../../core/lists/count-each.js';
import { listPage, type ListResult } from '../../core/lists/list.js';
import type { ListOrder } from '../../core/lists/page-statement.js';
import { allOf, sql, type Sql } from '../../core/sql.js';
import { scopeOf } from '../../core/viewer.js';
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
  buckets: Promise<BucketCounts>,
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
    mayBeRare: mayBeRare(context, query),
    countCap: bucketCap,
    counted: query.q ? undefined : buckets.then((counts) => countIn(counts, query.due)),
    row: FollowUpRow,
  });
}

/** What the list counts, told by its tabs: each follow-up lies in one of the buckets. */
const countIn = (counts: BucketCounts, due: DueBucket | undefined): number =>
  Math.min(
    dueBuckets.reduce((sum, bucket) => sum + (!due || due === bucket ? (counts.get(bucket) ?? 0) : 0), 0),
    bucketCap + 1,
  );

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

/** Counting for a tab and its list stops here. */
export const bucketCap = 999;

/** Each up to the cap and one; empty when nothing was counted. */
export type BucketCounts = ReadonlyMap<DueBucket, number>;

/**
 * How many follow-ups of the list lie in each bucket, up to the cap and one; nothing during a search, which is for one
 * customer.
 */
export async function countBuckets(context: ViewerContext, query: FollowUpListQuery): Promise<BucketCounts> {
  if (query.q) return new Map();
  const today = dayOf(context.deps.now());
  const wanted = dueBuckets.map((bucket) => ({
    name: bucket,
    from: sql`${tables} WHERE ${allOf([...conditions(context, query), ...dueWithin(bucket, today)])}`,
  }));
  return countEach(context.deps.database, wanted, { cap: bucketCap, isPrepared: !mayBeRare(context, query) });
}

/** One person's follow-ups lie together in their index, in the order of the list; those of a team lie among all others. */
const mayBeRare = ({ viewer }: ViewerContext, { owner }: FollowUpListQuery): boolean =>
  owner === 'all' &&
  (scopeOf(viewer, 'follow-ups:manage') !== 'all' || scopeOf(viewer, 'customers:read') !== 'all');

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
