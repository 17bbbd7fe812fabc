import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import type { TestProduct } from '../support/product.js';

export const AuditedRow = z.object({
  action: z.string(),
  table_name: z.string().nullable(),
  operation: z.string(),
  actor_id: z.string().nullable(),
  before: z.looseObject({}).nullable(),
  after: z.looseObject({}).nullable(),
});

/** What the audit log holds about the request that somebody made last, in the order of the changes. */
export function lastRequestOf(product: TestProduct, actorId: string): Promise<z.infer<typeof AuditedRow>[]> {
  return product.query(
    AuditedRow,
    `SELECT action, table_name, operation, actor_id, before, after FROM audit_log
     WHERE request_id = (SELECT request_id FROM audit_log WHERE actor_id = $1 ORDER BY id DESC LIMIT 1) ORDER BY id`,
    [actorId],
  );
}

/** The sentences of the audit log's page for a query, the newest first. */
export async function auditSentences(reader: TestClient, query: string): Promise<string[]> {
  const page = await reader.page(`/admin/audit-log?${query}`);
  return page('.list a.row-link')
    .toArray()
    .map((link) => page(link).text());
}
