import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { stateColors } from '../request-states/request-state.js';
import { requestScope } from '../service-requests/service-requests.scope.js';
import { relationKinds } from './relation-kind.js';

/** Linked requests that the card of a record shows; a page has more of them. */
export const linkedCarded = 10;

/** Linked requests that a page shows. */
export const mostLinked = 200;

const LinkedRequest = z.object({
  id: z.string(),
  kind: z.enum(relationKinds),
  /** Whether the link is said of the request that is looked at, or of the other one. */
  is_from: z.boolean(),
  total: z.number(),
  /** Null outside the viewer's scope. */
  other: z
    .object({
      id: z.string(),
      requestNo: z.string(),
      subject: z.string(),
      assignee: z.string().nullable(),
      state: z.object({ name: z.string(), shippedKey: z.string().nullable(), color: z.enum(stateColors) }),
    })
    .nullable(),
});

/** A link of a request, with what the viewer may know of the request at its other end. */
export type LinkedRequest = z.infer<typeof LinkedRequest>;

/** The latest links of a request to others that are not deleted, each with how many there are in all. */
export const readLinkedRequests = (
  { deps, viewer }: ViewerContext,
  requestId: string,
  limit: number,
): Promise<LinkedRequest[]> =>
  deps.database.preparedRows(
    sql`
    SELECT relations.id::text, kind, from_id = ${requestId}::uuid AS is_from, (count(*) OVER ())::integer AS total,
           CASE WHEN ${requestScope(viewer)} THEN jsonb_build_object(
             'id', service_requests.id, 'requestNo', request_no, 'subject', subject, 'assignee', assignees.name,
             'state', jsonb_build_object('name', states.name, 'shippedKey', states.shipped_key, 'color', states.color)) END AS other
    FROM request_relations AS relations
    JOIN service_requests
      ON service_requests.id = CASE WHEN from_id = ${requestId}::uuid THEN to_id ELSE from_id END
    JOIN request_states AS states ON states.id = service_requests.state_id
    LEFT JOIN users AS assignees ON assignees.id = service_requests.assignee_id
    WHERE (from_id = ${requestId}::uuid OR to_id = ${requestId}::uuid) AND service_requests.deleted_at IS NULL
    ORDER BY relations.created_at DESC, relations.id DESC LIMIT ${limit}`,
    LinkedRequest,
  );
