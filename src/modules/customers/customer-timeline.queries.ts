import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { contactChannels, contactDirections, contactOutcomes } from '../contact-records/contact-choices.js';
import { followUpStates } from '../follow-ups/follow-ups.schemas.js';

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

const TimelineRow = z.object({
  kind: z.enum(['purchase', 'contact', 'followUp', 'service', 'change']),
  at: z.date(),
  id: z.string(),
  title: z.string(),
  amount: z.string().nullable(),
  quantity: z.number().nullable(),
  actor_name: z.string().nullable(),
  changed_columns: z.array(z.string()).nullable(),
  contact: TimelineContact.nullable(),
  follow_up: TimelineFollowUp.nullable(),
  service: TimelineService.nullable(),
});

export type TimelineContact = z.infer<typeof TimelineContact>;
export type TimelineFollowUp = z.infer<typeof TimelineFollowUp>;
export type TimelineService = z.infer<typeof TimelineService>;

export type TimelineRow = z.infer<typeof TimelineRow>;

/**
 * What happened with a customer before a moment, latest first: purchases, contacts, follow-ups, services and changes of
 * the record, one more than a page so that the caller knows whether there is more. Each part reads its own index backwards
 * and stops early. A follow-up stands where it was planned until it is finished; one that a contact finished is told there.
 */
export function readTimeline(
  context: ViewerContext,
  customerId: string,
  before: Date | undefined,
): Promise<TimelineRow[]> {
  const limit = timelinePageSize + 1;
  const end = before ?? new Date(8.64e15 / 1_000);
  return context.deps.database.rows(
    sql`
    SELECT * FROM (
      (SELECT 'purchase' AS kind, purchased_on::timestamp AT TIME ZONE 'UTC' AS at, id::text, coalesce(item, '') AS title,
              amount, quantity, NULL AS actor_name, NULL::text[] AS changed_columns,
              NULL::jsonb AS contact, NULL::jsonb AS follow_up, NULL::jsonb AS service
       FROM purchases
       WHERE customer_id = ${customerId}::uuid AND purchased_on < (${end}::timestamptz AT TIME ZONE 'UTC')
       ORDER BY purchased_on DESC, id DESC LIMIT ${limit})
      UNION ALL
      (SELECT 'contact', happened_at, contact_records.id::text, '', NULL, NULL, staff.name, NULL,
              jsonb_build_object(
                'channel', channel, 'direction', direction, 'outcome', outcome, 'summary', left(summary, ${summaryShown + 1}::integer),
                'finished', ARRAY(SELECT action FROM follow_ups WHERE contact_record_id = contact_records.id ORDER BY id)),
              NULL, NULL
       FROM contact_records LEFT JOIN users AS staff ON staff.id = contact_records.staff_id
       WHERE customer_id = ${customerId}::uuid AND happened_at < ${end}::timestamptz
       ORDER BY happened_at DESC, contact_records.id DESC LIMIT ${limit})
      UNION ALL
      (SELECT 'followUp', coalesce(finished_at, follow_ups.created_at), follow_ups.id::text, '', NULL, NULL, follow_up_owners.name, NULL,
              NULL, jsonb_build_object('action', action, 'state', state, 'due_on', due_on, 'reason', reason), NULL
       FROM follow_ups JOIN users AS follow_up_owners ON follow_up_owners.id = follow_ups.owner_id
       WHERE customer_id = ${customerId}::uuid AND (state <> 'done' OR contact_record_id IS NULL)
         AND coalesce(finished_at, follow_ups.created_at) < ${end}::timestamptz
       ORDER BY coalesce(finished_at, follow_ups.created_at) DESC, follow_ups.id DESC LIMIT ${limit})
      UNION ALL
      (SELECT 'service', served_on::timestamp AT TIME ZONE 'UTC', services.id::text, '', NULL, NULL, staff.name, NULL, NULL, NULL,
              jsonb_build_object('thing_id', things.id, 'thing', things.name, 'work', work)
       FROM served_things AS things JOIN served_thing_services AS services ON services.thing_id = things.id
       LEFT JOIN users AS staff ON staff.id = services.staff_id
       WHERE things.customer_id = ${customerId}::uuid AND served_on < (${end}::timestamptz AT TIME ZONE 'UTC')
       ORDER BY served_on DESC, services.id DESC LIMIT ${limit})
      UNION ALL
      (SELECT 'change', at, id::text, action, NULL, NULL, actor_name,
              ARRAY(SELECT key FROM jsonb_each(after) WHERE before -> key IS DISTINCT FROM value ORDER BY key), NULL, NULL, NULL
       FROM audit_log
       WHERE table_name = 'customers' AND record_id = ${customerId} AND operation <> 'event' AND at < ${end}::timestamptz
       ORDER BY id DESC LIMIT ${limit})
    ) AS happened
    ORDER BY at DESC, id DESC LIMIT ${limit}`,
    TimelineRow,
  );
}
