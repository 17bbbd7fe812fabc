import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { contactChannels } from '../contact-records/contact-choices.js';
import { deadlineKinds } from '../deadlines/deadline-kind.js';
import { entryKinds } from './request.js';

export const requestTimelineSize = 50;

const Entry = z.object({
  kind: z.enum(entryKinds),
  body: z.string(),
  channel: z.enum(contactChannels).nullable(),
});
const Named = z.object({ name: z.string(), shippedKey: z.string().nullable() });
const StateChange = z.object({ from: Named.nullable(), to: Named, reason: z.string().nullable() });
const Assignment = z.object({
  way: z.enum(['byHand', 'taken', 'automatic', 'released', 'absence']),
  assignee: z.string().nullable(),
  reason: z.unknown(),
});
const Notice = z.object({ kind: z.enum(deadlineKinds), stage: z.enum(['warning', 'escalation']) });

/** A request that was merged into this one. */
const Merged = z.object({ number: z.string(), subject: z.string(), description: z.string().nullable() });

const RequestTimelineRow = z.object({
  at: z.date(),
  id: z.string(),
  actor_name: z.string().nullable(),
  entry: Entry.nullable(),
  state_change: StateChange.nullable(),
  assignment: Assignment.nullable(),
  notice: Notice.nullable(),
  changed_columns: z.array(z.string()).nullable(),
  merged: Merged.nullable(),
});

export type RequestTimelineRow = z.infer<typeof RequestTimelineRow>;

/** Columns whose change is worth a line; the rest follows from something that has one. */
const toldColumns = [
  'type_id',
  'category_id',
  'priority',
  'channel',
  'subject',
  'description',
  'served_thing_id',
  'branch_id',
  'team_id',
  'customer_id',
];

/**
 * What happened with a request before a moment, latest first, one more than a page: what was said, states, assignments,
 * missed deadlines, changes, and what was merged into it. Each part reads its own index backwards and stops early.
 */
export function readRequestTimeline(
  { deps }: ViewerContext,
  requestId: string,
  before: Date | undefined,
): Promise<RequestTimelineRow[]> {
  const limit = requestTimelineSize + 1;
  const end = before ?? new Date(8.64e15 / 1_000);
  return deps.database.preparedRows(
    sql`
    SELECT * FROM (
      (SELECT happened_at AS at, entries.id::text, authors.name AS actor_name,
              jsonb_build_object('kind', kind, 'body', body, 'channel', channel) AS entry,
              NULL::jsonb AS state_change, NULL::jsonb AS assignment, NULL::jsonb AS notice, NULL::text[] AS changed_columns,
              NULL::jsonb AS merged
       FROM request_entries AS entries LEFT JOIN users AS authors ON authors.id = author_id
       WHERE request_id = ${requestId}::uuid AND happened_at < ${end}::timestamptz
       ORDER BY happened_at DESC, entries.id DESC LIMIT ${limit})
      UNION ALL
      (SELECT changed_at, changes.id::text, actors.name, NULL,
              jsonb_build_object(
                'from', CASE WHEN from_states.id IS NOT NULL
                        THEN jsonb_build_object('name', from_states.name, 'shippedKey', from_states.shipped_key) END,
                'to', jsonb_build_object('name', to_states.name, 'shippedKey', to_states.shipped_key), 'reason', reason),
              NULL, NULL, NULL, NULL
       FROM request_state_changes AS changes JOIN request_states AS to_states ON to_states.id = to_state_id
       LEFT JOIN request_states AS from_states ON from_states.id = from_state_id
       LEFT JOIN users AS actors ON actors.id = changed_by_id
       WHERE request_id = ${requestId}::uuid AND changed_at < ${end}::timestamptz
       ORDER BY changed_at DESC, changes.id DESC LIMIT ${limit})
      UNION ALL
      (SELECT assigned_at, assignments.id::text, actors.name, NULL, NULL,
              jsonb_build_object('way', way, 'assignee', assignees.name, 'reason', reason), NULL, NULL, NULL
       FROM request_assignments AS assignments LEFT JOIN users AS assignees ON assignees.id = assignee_id
       LEFT JOIN users AS actors ON actors.id = assigned_by_id
       WHERE request_id = ${requestId}::uuid AND assigned_at < ${end}::timestamptz
       ORDER BY assigned_at DESC, assignments.id DESC LIMIT ${limit})
      UNION ALL
      (SELECT created_at, id::text, NULL, NULL, NULL, NULL, jsonb_build_object('kind', kind, 'stage', stage), NULL, NULL
       FROM request_deadline_notices
       WHERE request_id = ${requestId}::uuid AND created_at < ${end}::timestamptz
       ORDER BY created_at DESC, id DESC LIMIT ${limit})
      UNION ALL
      (SELECT at, id::text, actor_name, NULL, NULL, NULL, NULL, changed, NULL FROM (
         SELECT at, id, actor_name,
                ARRAY(SELECT key FROM jsonb_each(after) WHERE key = ANY(${toldColumns}::text[])
                      AND before -> key IS DISTINCT FROM value ORDER BY key) AS changed
         FROM audit_log
         WHERE table_name = 'service_requests' AND record_id = ${requestId} AND operation = 'update' AND at < ${end}::timestamptz
         ORDER BY id DESC LIMIT 200) AS changes
       WHERE changed <> '{}' LIMIT ${limit})
      UNION ALL
      (SELECT merged.deleted_at, merged.id::text, actors.name, NULL, NULL, NULL, NULL, NULL,
              jsonb_build_object('number', request_no, 'subject', subject, 'description', description)
       FROM service_requests AS merged LEFT JOIN users AS actors ON actors.id = deleted_by_id
       WHERE merged_into_id = ${requestId}::uuid AND merged.deleted_at < ${end}::timestamptz
       ORDER BY merged.deleted_at DESC, merged.id DESC LIMIT ${limit})
    ) AS happened
    ORDER BY at DESC, id DESC LIMIT ${limit}`,
    RequestTimelineRow,
  );
}
