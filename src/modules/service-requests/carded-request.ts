import { z } from 'zod';
import { rawSql, sql, type Sql } from '../../core/sql.js';
import type { Viewer } from '../../core/viewer.js';
import { deadlineKinds } from '../deadlines/deadline-kind.js';
import { stateCategories, stateColors } from '../request-states/request-state.js';
import { requestScope } from './service-requests.scope.js';

/** Requests that a card shows; the list has all of them. */
export const requestsCarded = 8;

const moment = z.string().transform((text) => new Date(text));

export const CardedRequest = z.object({
  id: z.string(),
  request_no: z.string(),
  subject: z.string(),
  state: z.object({ name: z.string(), shippedKey: z.string().nullable(), color: z.enum(stateColors) }),
  state_category: z.enum(stateCategories),
  received_at: moment,
  next_due_at: moment.nullable(),
  next_due_kind: z.enum(deadlineKinds).nullable(),
  resolved_in_time: z.boolean().nullable(),
});

/** A request as the record of its customer or thing, or the first page, shows it. */
export type CardedRequest = z.infer<typeof CardedRequest>;

/** A column of a SELECT: some requests that the viewer may read, as JSON in their order. */
export const cardedRequests = (viewer: Viewer, where: Sql, order: Sql): Sql => sql`(
  SELECT coalesce(jsonb_agg(found), '[]'::jsonb) FROM (
    SELECT service_requests.id, request_no, subject, service_requests.state_category, received_at,
           next_due_at, next_due_kind, resolved_in_time,
           jsonb_build_object('name', states.name, 'shippedKey', states.shipped_key, 'color', states.color) AS state
    FROM service_requests JOIN request_states AS states ON states.id = service_requests.state_id
    WHERE service_requests.deleted_at IS NULL AND ${requestScope(viewer)} AND ${where}
    ORDER BY ${order} LIMIT ${requestsCarded}) AS found)`;

/** What is due first, as the index of the work orders it. */
export const dueFirst = rawSql(
  `coalesce(service_requests.next_due_at, '9999-12-31 00:00+00'), service_requests.id`,
);

/** A column of a SELECT from `customers`: the open requests, what is due first on top. */
export const customerRequestsColumn = (viewer: Viewer): Sql =>
  cardedRequests(
    viewer,
    sql`service_requests.customer_id = customers.id AND service_requests.state_category <> 'done'`,
    dueFirst,
  );

/** A column of a SELECT from `served_things AS things`: the latest requests. */
export const thingRequestsColumn = (viewer: Viewer): Sql =>
  cardedRequests(
    viewer,
    sql`service_requests.served_thing_id = things.id`,
    sql`service_requests.received_at DESC, service_requests.id DESC`,
  );
