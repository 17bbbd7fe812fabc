import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { rawSql, sql } from '../../core/sql.js';
import { countBuckets, listDueFollowUps, type DueFollowUp } from '../follow-ups/follow-up-list.queries.js';
import type { DueBucket } from '../follow-ups/due-days.js';
import { customerScope } from '../customers/customers.scope.js';
import { homeRequestsColumn, HomeRequests } from './home-requests.queries.js';

const HomeNumbers = z.object({
  own_customers: z.number(),
  new_customers: z.number(),
  requests: HomeRequests,
});

export type HomeNumbers = z.infer<typeof HomeNumbers>;

export interface OwnFollowUps {
  /** Open ones by when they are due, each counted up to the cap of the list. */
  readonly counts: ReadonlyMap<DueBucket, number>;
  /** The first of those that are due. */
  readonly due: readonly DueFollowUp[];
}

const dueShown = 8;

/** What the viewer has to do, for the start page. */
export async function readOwnFollowUps(context: ViewerContext): Promise<OwnFollowUps> {
  const [counts, due] = await Promise.all([countBuckets(context, {}), listDueFollowUps(context, dueShown)]);
  return { counts, due };
}

/** Customers and requests of the start page in one statement; customers are counted up to 10,000 and one. */
export async function readNumbers(context: ViewerContext): Promise<HomeNumbers> {
  const visible = sql`${customerScope(context.viewer)} AND customers.deleted_at IS NULL`;
  const [numbers] = await context.deps.database.preparedRows(
    sql`SELECT
      (SELECT count(*)::integer FROM (SELECT FROM customers
         WHERE ${visible} AND customers.owner_id = ${context.viewer.id}::uuid LIMIT 10001) AS own) AS own_customers,
      (SELECT count(*)::integer FROM (SELECT FROM customers
         WHERE ${visible} AND customers.created_at > now() - interval '7 days' LIMIT 10001) AS fresh) AS new_customers,
      ${homeRequestsColumn(context)} AS requests`,
    HomeNumbers,
  );
  if (!numbers) throw new Error('the statement always gives one row');
  return numbers;
}

const TouchedCustomer = z.object({ id: z.string(), name: z.string(), customer_no: z.string(), at: z.date() });

export type TouchedCustomer = z.infer<typeof TouchedCustomer>;

/** So many of the viewer's last changes are looked through: whoever imported requests has made a million others since. */
const changesLookedThrough = 2_000;

/** The customers that the viewer changed last and may still see: at most ten. */
export function listTouchedCustomers(context: ViewerContext): Promise<TouchedCustomer[]> {
  return context.deps.database.preparedRows(
    sql`
    SELECT customers.id::text, customers.name, customers.customer_no, touched.at
    FROM (SELECT record_id, max(at) AS at FROM
            (SELECT record_id, at FROM
               (SELECT table_name, record_id, operation, at FROM audit_log WHERE actor_id = ${context.viewer.id}::uuid
                ORDER BY id DESC LIMIT ${rawSql(String(changesLookedThrough))}) AS changes
             WHERE table_name = 'customers' AND operation <> 'event' LIMIT 200) AS last_changes
          GROUP BY record_id) AS touched
    JOIN customers ON customers.id = touched.record_id::uuid
    WHERE customers.deleted_at IS NULL AND ${customerScope(context.viewer)}
    ORDER BY touched.at DESC LIMIT 10`,
    TouchedCustomer,
  );
}
