import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { listPage, type ListResult } from '../../core/lists/list.js';
import type { ListOrder } from '../../core/lists/page-statement.js';
import { allOf, sql, type Sql } from '../../core/sql.js';
import { scopeOf, type Viewer } from '../../core/viewer.js';
import { customerMatches } from '../customers/customer-search.js';
import { customerScope } from '../customers/customers.scope.js';
import type { PairListQuery, pairSorts, PairState } from './duplicates.schemas.js';
import { PairReasons } from './pair-reasons.js';

export const defaultPairOrder: ListOrder<(typeof pairSorts)[number]> = { name: 'score', descending: true };

const PairListRow = z.object({
  reasons: PairReasons,
  score: z.number(),
  first_id: z.string(),
  first_name: z.string(),
  first_no: z.string(),
  first_merged_into_id: z.string().nullable(),
  second_id: z.string(),
  second_name: z.string(),
  second_no: z.string(),
  second_merged_into_id: z.string().nullable(),
  created_at: z.date(),
});

export type PairListRow = z.infer<typeof PairListRow>;

/** One page of the pairs of which the viewer may merge both customers. */
export function listPairs(context: ViewerContext, query: PairListQuery): Promise<ListResult<PairListRow>> {
  return listPage(context.deps.database, {
    select: sql`pairs.reasons, pairs.score, pairs.created_at,
                pairs.first_id::text, a.name AS first_name, a.customer_no AS first_no, a.merged_into_id::text AS first_merged_into_id,
                pairs.second_id::text, b.name AS second_name, b.customer_no AS second_no, b.merged_into_id::text AS second_merged_into_id`,
    from: sql`duplicate_pairs AS pairs
              JOIN customers AS a ON a.id = pairs.first_id JOIN customers AS b ON b.id = pairs.second_id`,
    countFrom: sql`duplicate_pairs AS pairs`,
    id: sql`pairs.id`,
    where: [
      ...stateConditions(query.state ?? 'open'),
      ...scopeConditions(context.viewer),
      ...(query.reason ? [sql`jsonb_exists(pairs.reasons, ${query.reason})`] : []),
      ...(query.q ? [hasMatch(context, query.q)] : []),
    ],
    sort: { expression: sql`pairs.score`, type: 'integer' },
    descending: (query.sort ?? defaultPairOrder).descending,
    cursor: query.after,
    row: PairListRow,
  });
}

const customersOfPair = [sql`pairs.first_id`, sql`pairs.second_id`];

/** A merge leaves its pair alone, so that undoing it does too: until the next scan the customers tell that they are one. */
function stateConditions(state: PairState): Sql[] {
  if (state === 'merged') {
    return [
      sql`(pairs.first_id, pairs.second_id) IN (
            SELECT least(id, merged_into_id), greatest(id, merged_into_id) FROM customers WHERE merged_into_id IS NOT NULL)`,
    ];
  }
  return [sql`pairs.state = ${state}`, ...customersOfPair.map(isLive)];
}

/** Asked this way round because few customers are deleted. */
const isLive = (id: Sql): Sql =>
  sql`NOT EXISTS (SELECT FROM customers WHERE customers.id = ${id} AND customers.deleted_at IS NOT NULL)`;

/** Both customers lie within the permission; whoever may merge all customers needs no look at them. */
function scopeConditions(viewer: Viewer): Sql[] {
  const permissions = ['customers:read', 'customers:merge'] as const;
  if (permissions.every((permission) => scopeOf(viewer, permission) === 'all')) return [];
  const scope = allOf(permissions.map((permission) => customerScope(viewer, permission)));
  return customersOfPair.map(
    (id) => sql`EXISTS (SELECT FROM customers WHERE customers.id = ${id} AND ${scope})`,
  );
}

/** From the customers found to their pairs, each by its own index. */
function hasMatch({ deps }: ViewerContext, text: string): Sql {
  const match = customerMatches(deps.cipher, text);
  const pairsBy = (id: Sql): Sql => sql`
    SELECT matching.id FROM customers JOIN duplicate_pairs AS matching ON matching.${id} = customers.id WHERE ${match}`;
  return sql`pairs.id IN (${pairsBy(sql`first_id`)} UNION ALL ${pairsBy(sql`second_id`)})`;
}

const PairRecord = z.object({
  id: z.string(),
  first_id: z.string(),
  second_id: z.string(),
  second_no: z.string(),
  reasons: PairReasons,
  state: z.enum(['open', 'dismissed', 'merged']),
  decided_by_name: z.string().nullable(),
  updated_at: z.date(),
});

export type PairRecord = z.infer<typeof PairRecord>;

/**
 * One pair of which the viewer may merge both customers.
 * @throws NotFound when there is none, or one of the two lies outside the scope or was deleted.
 */
export async function findPair(context: ViewerContext, id: string): Promise<PairRecord> {
  const [pair] = await context.deps.database.rows(
    sql`SELECT pairs.id::text, first_id::text, second_id::text,
               (SELECT customer_no FROM customers WHERE customers.id = second_id) AS second_no, reasons, state, users.name AS decided_by_name,
               pairs.updated_at
        FROM duplicate_pairs AS pairs LEFT JOIN users ON users.id = pairs.decided_by_id
        WHERE ${allOf([sql`pairs.id = ${id}::uuid`, ...scopeConditions(context.viewer), ...customersOfPair.map(isLive)])}`,
    PairRecord,
  );
  if (!pair) throw new NotFound('no such pair in scope');
  return pair;
}

const ScanRow = z.object({
  state: z.enum(['queued', 'running', 'done', 'failed']),
  progress_done: z.number(),
  progress_total: z.number(),
  error: z.string().nullable(),
  created_at: z.date(),
  finished_at: z.date().nullable(),
});

export type ScanRow = z.infer<typeof ScanRow>;

/** The latest search for duplicates, under way or over; undefined before the first. */
export async function findLastScan({ deps }: ViewerContext, kind: string): Promise<ScanRow | undefined> {
  const [scan] = await deps.database.rows(
    sql`SELECT state, progress_done, progress_total, error, created_at, finished_at FROM background_tasks
        WHERE kind = ${kind} ORDER BY created_at DESC LIMIT 1`,
    ScanRow,
  );
  return scan;
}
