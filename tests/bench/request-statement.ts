import { timeZone } from '../../src/core/format.js';

/** One of a list's words, the front of it more often. Both are columns. */
const word = (list: string): string =>
  `${list}[1 + floor(cardinality(${list}) * random() * random())::integer]`;

/** So many working minutes of nine hours a day after a moment, as far as days without work do not matter. */
const after = (moment: string, minutes: string): string =>
  `${moment} + (${minutes}) / 540 * interval '1 day' + (${minutes}) % 540 * interval '1 minute'`;

/** One in sixty-seven is open: `open_place` counts them. Those received lately are many, as with a business that grows. */
const drawn = `
  SELECT place, place % 67 = 0 AS is_open, place / 67 AS open_place, random() AS type_chance, random() AS step_chance,
         random() AS staff_chance, random() AS priority_chance, random() AS category_chance, random() AS thing_chance,
         1 + floor(customers.count * power(random(), 1.5))::integer AS customer_place,
         1 + floor(agents.count * random())::integer AS agent_place,
         (today - age - CASE WHEN extract(isodow FROM today - age) = 7 THEN 1 ELSE 0 END
          + interval '9 hours' + random() * interval '9 hours') AT TIME ZONE '${timeZone}' AS received_at
  FROM (SELECT place, (now() AT TIME ZONE '${timeZone}')::date AS today,
               1 + CASE WHEN place % 67 = 0 THEN least(300, floor(-ln(1 - random()) * 5))
                        ELSE floor(1826 * power(random(), 1.3)) END::integer AS age
        FROM generate_series(1, $1::integer) AS place) AS days,
       (SELECT count(*) FROM bench_customers) AS customers, (SELECT count(*) FROM bench_agents) AS agents`;

/** Who asked for what, and who has it. Numbers follow the time; what needs a skill that nobody has is nobody's. */
const known = `
  SELECT drawn.*, row_number() OVER (ORDER BY received_at) AS number, customers.id AS customer_id, customers.team_id,
         customers.branch_id, things.id AS thing_id, types.id AS type_id, types.shipped_key AS type_key,
         CASE WHEN NOT nobodys THEN CASE WHEN staff_chance < 0.7 THEN coalesce(customers.owner_id, agents.id) ELSE agents.id END END AS assignee_id,
         CASE WHEN staff_chance < 0.5 THEN customers.owner_id WHEN staff_chance < 0.9 THEN agents.id END AS created_by_id,
         CASE WHEN nobodys THEN (SELECT id FROM request_categories WHERE skill_id IS NOT NULL)
              WHEN category_chance < 0.9 THEN leaves.ids[1 + floor(cardinality(leaves.ids) * power(category_chance / 0.9, 2))::integer] END AS category_id,
         CASE WHEN priority_chance < 0.03 THEN 4 WHEN types.shipped_key = 'complaint' THEN 3 WHEN priority_chance < 0.15 THEN 3
              WHEN priority_chance < 0.9 THEN 2 ELSE 1 END AS priority,
         CASE WHEN NOT is_open THEN CASE WHEN step_chance < 0.92 THEN 'closed' ELSE 'cancelled' END
              WHEN types.behaviour = 'returnVisit' THEN 'new' WHEN open_place % 4 = 1 THEN 'waiting'
              WHEN nobodys OR received_at > now() - interval '2 days' THEN 'new' ELSE 'inProgress' END AS state_key
  FROM (SELECT *, is_open AND open_place % 25 = 2 AS nobodys FROM (${drawn}) AS drawn) AS drawn
  JOIN bench_customers AS customers ON customers.place = customer_place
  JOIN bench_agents AS agents ON agents.place = agent_place
  JOIN request_types AS types ON types.shipped_key = CASE WHEN nobodys OR type_chance < 0.55 THEN 'consultation'
    WHEN type_chance < 0.77 THEN 'repair' WHEN type_chance < 0.875 THEN 'complaint'
    WHEN type_chance < 0.995 THEN 'returnVisit' ELSE 'recovery' END
  LEFT JOIN (SELECT DISTINCT ON (customer_id) customer_id, id FROM served_things) AS things
    ON things.customer_id = customers.id AND thing_chance < 0.3
  CROSS JOIN (SELECT array_agg(id ORDER BY name) AS ids FROM request_categories WHERE parent_id IN
                (SELECT id FROM request_categories WHERE parent_id IS NOT NULL)) AS leaves`;

