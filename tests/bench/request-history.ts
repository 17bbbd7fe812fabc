import { timeZone } from '../../src/core/format.js';

/** A statement of filling, under the name with which its time is printed. */
export interface FillStatement {
  readonly name: string;
  readonly text: string;
}

/** The subject of the one request with two hundred entries. */
export const longSubject = '一件说来话长的事';

const stateId = (key: string): string => `(SELECT id FROM request_states WHERE shipped_key = '${key}')`;

/** A fifth of what is finished was in progress before, told by the id. */
const wasInProgress = `(closed_at IS NOT NULL AND first_responded_at IS NOT NULL AND get_byte(uuid_send(id), 15) < 51)`;

const change = (from: string, to: string, toCategory: string, at: string, condition: string): string => `
  INSERT INTO request_state_changes (id, request_id, from_state_id, to_state_id, category, reason, changed_by_id, changed_at, created_at)
  SELECT uuidv7(${at} - now()), id, ${from}, ${to}, ${toCategory}, CASE WHEN ${to} = ${stateId('cancelled')} THEN '客人改了主意' END,
         coalesce(assignee_id, created_by_id), ${at}, ${at}
  FROM service_requests WHERE ${condition}`;

const entry = (kind: string, body: string, at: string, from: string): string => `
  INSERT INTO request_entries (id, request_id, kind, body, channel, author_id, happened_at, created_at, updated_at)
  SELECT uuidv7(${at} - now()), id, '${kind}', ${body}, ${kind === 'note' ? 'NULL' : 'channel'}, assignee_id, ${at}, ${at}, ${at}
  FROM ${from}`;

const detail = `details[1 + floor(cardinality(details) * random() * random())::integer]`;

