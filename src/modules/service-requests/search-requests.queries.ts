import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { stateColors } from '../request-states/request-state.js';
import { holdsTextOrNumber, subjectOrNumberHits } from './request-search.js';
import { gatherHits } from './resolve-request-query.js';
import { requestScope } from './service-requests.scope.js';

/** Requests that a search for everything shows; the list has all of them. */
export const requestsFound = 8;

const FoundRequest = z.object({
  id: z.string(),
  request_no: z.string(),
  subject: z.string(),
  state: z.object({ name: z.string(), shippedKey: z.string().nullable(), color: z.enum(stateColors) }),
  customer_name: z.string().nullable(),
  received_at: z.date(),
});

/** A request as a search for everything finds it. */
export type FoundRequest = z.infer<typeof FoundRequest>;

/** The latest requests that a typed text means, by number or subject, one more than are shown. */
export async function searchRequests(context: ViewerContext, text: string): Promise<FoundRequest[]> {
  const { deps, viewer } = context;
  const hits = await gatherHits(context, text, subjectOrNumberHits(text));
  if (hits.length === 0) return [];
  const isHit =
    hits === 'many' ? holdsTextOrNumber(text) : sql`service_requests.id = ANY(${[...hits]}::uuid[])`;
  return deps.database.rows(
    sql`
    SELECT service_requests.id::text, request_no, subject, customers.name AS customer_name, received_at,
           jsonb_build_object('name', states.name, 'shippedKey', states.shipped_key, 'color', states.color) AS state
    FROM service_requests
    JOIN request_states AS states ON states.id = service_requests.state_id
    LEFT JOIN customers ON customers.id = service_requests.customer_id
    WHERE ${isHit} AND service_requests.deleted_at IS NULL AND ${requestScope(viewer)}
    ORDER BY received_at DESC, service_requests.id DESC LIMIT ${requestsFound + 1}`,
    FoundRequest,
  );
}
