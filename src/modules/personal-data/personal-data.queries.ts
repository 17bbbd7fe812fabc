import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql, type Sql } from '../../core/sql.js';
import { persons } from '../erasures/persons.js';
import { StoredPersonalData } from './personal-data.js';

/**
 * Reads all that is held about a person, and nothing about anybody else but the names of staff, in one statement and so
 * at one moment. Whoever may see it has to be asked before.
 */
export async function readPersonalData({ deps }: ViewerContext, id: string): Promise<StoredPersonalData> {
  const [row] = await deps.database.rows(
    sql`SELECT jsonb_build_object(
      'profiles', ${all(profiles(id), sql`is_main DESC, customer_no`)},
      'custom_fields', ${all(sql`SELECT key, label, position FROM custom_fields`, sql`position, key`)},
      'contact_points', ${all(
        sql`SELECT id, kind, label, value_encrypted FROM customer_contact_points WHERE customer_id IN ${persons(id)}`,
        sql`id`,
      )},
      'contacts', ${all(
        sql`SELECT id, name, position, phone_encrypted, email_encrypted, is_primary, remark FROM customer_contacts
            WHERE customer_id IN ${persons(id)}`,
        sql`is_primary DESC, id`,
      )},
      'purchases', ${all(purchases(id), sql`purchased_on, id`)},
      'contact_records', ${all(
        sql`SELECT contact_records.id, happened_at, channel, direction, outcome, summary, users.name AS staff
            FROM contact_records LEFT JOIN users ON users.id = staff_id WHERE customer_id IN ${persons(id)}`,
        sql`happened_at, id`,
      )},
      'follow_ups', ${all(
        sql`SELECT follow_ups.id, due_on, action, state, reason, users.name AS owner, finished_at
            FROM follow_ups JOIN users ON users.id = owner_id WHERE customer_id IN ${persons(id)}`,
        sql`due_on, id`,
      )},
      'things', ${all(things(id), sql`id`)},
      'service_requests', ${all(serviceRequests(id), sql`received_at, id`)},
      'tags', (SELECT coalesce(jsonb_agg(DISTINCT name), '[]') FROM customer_tags JOIN tags ON tags.id = tag_id
               WHERE customer_id IN ${persons(id)}),
      'segments', (SELECT coalesce(jsonb_agg(DISTINCT name), '[]') FROM segment_members JOIN segments ON segments.id = segment_id
                   WHERE customer_id IN ${persons(id)}),
      'tiers', ${all(
        sql`SELECT ${tierName(sql`calculated_id`)} AS calculated, grace_until, ${tierName(sql`override_id`)} AS set_by_hand,
                   override_reason AS reason, override_until AS until, id
            FROM customer_tiers WHERE id IN ${persons(id)}`,
        sql`id`,
      )},
      'tier_changes', ${all(tierChanges(id), sql`id`)},
      'attachments', ${all(
        sql`SELECT attachments.id, file_name_encrypted, media_type, size, attachments.created_at, users.name AS uploaded_by
            FROM attachments LEFT JOIN users ON users.id = uploaded_by_id
            WHERE customer_id IN ${persons(id)} AND attachments.deleted_at IS NULL`,
        sql`id`,
      )},
      'accesses', ${all(
        sql`SELECT audit_log.id, at, actor_name AS actor, action
            FROM rows_about_person(${id}::uuid) AS about JOIN audit_log ON table_name = of_table AND record_id = of_record
            WHERE operation = 'event'`,
        sql`id`,
      )}) AS data`,
    z.object({ data: StoredPersonalData }),
  );
  if (!row) throw new Error('the statement always gives one row');
  return row.data;
}

/** The rows of a statement as JSON, in an order. */
const all = (rows: Sql, order: Sql): Sql =>
  sql`(SELECT coalesce(jsonb_agg(to_jsonb(found) ORDER BY ${order}), '[]') FROM (${rows}) AS found)`;