/** When it was answered and closed: four in five as the policy says. What is open is counted by the product afterwards. */
const timed = `
  SELECT *, CASE WHEN state_key IN ('closed', 'cancelled') THEN least(${after('received_at', 'resolution_taken')},
                 received_at + (now() - received_at) * (0.2 + 0.8 * step_chance)) END AS closed_at,
         ${after('received_at', 'response_target')} AS response_due_at,
         ${after('received_at', 'resolution_target')} AS resolution_due_at
  FROM (SELECT *, response_taken + ceil(-ln(1 - random()) * 0.5 * coalesce(resolution_target, 1000))::integer AS resolution_taken
        FROM (SELECT known.*, policies.id AS policy_id, policies.basis, policies.first_response_minutes AS response_target,
                     policies.resolution_minutes AS resolution_target,
                     ceil(-ln(1 - random()) * 0.6 * coalesce(policies.first_response_minutes, 100))::integer AS response_taken
              FROM (${known}) AS known
              LEFT JOIN bench_policies AS policies ON known.type_key <> 'returnVisit' AND policies.name =
                CASE WHEN known.priority = 4 THEN 'Urgent requests' WHEN known.type_key = 'complaint' THEN 'Complaints'
                     ELSE 'Everything else' END) AS taken) AS taken`;

const responded = `
  SELECT *, CASE WHEN state_key IN ('new', 'cancelled') THEN NULL
                 ELSE least(${after('received_at', 'response_taken')}, closed_at, now()) END AS first_responded_at
  FROM (${timed}) AS timed`;

/** So many service requests, $1, with everything that stands in their own row. */
export const requestStatement = `
  INSERT INTO service_requests (id, request_no, type_id, category_id, state_id, state_category, priority, channel, subject,
    description, customer_id, served_thing_id, branch_id, team_id, assignee_id, assigned_at, unassigned_reason, resolution,
    received_at, first_responded_at, customer_waits_since, last_entry_at, closed_at, policy_id, deadline_basis,
    first_response_due_at, resolution_due_at, response_minutes, responded_in_time, resolution_minutes, resolved_in_time,
    created_by_id, deleted_at, created_at, updated_at)
  SELECT uuidv7(received_at - now()),
    'SR-' || to_char(received_at AT TIME ZONE '${timeZone}', 'YYYY') || '-' || lpad(number::text, greatest(6, length(number::text)), '0'),
    type_id, category_id, states.id, states.category, priority,
    (ARRAY['phone', 'wechat', 'in_person', 'online', 'email', 'sms', 'other'])[1 + floor(7 * random() * random())::integer],
    CASE WHEN random() < 0.8 THEN ${word('things')} || ${word('troubles')} ELSE ${word('english_things')} || ' ' || ${word('english_troubles')} END
      || CASE WHEN random() < 0.1 THEN ' 单号 ' || floor(random() * 1000000)::integer ELSE '' END,
    CASE WHEN random() < 0.7 THEN ${word('details')} || ${word('things')} || ${word('troubles')} || '。' || ${word('details')} END,
    customer_id, thing_id, branch_id, team_id, assignee_id, CASE WHEN assignee_id IS NOT NULL THEN received_at END,
    CASE WHEN assignee_id IS NULL THEN '{"key": "nobodyWithSkill", "params": {"skill": "手语"}}'::jsonb END,
    CASE WHEN state_key = 'closed' THEN '已处理，客人满意。' || ${word('details')} END,
    received_at, first_responded_at,
    CASE WHEN state_key = 'inProgress' AND step_chance < 0.6 THEN first_responded_at + (now() - first_responded_at) * step_chance END,
    coalesce(closed_at, first_responded_at, received_at), closed_at,
    CASE WHEN closed_at IS NOT NULL THEN policy_id END, CASE WHEN closed_at IS NOT NULL THEN basis END,
    CASE WHEN closed_at IS NOT NULL THEN response_due_at END, CASE WHEN closed_at IS NOT NULL THEN resolution_due_at END,
    CASE WHEN closed_at IS NOT NULL AND policy_id IS NOT NULL THEN response_taken END,
    CASE WHEN closed_at IS NOT NULL AND policy_id IS NOT NULL THEN coalesce(first_responded_at, closed_at) <= response_due_at END,
    CASE WHEN closed_at IS NOT NULL AND policy_id IS NOT NULL THEN resolution_taken END,
    CASE WHEN closed_at IS NOT NULL AND policy_id IS NOT NULL THEN closed_at <= resolution_due_at END,
    created_by_id, CASE WHEN closed_at IS NOT NULL AND thing_chance > 0.998 THEN now() END, received_at, coalesce(closed_at, received_at)
  FROM (${responded}) AS requests JOIN request_states AS states ON states.shipped_key = state_key, bench_words`;
