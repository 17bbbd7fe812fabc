import type { Dependencies, ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { sql } from '../../core/sql.js';
import { requestScope } from '../service-requests/service-requests.scope.js';

/** Notes that the viewer has a request open, and whether they are writing. @throws NotFound outside their scope */
export async function notePresence(
  { deps, viewer }: ViewerContext,
  requestId: string,
  isWriting: boolean,
): Promise<void> {
  const { text, values } = sql`
    INSERT INTO request_viewers (request_id, user_id, seen_at, is_writing)
    SELECT id, ${viewer.id}::uuid, ${deps.now()}::timestamptz, ${isWriting}::boolean FROM service_requests
    WHERE id = ${requestId}::uuid AND deleted_at IS NULL AND ${requestScope(viewer)}
    ON CONFLICT (request_id, user_id) DO UPDATE SET seen_at = excluded.seen_at, is_writing = excluded.is_writing`;
  const { rowCount } = await deps.database.pool.query({ text, values });
  if (rowCount === 0) throw new NotFound('no such request in scope');
}

/** Forgets who had requests open more than a day ago. */
export async function forgetViewers({
  database,
  now,
}: Pick<Dependencies, 'database' | 'now'>): Promise<void> {
  const before = new Date(now().getTime() - 86_400_000);
  await database.pool.query('DELETE FROM request_viewers WHERE seen_at < $1', [before]);
}