/** What was said and done about requests, from their rows. Entries: two of a request; state changes: a little more than two. */
export const requestHistory: readonly FillStatement[] = [
  {
    name: 'state changes: begun',
    text: change('NULL', stateId('new'), `'open'`, 'received_at', 'TRUE'),
  },
  {
    name: 'state changes: in progress',
    text: change(
      ...([stateId('new'), stateId('inProgress'), `'open'`, 'first_responded_at'] as const),
      `state_id IN (${stateId('inProgress')}, ${stateId('waiting')}) OR ${wasInProgress}`,
    ),
  },
  {
    name: 'state changes: waiting',
    text: change(
      ...([stateId('inProgress'), stateId('waiting'), `'waiting'`] as const),
      ...([
        `first_responded_at + (now() - first_responded_at) * 0.3`,
        `state_id = ${stateId('waiting')}`,
      ] as const),
    ),
  },
  {
    name: 'state changes: done',
    text: change(
      `CASE WHEN ${wasInProgress} THEN ${stateId('inProgress')} ELSE ${stateId('new')} END`,
      ...(['state_id', `'done'`, 'closed_at', 'closed_at IS NOT NULL'] as const),
    ),
  },
  {
    name: 'assignments',
    text: `
      INSERT INTO request_assignments (id, request_id, assignee_id, way, reason, assigned_by_id, assigned_at, created_at)
      SELECT uuidv7(assigned_at - now()), id, assignee_id, way, CASE WHEN way = 'automatic' THEN '{"key": "owner", "params": {}}'::jsonb END,
             CASE WHEN way <> 'automatic' THEN assignee_id END, assigned_at, assigned_at
      FROM (SELECT *, (ARRAY['automatic', 'taken', 'byHand'])[1 + floor(random() * 3)] AS way
            FROM service_requests WHERE assignee_id IS NOT NULL) AS assigned`,
  },
  {
    name: 'entries: first answers',
    text: entry(
      ...(['reply', `'您好，已收到。' || ${detail}`, 'first_responded_at'] as const),
      'service_requests, bench_words WHERE first_responded_at IS NOT NULL',
    ),
  },
  {
    name: 'entries: words that wait for an answer',
    text: entry(
      ...(['customerWord', `'请问有进展吗？' || ${detail}`, 'customer_waits_since'] as const),
      'service_requests, bench_words WHERE customer_waits_since IS NOT NULL',
    ),
  },
  {
    name: 'entries: notes',
    text: entry(
      ...(['note', detail, 'happened_at'] as const),
      `(SELECT requests.*, received_at + (coalesce(closed_at, now()) - received_at) * random() AS happened_at
        FROM (SELECT *, least(12, floor(-ln(1 - random()) * 1.5))::integer AS notes FROM service_requests) AS requests,
             generate_series(1, notes)) AS noted, bench_words`,
    ),
  },
  {
    name: 'one with two hundred entries',
    text: `
      WITH told AS (
        UPDATE service_requests SET subject = '${longSubject}'
        WHERE id = (SELECT id FROM service_requests WHERE closed_at IS NOT NULL AND deleted_at IS NULL
                      AND first_responded_at IS NOT NULL ORDER BY request_no DESC LIMIT 1)
        RETURNING *)
      ${entry('note', detail, 'received_at', 'told, bench_words, generate_series(1, 200)')}`,
  },
  {
    name: 'complaints',
    text: `
      INSERT INTO complaints (id, cause_id, responsibility, responsible_id, remedy, cost)
      SELECT id, CASE WHEN is_done THEN causes.ids[1 + floor(cardinality(causes.ids) * random())::integer] END,
             CASE WHEN is_done THEN (ARRAY['staff', 'process', 'product', 'supplier', 'customer', 'nobody'])[1 + floor(6 * random())::integer] END,
             CASE WHEN is_done AND random() < 0.5 THEN assignee_id END, CASE WHEN is_done THEN '致歉并重新服务' END,
             CASE WHEN is_done THEN floor(random() * random() * 500) END
      FROM (SELECT id, assignee_id, state_category = 'done' AS is_done FROM service_requests
            WHERE type_id = (SELECT id FROM request_types WHERE shipped_key = 'complaint')) AS requests,
           (SELECT array_agg(id) AS ids FROM complaint_causes WHERE parent_id IS NOT NULL) AS causes`,
  },
  {
    name: 'return visits',
    text: `
      INSERT INTO return_visits (id, plan_id, window_from, window_to, attempts, next_attempt_on, reactivated_at, outcome)
      SELECT requests.id, plan.id, day + 3, day + 5, attempts, day + 3 + 2 * attempts,
             CASE WHEN closed_at IS NULL AND day < current_date - 10 THEN now() END,
             CASE WHEN closed_at IS NOT NULL THEN (ARRAY['kept', 'kept', 'missed', 'declined'])[1 + floor(4 * random())::integer] END
      FROM (SELECT id, closed_at, (received_at AT TIME ZONE '${timeZone}')::date AS day, floor(3 * random())::integer AS attempts
            FROM service_requests WHERE type_id = (SELECT id FROM request_types WHERE shipped_key = 'returnVisit')) AS requests,
           (SELECT id FROM return_visit_plans WHERE trigger = 'afterClosing' LIMIT 1) AS plan`,
  },
  {
    name: 'surveys',
    text: `
      INSERT INTO surveys (id, request_id, customer_id, staff_id, staff_name, closed_at, locale, token_hash, sent_by, expires_at,
                           answered_at, service_score, staff_score, reasons, comment, created_at, updated_at)
      SELECT uuidv7(closed_at - now()), requests.id, customer_id, assignee_id, users.name, closed_at, 'zh-CN',
             encode(sha256(requests.id::text::bytea), 'hex'), 'email', closed_at + interval '14 days',
             answered_at, score, CASE WHEN answered_at IS NOT NULL THEN greatest(1, score - (random() < 0.2)::integer) END,
             CASE WHEN score <= 2 THEN ARRAY['waiting'] WHEN score >= 4 THEN ARRAY['friendly'] ELSE '{}' END,
             CASE WHEN score IS NOT NULL AND random() < 0.3 THEN '下次还来' END, closed_at, coalesce(answered_at, closed_at)
      FROM (SELECT *, CASE WHEN answered_at IS NOT NULL THEN 5 - floor(5 * power(random(), 3))::integer END AS score
            FROM (SELECT requests.*, CASE WHEN random() < 0.6 THEN closed_at + (now() - closed_at) * least(1, random() * 0.001) END AS answered_at
                  FROM service_requests AS requests JOIN request_types AS types ON types.id = type_id AND is_surveyed
                  WHERE state_id = ${stateId('closed')} AND random() < 0.15) AS asked) AS requests
      LEFT JOIN users ON users.id = assignee_id`,
  },
  {
    name: 'recurring requests',
    text: `
      INSERT INTO recurring_requests (id, customer_id, type_id, subject, unit, every, starts_on, next_on, lead_days)
      SELECT uuidv7(), id, (SELECT id FROM request_types WHERE shipped_key = 'consultation'), '季度护理方案回顾', 'month',
             1 + place % 3, current_date + place % 60 + 1, current_date + place % 60 + 1, 3
      FROM bench_customers WHERE place <= 50`,
  },
];
