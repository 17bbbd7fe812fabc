import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { lowCountCap } from '../../core/lists/list.js';
import { sql, type Sql } from '../../core/sql.js';
import { CardedRequest, cardedRequests, dueFirst } from '../service-requests/carded-request.js';
import { requestScope } from '../service-requests/service-requests.scope.js';

export const HomeRequests = z.object({
  mine: z.array(CardedRequest),
  late: z.number(),
  unassigned: z.number(),
});

/** The requests on the start page: the viewer's own, what is due first on top, and how many need somebody. */
export type HomeRequests = z.infer<typeof HomeRequests>;

/** A column of a SELECT; each number counts up to one above the low cap of lists. */
export function homeRequestsColumn({ deps, viewer }: ViewerContext): Sql {
  const isOpen = sql`service_requests.state_category <> 'done'`;
  const counted = (where: Sql): Sql => sql`(
    SELECT count(*)::integer FROM (
      SELECT FROM service_requests
      WHERE deleted_at IS NULL AND ${isOpen} AND ${where} AND ${requestScope(viewer)} LIMIT ${lowCountCap + 1}) AS counted)`;
  const isMine = sql`service_requests.assignee_id = ${viewer.id}::uuid AND ${isOpen}`;
  const isLate = sql`coalesce(service_requests.next_due_at, '9999-12-31 00:00+00') < ${deps.now()}`;
  return sql`jsonb_build_object(
    'mine', ${cardedRequests(viewer, isMine, dueFirst)}, 'late', ${counted(isLate)},
    'unassigned', ${counted(sql`service_requests.assignee_id IS NULL`)})`;
}
