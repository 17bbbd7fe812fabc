import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';

/** Seconds after which somebody who no longer tells that they are there counts as gone. */
export const presenceSeconds = 60;

/** Others that are named at most. */
const mostNamed = 10;

/** Rows of the log that are looked through for who changed the request. */
const mostLooked = 20;

/** Columns whose change makes what is on the screen out of date; the rest follows by itself. */
const toldColumns = [
  'state_id',
  'assignee_id',
  'last_entry_at',
  'subject',
  'description',
  'resolution',
  'priority',
];

const Presence = z.object({
  others: z.array(z.object({ name: z.string(), isWriting: z.boolean() })),
  /** Who changed it since; nobody's name when it was the customer or the product. */
  change: z.object({ by: z.string().nullable() }).nullable(),
});

/** Who else has a request open just now, and whether it was changed since. */
export type Presence = z.infer<typeof Presence>;

/** Who else has a request open, and whether others changed it after the version that the viewer has on the screen. */
export async function readPresence(
  { deps, viewer }: ViewerContext,
  requestId: string,
  version?: number,
): Promise<Presence> {
  const since = new Date(deps.now().getTime() - presenceSeconds * 1_000);
  const [presence] = await deps.database.preparedRows(
    sql`
    SELECT (SELECT coalesce(jsonb_agg(seen), '[]') FROM (
              SELECT users.name, is_writing AS "isWriting" FROM request_viewers JOIN users ON users.id = user_id
              WHERE request_id = ${requestId}::uuid AND user_id <> ${viewer.id}::uuid AND seen_at > ${since}
              ORDER BY users.name LIMIT ${mostNamed}) AS seen) AS others,
           (SELECT jsonb_build_object('by', CASE WHEN actor_id IS NOT NULL THEN actor_name END)
            FROM (SELECT id, actor_id, actor_name, before, after FROM audit_log
                  WHERE table_name = 'service_requests' AND record_id = ${requestId} AND operation = 'update'
                    AND EXISTS (SELECT FROM service_requests
                                WHERE id = ${requestId}::uuid AND service_requests.version > ${version ?? null}::integer)
                  ORDER BY id DESC LIMIT ${mostLooked}) AS latest
            WHERE actor_id IS DISTINCT FROM ${viewer.id}::uuid AND (after ->> 'version')::integer > ${version ?? null}::integer
              AND EXISTS (SELECT FROM unnest(${toldColumns}::text[]) AS told
                          WHERE before -> told IS DISTINCT FROM after -> told)
            ORDER BY id DESC LIMIT 1) AS change`,
    Presence,
  );
  return presence ?? { others: [], change: null };
}
