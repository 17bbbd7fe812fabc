import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import { readRows } from '../../core/read-rows.js';
import { joinSql, rawSql, sql, type Sql } from '../../core/sql.js';
import { countRequest, type RequestDeadlines } from './count-request.js';
import { readFacts, type CountingFacts } from './read-facts.js';

/** Requests of one call. */
export const mostRecomputed = 500;

const Held = z.object({ id: z.string(), isNobodys: z.boolean() });

/**
 * Counts the deadlines of requests anew and stores them, in three statements, four when a calendar is not known yet; rows
 * that stay as they are are not written. Call it at the end of the unit of work that changed the requests: it holds them
 * until then. At most 500 ids.
 * @returns those of them that are not done and that nobody has
 * @throws RangeError for more
 */
export async function recomputeDeadlines(
  tx: Transaction,
  requestIds: readonly string[],
  now: Date,
): Promise<string[]> {
  if (requestIds.length > mostRecomputed) throw new RangeError(`${requestIds.length} requests at once`);
  if (requestIds.length === 0) return [];
  // Held in a statement of its own: what is read next is then what the last change has left.
  const held = await readRows(
    tx,
    sql`SELECT id::text, assignee_id IS NULL AND state_category <> 'done' AS "isNobodys" FROM service_requests
        WHERE id = ANY(${[...requestIds]}::uuid[]) ORDER BY id FOR UPDATE`,
    Held,
  );
  await store(tx, await readFacts(tx, requestIds, now));
  return held.filter(({ isNobodys }) => isNobodys).map(({ id }) => id);
}

async function store(tx: Transaction, { rules, requests }: CountingFacts): Promise<void> {
  if (requests.length === 0) return;
  const rows = requests.map((request) => ({ id: request.id, ...columnsOf(countRequest(rules, request)) }));
  await tx.$executeRaw(storing(JSON.stringify(rows)));
}

const columnsOf = ({ counted, policyId, basis }: RequestDeadlines) => ({
  policy_id: policyId,
  deadline_basis: basis,
  first_response_due_at: counted.due.firstResponse,
  update_due_at: counted.due.update,
  resolution_due_at: counted.due.resolution,
  next_due_at: counted.next?.at ?? null,
  next_due_kind: counted.next?.kind ?? null,
  next_warning_at: counted.notices[0]?.at ?? null,
  response_minutes: counted.responseMinutes,
  responded_in_time: counted.respondedInTime,
  resolution_minutes: counted.resolutionMinutes,
  resolved_in_time: counted.resolvedInTime,
});

const columnNames = [
  'policy_id',
  'deadline_basis',
  'first_response_due_at',
  'update_due_at',
  'resolution_due_at',
  'next_due_at',
  'next_due_kind',
  'next_warning_at',
  'response_minutes',
  'responded_in_time',
  'resolution_minutes',
  'resolved_in_time',
] as const satisfies readonly (keyof ReturnType<typeof columnsOf>)[];

const columnList = (table: string): Sql => joinSql(columnNames.map((name) => rawSql(`${table}.${name}`)));

const storing = (rows: string): Sql => sql`
  UPDATE service_requests AS stored
  SET (${joinSql(columnNames.map((name) => rawSql(name)))}) = ROW(${columnList('counted')})
  FROM jsonb_populate_recordset(NULL::service_requests, ${rows}::jsonb) AS counted
  WHERE stored.id = counted.id AND (${columnList('stored')}) IS DISTINCT FROM (${columnList('counted')})`;
