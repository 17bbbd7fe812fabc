import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';

/** Links that a card shows, the latest ones. */
const mostLinks = 20;

const LinkRow = z.object({
  id: z.string(),
  created_at: z.date(),
  expires_at: z.date(),
  revoked_at: z.date().nullable(),
  created_by_name: z.string().nullable(),
});

export type LinkRow = z.infer<typeof LinkRow>;

/** The links to the page of a request or of a customer. Whether the viewer may see that record was asked before. */
export function listLinks(
  { deps }: ViewerContext,
  owner: { readonly requestId: string } | { readonly customerId: string },
): Promise<LinkRow[]> {
  const theirs =
    'requestId' in owner
      ? sql`request_id = ${owner.requestId}::uuid`
      : sql`customer_id = ${owner.customerId}::uuid AND kind = 'customer'`;
  return deps.database.preparedRows(
    sql`SELECT personal_links.id::text, personal_links.created_at, expires_at, revoked_at, users.name AS created_by_name
        FROM personal_links LEFT JOIN users ON users.id = created_by_id
        WHERE ${theirs} ORDER BY personal_links.created_at DESC, personal_links.id DESC LIMIT ${mostLinks}`,
    LinkRow,
  );
}
