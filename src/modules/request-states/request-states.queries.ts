import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { readRows, type RowSource } from '../../core/read-rows.js';
import { sql, type Sql } from '../../core/sql.js';
import { cappedCount } from '../service-settings/setting-usage.queries.js';
import { requiredFields, stateCategories, stateColors, transitionPermissions } from './request-state.js';

const RequestState = z.object({
  id: z.string(),
  name: z.string(),
  shippedKey: z.string().nullable(),
  category: z.enum(stateCategories),
  isInitial: z.boolean(),
  color: z.enum(stateColors),
  isArchived: z.boolean(),
  version: z.number(),
});

/** A state of requests. */
export type RequestState = z.infer<typeof RequestState>;

const Transition = z.object({
  fromStateId: z.string(),
  toStateId: z.string(),
  permission: z.enum(transitionPermissions),
  requiredFields: z.array(z.enum(requiredFields)),
  version: z.number(),
});

/** A step from one state to another: who may take it, and what must be filled in. */
export type Transition = z.infer<typeof Transition>;

const columns = sql`id::text, name, shipped_key AS "shippedKey", category, is_initial AS "isInitial", color,
  archived_at IS NOT NULL AS "isArchived", version`;
const inOrder = sql`archived_at IS NOT NULL, position, name`;

export interface Lifecycle {
  /** In their order, those out of use last. */
  readonly states: readonly RequestState[];
  readonly transitions: readonly Transition[];
}

/** The whole lifecycle, in one statement; few enough to be read at once. */
export async function readLifecycle(source: RowSource): Promise<Lifecycle> {
  const [row] = await readRows(
    source,
    sql`SELECT (SELECT coalesce(jsonb_agg(listed), '[]')
                FROM (SELECT ${columns} FROM request_states ORDER BY ${inOrder}) AS listed) AS states,
               (SELECT coalesce(jsonb_agg(listed), '[]')
                FROM (SELECT from_state_id::text AS "fromStateId", to_state_id::text AS "toStateId", permission,
                             required_fields AS "requiredFields", version FROM request_transitions) AS listed) AS transitions`,
    z.object({ states: z.array(RequestState), transitions: z.array(Transition) }),
  );
  return row ?? { states: [], transitions: [] };
}

/** Rows of requests in a state: an index of those in the recycle bin, and one of all others. */
export const requestsIn = (id: Sql): Sql => sql`(
  SELECT FROM service_requests WHERE state_id = ${id} AND deleted_at IS NULL
  UNION ALL SELECT FROM service_requests WHERE state_id = ${id} AND deleted_at IS NOT NULL) AS held`;

/** Rows of the history that led to a state or away from it. */
export const changesOf = (id: Sql): Sql =>
  sql`request_state_changes WHERE from_state_id = ${id} OR to_state_id = ${id}`;

const StateCount = z.object({ id: z.string(), count: z.number() });

/** How many requests are in each state, by its id, without those in the recycle bin; up to one above the cap. */
export async function countRequestsInStates({ deps }: ViewerContext): Promise<ReadonlyMap<string, number>> {
  const inState = sql`service_requests WHERE state_id = request_states.id AND deleted_at IS NULL`;
  const counts = await deps.database.rows(
    sql`SELECT id::text, ${cappedCount(inState)} AS count FROM request_states`,
    StateCount,
  );
  return new Map(counts.map(({ id, count }) => [id, count]));
}

const StateRecord = RequestState.extend({ isUsed: z.boolean() });

/** A state with whether any request is or ever was in it. */
export type StateRecord = z.infer<typeof StateRecord>;

/** @throws NotFound */
export async function findRequestState(source: RowSource, id: string): Promise<StateRecord> {
  const own = sql`request_states.id`;
  const [state] = await readRows(
    source,
    sql`SELECT ${columns}, EXISTS (SELECT FROM ${requestsIn(own)}) OR EXISTS (SELECT FROM ${changesOf(own)}) AS "isUsed"
        FROM request_states WHERE id = ${id}::uuid`,
    StateRecord,
  );
  if (!state) throw new NotFound('no such state of requests');
  return state;
}
