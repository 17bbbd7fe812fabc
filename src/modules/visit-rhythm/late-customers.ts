import { timeZone } from '../../core/format.js';
import { allOf, emptySql, sql, type Sql } from '../../core/sql.js';
import { savedNumbers, type LateRuleNumbers } from './late-rules.js';

/** Where a customer stands who did not come when expected: to be called, called often enough, or away for too long. */
export const lateGroups = ['late', 'tried', 'gone'] as const;

export type LateGroup = (typeof lateGroups)[number];

/** Days between visits that the expected one was found by. */
const interval = sql`(totals.expected_visit_on - totals.last_purchase_on)`;

/** The morning after the last visit. */
const sinceVisit = sql`(totals.last_purchase_on + 1)::timestamp AT TIME ZONE ${timeZone}`;

const attempts = sql`contact_records
  WHERE contact_records.customer_id = totals.customer_id AND direction = 'out' AND happened_at >= ${sinceVisit}`;

/** A column: how often somebody tried to reach the customer since the day of the last visit. */
export const attemptsColumn = sql`(SELECT count(*)::integer FROM ${attempts})`;

/** True after so many attempts. `mayBe` is true of those at least, and tells of most customers without counting. */
const isTried = ({ maximumAttempts }: LateRuleNumbers, mayBe: Sql): Sql => sql`EXISTS (
  SELECT FROM ${attempts} AND ${mayBe} OFFSET ${maximumAttempts} - 1 LIMIT 1)`;

/** What an index knows of attempts; it may count some of the time before midnight too. */
const mayBeTried = ({ maximumAttempts }: LateRuleNumbers): Sql =>
  sql`totals.visit_attempts > 0 AND totals.visit_attempts >= ${maximumAttempts}`;

/** What the same index is sure of, without a look at the contact records. */
const isSurelyTried = ({ maximumAttempts }: LateRuleNumbers): Sql =>
  sql`totals.visit_attempts_at_least >= ${maximumAttempts}`;

/** Whoever waits for an answer to a complaint is not reminded of the next visit. */
const isComplaining = sql`EXISTS (
  SELECT FROM service_requests JOIN request_types ON request_types.id = service_requests.type_id
  WHERE service_requests.customer_id = totals.customer_id AND behaviour = 'complaint'
    AND service_requests.state_category <> 'done' AND service_requests.deleted_at IS NULL)`;

const isPlanned = (today: string): Sql => sql`EXISTS (
  SELECT FROM follow_ups WHERE follow_ups.customer_id = totals.customer_id AND state = 'open' AND due_on >= ${today}::date)`;

const isRested = (
  today: string,
  { restDays }: LateRuleNumbers,
): Sql => sql`(activities.last_contact_at IS NULL OR activities.last_contact_at <
  (${today}::date - (${restDays} - 1))::timestamp AT TIME ZONE ${timeZone})`;

const isGone = (today: string, { goneIntervals }: LateRuleNumbers): Sql =>
  sql`${today}::date - totals.last_purchase_on > ${interval} * ${goneIntervals}`;

/**
 * What the days of a customer's visits tell of a group, over rows of `customer_purchase_totals` as `totals`. The first one
 * is what the index of expected visits answers, except of those who are found by an index of their own.
 */
const lateByDays = (group: LateGroup, today: string, rules: LateRuleNumbers): Sql[] => [
  sql`totals.expected_visit_on ${group === 'tried' ? sql`+ 0` : emptySql} < ${today}::date - ${rules.toleranceDays}`,
  sql`(${today}::date - totals.expected_visit_on) * 5 > ${interval}`,
  group === 'gone' ? isGone(today, rules) : sql`NOT ${isGone(today, rules)}`,
];

/**
 * The conditions of a group on a day, over rows of `customer_purchase_totals` as `totals`; those who are to be called
 * also over `customer_activities` as `activities`.
 */
