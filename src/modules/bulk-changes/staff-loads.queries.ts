import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { sql, type Sql } from '../../core/sql.js';
import { mayWorkRequests, openCountOf } from '../assignment/staff-conditions.js';

const StaffLoad = z.object({
  id: z.string(),
  name: z.string(),
  /** Open requests now; those that wait for the customer do not count. */
  open: z.number(),
  /** Open requests at most; null where nobody said. */
  maximum: z.number().nullable(),
});

export type StaffLoad = z.infer<typeof StaffLoad>;

const userId = sql`users.id`;
const load = sql`users.id::text, users.name, ${openCountOf(userId)} AS open, staff_capacities.maximum_open AS maximum`;
const staff = sql`users LEFT JOIN staff_capacities ON staff_capacities.id = users.id`;

/** Everybody who may be given requests, by name, with how many they have; at most 500. */
export const readStaffLoads = ({ deps }: ViewerContext): Promise<StaffLoad[]> =>
  deps.database.rows(
    sql`SELECT ${load} FROM ${staff} WHERE disabled_at IS NULL AND ${mayWorkRequests(userId)}
        ORDER BY users.name, users.id LIMIT 500`,
    StaffLoad,
  );

const LoadAfter = StaffLoad.extend({ afterwards: z.number() });

/**
 * How many open requests somebody has, and would have with those that come.
 * @param changing the requests that they would be given
 * @throws NotFound when there is no such person
 */
export async function readLoadAfter(
  { deps }: ViewerContext,
  id: string,
  changing: Sql,
): Promise<z.infer<typeof LoadAfter>> {
  const [found] = await deps.database.rows(
    sql`SELECT ${load}, ${openCountOf(userId)} + (SELECT count(*)::integer FROM service_requests
                 WHERE service_requests.state_category = 'open' AND ${changing}) AS afterwards
        FROM ${staff} WHERE users.id = ${id}::uuid`,
    LoadAfter,
  );
  if (!found) throw new NotFound('no such person');
  return found;
}
