import { z } from 'zod';
import type { Transaction } from '../../../core/database.js';
import { sql } from '../../../core/sql.js';
import type { Viewer } from '../../../core/viewer.js';
import { customerScope } from '../../customers/customers.scope.js';
import { requestScope } from '../../service-requests/service-requests.scope.js';
import { nameIndex, type NameIndex } from './purchase-references.js';

/** Colleagues by their user name or name, in lower case. */
export async function findColleagues(tx: Transaction, names: readonly string[]): Promise<NameIndex> {
  if (names.length === 0) return new Map();
  const typed = names.map((name) => name.toLowerCase());
  return nameIndex(
    await tx.$queryRaw`
      SELECT DISTINCT users.id::text, typed.name
      FROM unnest(${typed}::text[]) AS typed(name)
      JOIN users ON lower(users.name) = typed.name OR lower(users.username) = typed.name
      WHERE disabled_at IS NULL`,
  );
}

/** Customers that the viewer may see by their names in lower case, up to two of each: more than one is no answer. */
export async function findNamedCustomers(
  tx: Transaction,
  viewer: Viewer,
  names: readonly string[],
): Promise<NameIndex> {
  if (names.length === 0) return new Map();
  const typed = names.map((name) => name.toLowerCase());
  return nameIndex(
    await tx.$queryRaw(sql`
      SELECT named.id::text, typed.name
      FROM unnest(${typed}::text[]) AS typed(name)
      CROSS JOIN LATERAL (
        SELECT customers.id FROM customers
        WHERE lower(customers.name) = typed.name AND deleted_at IS NULL AND ${customerScope(viewer)} LIMIT 2) AS named`),
  );
}

const KnownRequest = z.object({
  id: z.string(),
  source_no: z.string(),
  state_id: z.string(),
  state_category: z.string(),
  closed_at: z.date().nullable(),
  has_deadlines: z.boolean(),
  is_deleted: z.boolean(),
  can_close: z.boolean(),
});

/** A request that an earlier import has stored. */
export type KnownRequest = z.infer<typeof KnownRequest>;

/** Requests by the numbers of the system they came from. The search is not scoped: a number that is taken is taken. */
export async function findKnownRequests(
  tx: Transaction,
  viewer: Viewer,
  sourceNos: readonly string[],
): Promise<ReadonlyMap<string, KnownRequest>> {
  const rows = KnownRequest.array().parse(
    await tx.$queryRaw(sql`
      SELECT id::text, source_no, state_id::text, state_category, closed_at, policy_id IS NOT NULL AS has_deadlines,
             deleted_at IS NOT NULL AS is_deleted,
             coalesce(${requestScope(viewer, 'service-requests:close')}, FALSE) AS can_close
      FROM service_requests WHERE source_no = ANY(${[...sourceNos]}::text[])`),
  );
  return new Map(rows.map((row) => [row.source_no, row]));
}

const State = z.object({
  id: z.string(),
  shipped_key: z.string().nullable(),
  category: z.string(),
  is_initial: z.boolean(),
});

/** The states that imported requests come into. */
export interface ImportStates {
  readonly open: string;
  readonly closed: string;
  readonly cancelled: string;
}

/** Those that the product ships where they are still in use, else the first that is done. */
export async function findImportStates(tx: Transaction): Promise<ImportStates> {
  const states = State.array().parse(
    await tx.$queryRaw`
      SELECT id::text, shipped_key, category, is_initial FROM request_states WHERE archived_at IS NULL ORDER BY position, name`,
  );
  const open = states.find((state) => state.is_initial);
  const done = states.filter(({ category }) => category === 'done');
  const shipped = (key: string) => done.find(({ shipped_key }) => shipped_key === key) ?? done[0];
  const [closed, cancelled] = [shipped('closed'), shipped('cancelled')];
  if (!open || !closed || !cancelled) throw new Error('requests have no state to begin or to end in');
  return { open: open.id, closed: closed.id, cancelled: cancelled.id };
}
