import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { contactChannels, contactDirections, contactOutcomes } from '../contact-records/contact-choices.js';
import { followUpStates } from '../follow-ups/follow-ups.schemas.js';
import { requestScope } from '../service-requests/service-requests.scope.js';

export const timelinePageSize = 30;

/** Characters of a contact's text that the stream shows. */
export const summaryShown = 500;

const TimelineContact = z.object({
  channel: z.enum(contactChannels),
  direction: z.enum(contactDirections),
  outcome: z.enum(contactOutcomes),
  summary: z.string(),
  /** What the follow-ups asked for that the contact finished. */
  finished: z.array(z.string()),
});

const TimelineFollowUp = z.object({
  action: z.string(),
  state: z.enum(followUpStates),
  due_on: z.string(),
  reason: z.string().nullable(),
});

const TimelineService = z.object({ thing_id: z.string(), thing: z.string(), work: z.string() });

const TimelineRequest = z.object({
  number: z.string(),
  subject: z.string(),
  state: z.object({ name: z.string(), shippedKey: z.string().nullable() }),
});

const TimelinePurchase = z.object({
  item: z.string().nullable(),
  amount: z.string(),
  quantity: z.number(),
  purchase_no: z.string().nullable(),
  branch: z.string().nullable(),
});

const TimelineRow = z.object({
  at: z.date(),
  id: z.string(),
  actor_name: z.string().nullable(),
  changed_columns: z.array(z.string()).nullable(),
  purchase: TimelinePurchase.nullable(),
  contact: TimelineContact.nullable(),
  follow_up: TimelineFollowUp.nullable(),
  service: TimelineService.nullable(),
  sealed_file_name: z.string().nullable(),
  request: TimelineRequest.nullable(),
});

export type TimelinePurchase = z.infer<typeof TimelinePurchase>;
export type TimelineContact = z.infer<typeof TimelineContact>;
export type TimelineFollowUp = z.infer<typeof TimelineFollowUp>;
export type TimelineRequest = z.infer<typeof TimelineRequest>;
export type TimelineService = z.infer<typeof TimelineService>;

export type TimelineRow = z.infer<typeof TimelineRow>;

/**
 * What happened with a customer before a moment, latest first: purchases, contacts, follow-ups, services, requests, files and
 * changes of the record, one more than a page so that the caller knows whether there is more. Each part reads its own index backwards
 * and stops early. A follow-up stands where it was planned until it is finished; one that a contact finished is told there.
 */
export function readTimeline(
  context: ViewerContext,
  customerId: string,
  before: Date | undefined,
): Promise<TimelineRow[]> {
  const limit = timelinePageSize + 1;
  const end = before ?? new Date(8.64e15 / 1_000);
  return context.deps.database.preparedRows(
    sql`
    SELECT * FROM (
      (SELECT purchased_on::timestamp AT TIME ZONE 'UTC' AS at, purchases.id::text, staff.name AS actor_name,
              NULL::text[] AS changed_columns,
              jsonb_build_object('item', item, 'amount', amount::text, 'quantity', quantity, 'purchase_no', purchase_no,
                                 'branch', branches.name) AS purchase,
              NULL::jsonb AS contact, NULL::jsonb AS follow_up, NULL::jsonb AS service, NULL AS sealed_file_name,
              NULL::jsonb AS request
       FROM purchases LEFT JOIN users AS staff ON staff.id = purchases.staff_id
       LEFT JOIN branches ON branches.id = purchases.branch_id
       WHERE customer_id = ${customerId}::uuid AND purchased_on < (${end}::timestamptz AT TIME ZONE 'UTC')
       ORDER BY purchased_on DESC, purchases.id DESC LIMIT ${limit})
      UNION ALL
      (SELECT happened_at, contact_records.id::text, staff.name, NULL, NULL,
              jsonb_build_object(
                'channel', channel, 'direction', direction, 'outcome', outcome, 'summary', left(summary, ${summaryShown + 1}::integer),
                'finished', ARRAY(SELECT action FROM follow_ups WHERE contact_record_id = contact_records.id ORDER BY id)),
              NULL, NULL, NULL, NULL
       FROM contact_records LEFT JOIN users AS staff ON staff.id = contact_records.staff_id
       WHERE customer_id = ${customerId}::uuid AND happened_at < ${end}::timestamptz
       ORDER BY happened_at DESC, contact_records.id DESC LIMIT ${limit})
      UNION ALL
      (SELECT coalesce(finished_at, follow_ups.created_at), follow_ups.id::text, follow_up_owners.name, NULL, NULL, NULL,
              jsonb_build_object('action', action, 'state', state, 'due_on', due_on, 'reason', reason), NULL, NULL, NULL
       FROM follow_ups JOIN users AS follow_up_owners ON follow_up_owners.id = follow_ups.owner_id
       WHERE customer_id = ${customerId}::uuid AND (state <> 'done' OR contact_record_id IS NULL)
         AND coalesce(finished_at, follow_ups.created_at) < ${end}::timestamptz
       ORDER BY coalesce(finished_at, follow_ups.created_at) DESC, follow_ups.id DESC LIMIT ${limit})
      UNION ALL
      (SELECT served_on::timestamp AT TIME ZONE 'UTC', services.id::text, staff.name, NULL, NULL, NULL, NULL,
              jsonb_build_object('thing_id', things.id, 'thing', things.name, 'work', work), NULL, NULL
       FROM served_things AS things JOIN served_thing_services AS services ON services.thing_id = things.id
       LEFT JOIN users AS staff ON staff.id = services.staff_id
       WHERE things.customer_id = ${customerId}::uuid AND served_on < (${end}::timestamptz AT TIME ZONE 'UTC')
       ORDER BY served_on DESC, services.id DESC LIMIT ${limit})
      UNION ALL
      (SELECT attachments.created_at, attachments.id::text, uploaders.name, NULL, NULL, NULL, NULL, NULL, file_name_encrypted, NULL
       FROM attachments LEFT JOIN users AS uploaders ON uploaders.id = attachments.uploaded_by_id
       WHERE customer_id = ${customerId}::uuid AND attachments.deleted_at IS NULL
         AND attachments.created_at < ${end}::timestamptz
       ORDER BY attachments.created_at DESC, attachments.id DESC LIMIT ${limit})
      UNION ALL
      (SELECT received_at, service_requests.id::text, takers.name, NULL, NULL, NULL, NULL, NULL, NULL,
              jsonb_build_object('number', request_no, 'subject', subject, 'state',
                                 jsonb_build_object('name', states.name, 'shippedKey', states.shipped_key))
       FROM service_requests JOIN request_states AS states ON states.id = service_requests.state_id
       LEFT JOIN users AS takers ON takers.id = service_requests.created_by_id
       WHERE customer_id = ${customerId}::uuid AND service_requests.deleted_at IS NULL
         AND ${requestScope(context.viewer)} AND received_at < ${end}::timestamptz
       ORDER BY received_at DESC, service_requests.id DESC LIMIT ${limit})
      UNION ALL
      (SELECT at, id::text, actor_name,
              ARRAY(SELECT key FROM jsonb_each(after) WHERE before -> key IS DISTINCT FROM value ORDER BY key),
              NULL, NULL, NULL, NULL, NULL, NULL
       FROM audit_log
       WHERE table_name = 'customers' AND record_id = ${customerId} AND operation <> 'event' AND at < ${end}::timestamptz
       ORDER BY id DESC LIMIT ${limit})
    ) AS happened
    ORDER BY at DESC, id DESC LIMIT ${limit}`,
    TimelineRow,
  );
}
