import { z } from 'zod';
import type { Context, ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { listPage, type ListResult } from '../../core/lists/list.js';
import type { ListOrder } from '../../core/lists/page-statement.js';
import { sql } from '../../core/sql.js';
import { containsText } from '../admin/filters.js';
import { customerScope } from '../customers/customers.scope.js';
import { refreshTaskKind } from './refresh-segment.js';
import { RuleTree } from './rules.js';
import { segmentKinds, type SegmentListQuery } from './segments.schemas.js';

export const defaultSegmentOrder: ListOrder<'name'> = { name: 'name', descending: false };

/** When the members were last found, and how many there were; null before the first time. */
const refreshColumns = sql`segment_refreshes.member_count, segment_refreshes.refreshed_at`;

const SegmentListRow = z.object({
  name: z.string(),
  description: z.string().nullable(),
  kind: z.enum(segmentKinds),
  member_count: z.number().nullable(),
  refreshed_at: z.date().nullable(),
});

export type SegmentListRow = z.infer<typeof SegmentListRow>;

/** One page of the segments. */
export function listSegments(
  { deps }: ViewerContext,
  query: SegmentListQuery,
): Promise<ListResult<SegmentListRow>> {
  return listPage(deps.database, {
    select: sql`segments.name, segments.description, segments.kind, ${refreshColumns}`,
    from: sql`segments LEFT JOIN segment_refreshes ON segment_refreshes.segment_id = segments.id`,
    countFrom: sql`segments`,
    id: sql`segments.id`,
    where: [
      sql`segments.deleted_at IS NULL`,
      ...(query.q ? [containsText(sql`segments.name`, query.q)] : []),
    ],
    sort: { expression: sql`segments.name`, type: 'text' },
    descending: query.sort?.descending ?? false,
    cursor: query.after,
    row: SegmentListRow,
  });
}

const taskStates = ['queued', 'running', 'done', 'failed'] as const;

const SegmentRecord = SegmentListRow.extend({
  id: z.string(),
  rules: RuleTree,
  version: z.number(),
  created_by_name: z.string(),
  created_at: z.date(),
  /** Of the latest refresh that was asked for; null before the first. */
  task_state: z.enum(taskStates).nullable(),
});

export type SegmentRecord = z.infer<typeof SegmentRecord>;

/** @throws NotFound */
export async function findSegment({ deps }: Pick<Context, 'deps'>, id: string): Promise<SegmentRecord> {
  const [segment] = await deps.database.preparedRows(
    sql`SELECT segments.id::text, segments.name, segments.description, segments.kind, segments.rules, segments.version,
               segments.created_at, users.name AS created_by_name, ${refreshColumns},
               (SELECT state FROM background_tasks WHERE kind = ${refreshTaskKind}
                  AND payload->>'segmentId' = segments.id::text ORDER BY created_at DESC LIMIT 1) AS task_state
        FROM segments JOIN users ON users.id = segments.created_by_id
        LEFT JOIN segment_refreshes ON segment_refreshes.segment_id = segments.id
        WHERE segments.id = ${id}::uuid AND segments.deleted_at IS NULL`,
    SegmentRecord,
  );
  if (!segment) throw new NotFound('no such segment');
  return segment;
}

/** Members shown on the page of a segment. */
export const membersShown = 20;

const SegmentMember = z.object({
  id: z.string(),
  name: z.string(),
  customer_no: z.string(),
  added_at: z.date(),
});

export type SegmentMember = z.infer<typeof SegmentMember>;

/** The newest customers among the members whom the viewer sees. */
export function listFirstMembers({ deps, viewer }: ViewerContext, id: string): Promise<SegmentMember[]> {
  return deps.database.preparedRows(
    sql`SELECT customers.id::text, customers.name, customers.customer_no, segment_members.added_at
        FROM segment_members JOIN customers ON customers.id = segment_members.customer_id
        WHERE segment_members.segment_id = ${id}::uuid AND customers.deleted_at IS NULL AND ${customerScope(viewer)}
        ORDER BY segment_members.customer_id DESC LIMIT ${membersShown}`,
    SegmentMember,
  );
}
