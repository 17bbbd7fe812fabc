import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { emptySql, joinSql, sql, type Sql } from '../../core/sql.js';
import { nameMatches } from '../customers/name-search.js';
import { stateCategories, stateColors } from '../request-states/request-state.js';
import { numberHits } from '../service-requests/request-search.js';
import type { RequestRecord } from '../service-requests/service-requests.queries.js';
import { requestScope } from '../service-requests/service-requests.scope.js';

/** Requests that are offered at once. */
export const mostCandidates = 10;

/** Of each way of finding; more are not looked at. */
const mostFound = 50;

const Candidate = z.object({
  id: z.string(),
  request_no: z.string(),
  subject: z.string(),
  state: z.object({ name: z.string(), shippedKey: z.string().nullable(), color: z.enum(stateColors) }),
  state_category: z.enum(stateCategories),
  customer_name: z.string().nullable(),
  is_same_customer: z.boolean(),
  received_at: z.date(),
});

/** A request that another one may be linked with or merged into. */
export type Candidate = z.infer<typeof Candidate>;

/**
 * Other requests in the viewer's scope: those of the same customer whose subject holds what was typed, and of anybody
 * whose number it is. Nothing typed: all of the customer. Those of the customer first, then what is open, then the latest.
 */
export function findCandidates(
  { deps, viewer }: ViewerContext,
  request: Pick<RequestRecord, 'id' | 'customer'>,
  typed: string | null,
): Promise<Candidate[]> {
  const ways = [
    ...(request.customer ? [ofCustomer(request.customer.id, typed)] : []),
    ...(typed === null ? [] : numberHits(typed).map(withNumber)),
  ];
  if (ways.length === 0) return Promise.resolve([]);
  return deps.database.rows(
    sql`
    WITH found AS MATERIALIZED (${joinSql(ways, ' UNION ')})
    SELECT service_requests.id::text, request_no, subject, service_requests.state_category, received_at,
           jsonb_build_object('name', states.name, 'shippedKey', states.shipped_key, 'color', states.color) AS state,
           customers.name AS customer_name,
           service_requests.customer_id IS NOT DISTINCT FROM ${request.customer?.id ?? null}::uuid AS is_same_customer
    FROM found JOIN service_requests USING (id)
    JOIN request_states AS states ON states.id = service_requests.state_id
    LEFT JOIN customers ON customers.id = service_requests.customer_id
    WHERE service_requests.id <> ${request.id}::uuid AND ${requestScope(viewer)}
    ORDER BY is_same_customer DESC, service_requests.state_category = 'done', received_at DESC, service_requests.id DESC
    LIMIT ${mostCandidates}`,
    Candidate,
  );
}

const ofCustomer = (customerId: string, typed: string | null): Sql => sql`
  (SELECT id FROM service_requests
   WHERE customer_id = ${customerId}::uuid AND deleted_at IS NULL ${typed === null ? emptySql : worded(typed)}
   ORDER BY state_category = 'done', received_at DESC LIMIT ${mostFound})`;

const worded = (typed: string): Sql =>
  sql`AND ${nameMatches(sql`subject`, typed.normalize('NFKC').trim().toLowerCase())}`;

const withNumber = (matches: Sql): Sql => sql`
  (SELECT id FROM service_requests WHERE ${matches} AND deleted_at IS NULL LIMIT ${mostFound})`;
