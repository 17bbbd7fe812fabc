import { z } from 'zod';
import type { TestProduct } from './product.js';

/** Rows that a page shows, by its path or the part before the id, where it is not simply the table of that name. */
const rowsBehind: Readonly<Record<string, string>> = {
  '/customers': 'customers WHERE deleted_at IS NULL',
  '/recycle-bin': 'customers WHERE deleted_at IS NOT NULL AND erased_at IS NULL',
  '/recent-actions': 'undoable_actions',
  '/duplicates': 'duplicate_pairs',
  '/bulk-changes': `(SELECT (payload->>'actionId')::uuid AS id FROM background_tasks
                     WHERE kind = 'bulk-changes.run') AS bulk_changes`,
  '/handovers': `(SELECT (payload->>'actionId')::uuid AS id FROM background_tasks
                  WHERE kind = 'handovers.run') AS handovers`,
  '/customers/:id/release': 'customers WHERE deleted_at IS NULL AND owner_id IS NOT NULL',
  '/imports/:id/mapping': `imports WHERE state = 'mapping'`,
  '/admin/outbox': 'outbox_messages',
  '/admin/staff-schedules': 'staff_capacities',
  '/admin/working-calendar-days': 'working_calendar_exceptions',
  '/admin/working-calendars/:id/deletion':
    'working_calendars WHERE NOT is_default AND id NOT IN (SELECT calendar_id FROM deadline_policies)',
  '/admin/deadline-policies/:id/deletion': 'deadline_policies WHERE archived_at IS NOT NULL',
  '/admin/return-visit-plans/:id/deletion':
    'return_visit_plans WHERE id NOT IN (SELECT plan_id FROM return_visits WHERE plan_id IS NOT NULL)',
  '/service-requests': 'service_requests WHERE deleted_at IS NULL',
  '/service-requests/:id/complaint': 'complaints',
  '/return-visits': 'return_visits WHERE outcome IS NULL',
  '/admin/roles/:id/deletion': 'roles WHERE shipped_key IS NULL',
};

/** The addresses of a page with `:id` in its path, for the oldest records that there are, at most `limit`. */
export async function recordAddresses(product: TestProduct, path: string, limit: number): Promise<string[]> {
  const [before = '', ...after] = path.split('/:id');
  const table = before.split('/').at(-1)?.replaceAll('-', '_') ?? '';
  const rows = rowsBehind[path] ?? rowsBehind[before] ?? table;
  const Row = z.object({ id: z.string() });
  const found = await product.query(Row, `SELECT id::text FROM ${rows} ORDER BY id LIMIT ${limit}`);
  return found.map(({ id }) => [before, id].join('/') + after.join(''));
}

/**
 * The address of a page with `:id` in its path, for the oldest record that there is.
 * @throws Error when there is none: `populate` must make one.
 */
export async function recordPath(product: TestProduct, path: string): Promise<string> {
  const [address] = await recordAddresses(product, path, 1);
  if (address === undefined) throw new Error(`there is no record for ${path}`);
  return address;
}
