import type { Transaction } from '../../core/database.js';
import { sql, type Sql } from '../../core/sql.js';
import { persons, requests, things } from './persons.js';

/** What stands in place of a text that has to be there. */
const blank = '–';

/**
 * Empties all rows of a person of what says who it is: days, amounts, numbers and states stay. The row itself goes last,
 * since the others are found by it. A test fills every column of every table that belongs to a person and looks for it.
 */
export async function blankRows(
  tx: Transaction,
  customerId: string,
  { now, userId }: { readonly now: Date; readonly userId: string },
): Promise<void> {
  for (const statement of [
    ...removals(customerId),
    ...blanks(customerId, now, userId),
    customerItself(customerId, now, userId),
  ])
    await tx.$executeRaw(statement);
}

const removals = (customerId: string): Sql[] => [
  sql`DELETE FROM customer_contact_points WHERE customer_id IN ${persons(customerId)}`,
  sql`DELETE FROM customer_contacts WHERE customer_id IN ${persons(customerId)}`,
  sql`DELETE FROM customer_tags WHERE customer_id IN ${persons(customerId)}`,
  sql`DELETE FROM attachments WHERE customer_id IN ${persons(customerId)}`,
  sql`DELETE FROM request_drafts WHERE request_id IN ${requests(customerId)}`,
  sql`DELETE FROM personal_links WHERE customer_id IN ${persons(customerId)}`,
  sql`DELETE FROM segment_members WHERE customer_id IN ${persons(customerId)}`,
  sql`DELETE FROM duplicate_pairs
      WHERE first_id IN ${persons(customerId)} OR second_id IN ${persons(customerId)}`,
];

const blanks = (customerId: string, now: Date, userId: string): Sql[] => [
  sql`UPDATE contact_records SET summary = ${blank} WHERE customer_id IN ${persons(customerId)}`,
  sql`UPDATE follow_ups
      SET action = ${blank},
          reason = CASE WHEN state = 'open' OR reason IS NOT NULL THEN ${blank} END,
          finished_by_id = CASE WHEN state = 'open' THEN ${userId}::uuid ELSE finished_by_id END,
          finished_at = coalesce(finished_at, ${now}),
          state = CASE WHEN state = 'open' THEN 'cancelled' ELSE state END
      WHERE customer_id IN ${persons(customerId)}`,
  sql`UPDATE purchases SET remark = ${blank} WHERE customer_id IN ${persons(customerId)} AND remark IS NOT NULL`,
  sql`UPDATE service_requests
      SET subject = ${blank}, description = NULL, resolution = NULL, place = NULL, classified_by = NULL,
          unassigned_reason = NULL
      WHERE customer_id IN ${persons(customerId)}`,
  sql`UPDATE request_entries SET body = ${blank} WHERE request_id IN ${requests(customerId)}`,
  sql`UPDATE request_state_changes SET reason = ${blank}
      WHERE request_id IN ${requests(customerId)} AND reason IS NOT NULL`,
  sql`UPDATE complaints SET remedy = NULL, root_cause = NULL WHERE id IN ${requests(customerId)}`,
  sql`UPDATE recurring_requests SET subject = ${blank}, description = NULL, next_on = NULL
      WHERE customer_id IN ${persons(customerId)}`,
  sql`UPDATE surveys SET comment = NULL, revoked_at = coalesce(revoked_at, ${now})
      WHERE customer_id IN ${persons(customerId)}`,
  sql`UPDATE survey_corrections SET comment = NULL
      WHERE survey_id IN (SELECT id FROM surveys WHERE customer_id IN ${persons(customerId)}) AND comment IS NOT NULL`,
  sql`UPDATE customer_tiers SET override_reason = ${blank}
      WHERE id IN ${persons(customerId)} AND override_reason IS NOT NULL`,
  sql`UPDATE served_thing_services SET work = ${blank}, remark = NULL WHERE thing_id IN ${things(customerId)}`,
  sql`UPDATE served_things
      SET name = ${blank}, identifier = NULL, remark = NULL, next_due_on = NULL,
          archived_at = coalesce(archived_at, ${now})
      WHERE customer_id IN ${persons(customerId)}`,
];

const customerItself = (customerId: string, now: Date, userId: string): Sql => sql`
  UPDATE customers
  SET name = customer_no, name_pinyin = lower(customer_no), name_initials = lower(left(customer_no, 1)),
      birth_date = NULL, birth_calendar = 'solar', remark = NULL, habits = NULL, preferences = NULL, needs = NULL,
      custom_values = '{}', phone_encrypted = NULL, phone_hash = NULL, phone_last4_hash = NULL,
      email_encrypted = NULL, email_hash = NULL, wechat_encrypted = NULL, wechat_hash = NULL, address_encrypted = NULL,
      deleted_at = coalesce(deleted_at, ${now}), deleted_by_id = coalesce(deleted_by_id, ${userId}::uuid),
      erased_at = ${now}
  WHERE id IN ${persons(customerId)}`;
