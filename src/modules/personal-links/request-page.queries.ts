import { z } from 'zod';
import type { Context } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { personalTokenHash } from './personal-token.js';

/** Words and replies that the page shows, the latest ones. */
const mostEntries = 100;

const RequestPage = z.object({
  link_id: z.string(),
  request_id: z.string(),
  customer_id: z.string(),
  request_no: z.string(),
  subject: z.string(),
  state_category: z.enum(['open', 'waiting', 'done']),
  is_initial: z.boolean(),
  is_cancelled: z.boolean(),
  received_at: z.date(),
  closed_at: z.date().nullable(),
  next_due_at: z.date().nullable(),
  resolution: z.string().nullable(),
  picture_count: z.number(),
  entries: z.array(
    z.object({ kind: z.enum(['reply', 'customerWord']), body: z.string(), at: z.coerce.date() }),
  ),
});

/** A request as its customer may see it: nothing that only staff wrote for each other. */
export type RequestPage = z.infer<typeof RequestPage>;

/**
 * The request behind a link, that which it was merged into included; undefined when the link is unknown, expired or
 * revoked, or request or customer are gone.
 */
export async function findRequestPage(
  { deps }: Pick<Context, 'deps'>,
  token: string,
): Promise<RequestPage | undefined> {
  const [found] = await deps.database.preparedRows(
    sql`
    SELECT personal_links.id::text AS link_id, service_requests.id::text AS request_id, customers.id::text AS customer_id,
           service_requests.request_no, service_requests.subject, service_requests.state_category,
           request_states.is_initial, request_states.shipped_key IS NOT DISTINCT FROM 'cancelled' AS is_cancelled,
           service_requests.received_at, service_requests.closed_at, service_requests.next_due_at,
           service_requests.resolution,
           (SELECT count(*)::integer FROM attachments
            WHERE attachments.request_id = service_requests.id AND deleted_at IS NULL) AS picture_count,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'body', body, 'at', happened_at)
                                      ORDER BY happened_at, id), '[]')
            FROM (SELECT id, kind, body, happened_at FROM request_entries
                  WHERE request_id = service_requests.id AND kind <> 'note'
                  ORDER BY happened_at DESC, id DESC LIMIT ${mostEntries}) AS said) AS entries
    FROM personal_links
    JOIN customers ON customers.id = personal_links.customer_id AND customers.deleted_at IS NULL
    JOIN service_requests AS linked ON linked.id = personal_links.request_id
    JOIN service_requests ON service_requests.id = coalesce(linked.merged_into_id, linked.id)
      AND service_requests.deleted_at IS NULL AND service_requests.customer_id = customers.id
    JOIN request_states ON request_states.id = service_requests.state_id
    WHERE personal_links.token_hash = ${personalTokenHash(token)} AND personal_links.kind = 'request'
      AND personal_links.revoked_at IS NULL AND personal_links.expires_at > ${deps.now()}`,
    RequestPage,
  );
  return found;
}