const profiles = (id: string): Sql => sql`
  SELECT customers.id, customers.id = ${id}::uuid AS is_main, customer_no, customers.name, kind, gender, birth_date,
         birth_calendar, phone_encrypted, email_encrypted, wechat_encrypted, address_encrypted, city, source,
         first_visit_on, remark, habits, preferences, needs, custom_values, customers.created_at, customers.updated_at,
         customers.deleted_at, owners.name AS owner, teams.name AS team, branches.name AS branch,
         ARRAY(SELECT users.name FROM users WHERE users.id = ANY (collaborator_ids) ORDER BY users.name) AS collaborators
  FROM customers
  LEFT JOIN users AS owners ON owners.id = owner_id
  LEFT JOIN teams ON teams.id = team_id
  LEFT JOIN branches ON branches.id = customers.branch_id
  WHERE customers.id IN ${persons(id)}`;

const purchases = (id: string): Sql => sql`
  SELECT purchases.id, purchase_no, purchased_on, item, quantity, amount::text, remark, users.name AS staff,
         branches.name AS branch
  FROM purchases LEFT JOIN users ON users.id = staff_id LEFT JOIN branches ON branches.id = purchases.branch_id
  WHERE customer_id IN ${persons(id)}`;

const things = (id: string): Sql => sql`
  SELECT things.id, kinds.name AS kind, things.name, identifier, remark, next_due_on,
         ${all(
           sql`SELECT services.id, served_on, work, services.remark, users.name AS staff
               FROM served_thing_services AS services LEFT JOIN users ON users.id = staff_id WHERE thing_id = things.id`,
           sql`served_on, id`,
         )} AS services
  FROM served_things AS things JOIN served_thing_kinds AS kinds ON kinds.id = kind_id
  WHERE customer_id IN ${persons(id)}`;

/** Notes among staff are part of it, as contact records are: what is written about somebody is theirs to know. */
const serviceRequests = (id: string): Sql => sql`
  SELECT service_requests.id, request_no, source_no, types.name AS type, categories.name AS category, states.name AS state,
         service_requests.priority, channel, subject, description, place, resolution, received_at, closed_at,
         assignees.name AS assignee, complaints.responsibility, complaints.remedy, complaints.cost::text, complaints.root_cause,
         ${all(
           sql`SELECT request_entries.id, happened_at, kind, body, users.name AS author
               FROM request_entries LEFT JOIN users ON users.id = author_id WHERE request_id = service_requests.id`,
           sql`happened_at, id`,
         )} AS entries,
         ${all(
           sql`SELECT request_state_changes.id, changed_at, request_states.name AS state, reason
               FROM request_state_changes JOIN request_states ON request_states.id = to_state_id
               WHERE request_id = service_requests.id`,
           sql`changed_at, id`,
         )} AS states,
         ${all(
           sql`SELECT surveys.id, answered_at, service_score, staff_score, comment FROM surveys
               WHERE request_id = service_requests.id AND answered_at IS NOT NULL`,
           sql`answered_at, id`,
         )} AS evaluations
  FROM service_requests
  JOIN request_types AS types ON types.id = service_requests.type_id
  JOIN request_states AS states ON states.id = service_requests.state_id
  LEFT JOIN request_categories AS categories ON categories.id = service_requests.category_id
  LEFT JOIN users AS assignees ON assignees.id = assignee_id
  LEFT JOIN complaints ON complaints.id = service_requests.id
  WHERE customer_id IN ${persons(id)}`;

const tierName = (tierId: Sql): Sql => sql`(SELECT tiers.name FROM tiers WHERE tiers.id = ${tierId})`;

const tierChanges = (id: string): Sql => sql`
  SELECT id, at, actor_name AS actor, ${tierName(sql`(after->>'calculated_id')::uuid`)} AS calculated,
         ${tierName(sql`(after->>'override_id')::uuid`)} AS set_by_hand, after->>'override_reason' AS reason
  FROM audit_log
  WHERE table_name = 'customer_tiers' AND record_id IN (SELECT person.id::text FROM ${persons(id)} AS person)
    AND operation <> 'event'`;
