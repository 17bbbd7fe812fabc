import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { sql } from '../../core/sql.js';
import { contactChannels } from '../contact-records/contact-choices.js';
import { requestScope } from '../service-requests/service-requests.scope.js';

/** Kinds of entries that may become requests of their own: what the customer said, and notes. */
export const splittableKinds = ['customerWord', 'note'] as const;

const SplitEntry = z.object({
  id: z.string(),
  body: z.string(),
  channel: z.enum(contactChannels),
  request_id: z.string(),
  request_no: z.string(),
  customer_id: z.string(),
  served_thing_id: z.string().nullable(),
  branch_id: z.string().nullable(),
});

/** Words on a request that become a request of their own. */
export type SplitEntry = z.infer<typeof SplitEntry>;

/** @throws NotFound when there are no such words in the viewer's scope, or nobody to open a request for */
export async function findSplitEntry({ deps, viewer }: ViewerContext, entryId: string): Promise<SplitEntry> {
  const [entry] = await deps.database.rows(
    sql`
    SELECT entries.id::text, entries.body, coalesce(entries.channel, service_requests.channel) AS channel,
           service_requests.id::text AS request_id, request_no, customer_id::text, served_thing_id::text, branch_id::text
    FROM request_entries AS entries JOIN service_requests ON service_requests.id = entries.request_id
    WHERE entries.id = ${entryId}::uuid AND entries.kind = ANY(${[...splittableKinds]}::text[])
      AND service_requests.deleted_at IS NULL AND customer_id IS NOT NULL AND ${requestScope(viewer)}`,
    SplitEntry,
  );
  if (!entry) throw new NotFound('no such words in scope');
  return entry;
}