export function lateConditions(group: LateGroup, today: string, rules: LateRuleNumbers): Sql[] {
  const isLate = [...lateByDays(group, today, rules), sql`NOT ${isComplaining}`];
  switch (group) {
    case 'late':
      return [
        ...isLate,
        sql`NOT ${isPlanned(today)}`,
        isRested(today, rules),
        sql`NOT ${isTried(rules, sql`activities.last_contact_at >= ${sinceVisit}`)}`,
      ];
    case 'tried':
      return [mayBeTried(rules), ...isLate, sql`(${isSurelyTried(rules)} OR ${isTried(rules, sql`TRUE`)})`];
    case 'gone':
      return isLate;
  }
}

/** Totals of the customers of one owner, which an index holds in the order of expected visits. */
export const isOfOwner = (ownerId: string): Sql => sql`totals.owner_id = ${ownerId}::uuid`;

const newestFirst = (ownerId: string | undefined): Sql => sql`(
  SELECT * FROM customer_purchase_totals AS totals ${ownerId === undefined ? emptySql : sql`WHERE ${isOfOwner(ownerId)}`}
  ORDER BY expected_visit_on DESC, customer_id DESC) AS totals`;

const ofCustomers = sql`JOIN customers ON customers.id = totals.customer_id`;

/** A further table of totals. OFFSET keeps PostgreSQL from reading the activities of all customers, where a thousand are counted. */
export const activitiesByRow = sql`JOIN LATERAL (
  SELECT last_contact_at FROM customer_activities WHERE customer_id = totals.customer_id OFFSET 0) AS activities ON TRUE`;

const customersByRow = sql`JOIN LATERAL (
  SELECT * FROM customers WHERE customers.id = totals.customer_id OFFSET 0) AS customers ON TRUE`;

/**
 * What the conditions of a group are counted over, of one owner where told: those long gone stand first in the index of
 * expected visits, all others last. Those who were called often enough have an index of their own.
 */
export function countedTables(group: LateGroup, ownerId?: string): Sql {
  switch (group) {
    case 'late':
      return sql`${newestFirst(ownerId)} ${ofCustomers} ${activitiesByRow}`;
    case 'tried':
    case 'gone':
      return sql`customer_purchase_totals AS totals ${ofCustomers}`;
  }
}

/**
 * What a page of those who were called often enough is found in, by whoever sees all customers: sorted by a column of their
 * totals, and then asked one by one until the page is full. The candidates are some thousands of entries of an index, which
 * holds these columns; OFFSET keeps PostgreSQL from walking along the order of the list instead, past a million others.
 */
export const triedTables = (
  today: string,
  rules: LateRuleNumbers,
  { column, direction }: { column: Sql; direction: Sql },
): Sql => sql`(
  SELECT * FROM (
    SELECT customer_id, owner_id, customer_created_at, expected_visit_on, last_purchase_on, visit_attempts,
           visit_attempts_at_least
    FROM customer_purchase_totals AS totals
    WHERE ${allOf([mayBeTried(rules), ...lateByDays('tried', today, rules)])} OFFSET 0) AS candidates
  ORDER BY ${column} ${direction}, customer_id ${direction}) AS totals
  ${customersByRow}`;

/**
 * What a page of one owner's is found in, by the index of expected visits: row by row, so that a full page ends the search.
 * PostgreSQL expects a handful of them and would ask all before it sorts.
 */
export const soughtTables = (ownerId: string): Sql => sql`${newestFirst(ownerId)}
  ${customersByRow} ${activitiesByRow}`;

/** Customers of a group by the saved rules, as a condition on rows of `customers`. */
export const isInLateGroup = (group: LateGroup, today: string): Sql => belongingTo(group, today, emptySql);

/**
 * The same for statements that stop at the first rows, as lists do. Those to be called and those gone are many, and a page
 * is full soon when rows are asked one by one; OFFSET keeps PostgreSQL from finding all late customers first. Those
 * who were called often enough are few.
 */
export const isFoundInLateGroup = (group: LateGroup, today: string): Sql =>
  belongingTo(group, today, group === 'tried' ? emptySql : sql`OFFSET 0`);

const belongingTo = (group: LateGroup, today: string, ending: Sql): Sql => sql`EXISTS (
  SELECT FROM customer_purchase_totals AS totals
  JOIN customer_activities AS activities ON activities.customer_id = totals.customer_id
  WHERE totals.customer_id = customers.id AND ${allOf(lateConditions(group, today, savedNumbers))} ${ending})`;
