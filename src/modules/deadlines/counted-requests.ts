import { z } from 'zod';
import { dayOf } from '../../core/format.js';
import { sql, type Sql } from '../../core/sql.js';
import type { StateChange } from '../../core/working-time/pauses.js';
import { effectiveTierId } from '../tiers/effective-tier.js';
import type { PolicyFacts } from '../deadline-policies/policy-for.js';
import type { CountedRequest, Notice } from './count-deadlines.js';
import { deadlineKinds } from './deadline-kind.js';

const moment = z.string().transform((text) => new Date(text));
const category = z.enum(['open', 'waiting', 'done']);

/** A request as its deadlines are counted from it. */
export const StoredRequest = z
  .object({
    id: z.string(),
    facts: z.object({ typeId: z.string(), priority: z.number(), tierId: z.string().nullable() }),
    request: z.object({
      receivedAt: moment,
      firstRespondedAt: moment.nullable(),
      customerWaitsSince: moment.nullable(),
      closedAt: moment.nullable(),
      stateCategory: category,
    }),
    history: z.array(z.object({ at: moment, category })),
    given: z.array(
      z.object({ kind: z.enum(deadlineKinds), stage: z.enum(['warning', 'escalation']), deadline: moment }),
    ),
  })
  .readonly();

export interface StoredRequest {
  readonly id: string;
  readonly facts: PolicyFacts;
  readonly request: CountedRequest;
  readonly history: readonly StateChange[];
  /** Notices that were given. */
  readonly given: readonly Notice[];
}

/**
 * A JSON column of a SELECT from `service_requests`: `StoredRequest`. The history is that of the request itself, in the
 * order in which it happened.
 */
export const countedRequestColumn = (now: Date): Sql => sql`jsonb_build_object(
  'id', service_requests.id,
  'facts', jsonb_build_object('typeId', type_id, 'priority', priority, 'tierId', (
    SELECT ${effectiveTierId(dayOf(now))} FROM customer_tiers WHERE customer_tiers.id = service_requests.customer_id)),
  'request', jsonb_build_object('receivedAt', received_at, 'firstRespondedAt', first_responded_at,
    'customerWaitsSince', customer_waits_since, 'closedAt', closed_at, 'stateCategory', state_category),
  'history', (
    SELECT coalesce(jsonb_agg(jsonb_build_object('at', changed_at, 'category', category) ORDER BY changed_at, id), '[]')
    FROM request_state_changes WHERE request_id = service_requests.id),
  'given', (
    SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'stage', stage, 'deadline', deadline)), '[]')
    FROM request_deadline_notices WHERE request_id = service_requests.id))`;

/**
 * Requests that have deadlines counted here: imported ones keep what their file says, return visits have their window, and
 * what is finished keeps what it was judged by.
 */
export const isCounted = sql`(service_requests.source_no IS NULL
  AND NOT EXISTS (SELECT FROM request_types WHERE request_types.id = service_requests.type_id AND behaviour = 'returnVisit')
  AND NOT (service_requests.state_category = 'done' AND service_requests.resolution_minutes IS NOT NULL))`;
