import { timeZone } from '../../core/format.js';
import { allOf, sql, type Sql } from '../../core/sql.js';

/** Where a customer stands who did not come when expected: to be called, called often enough, or away for too long. */
export const lateGroups = ['late', 'tried', 'gone'] as const;

export type LateGroup = (typeof lateGroups)[number];

/**
 * When somebody is late: more than `toleranceDays` and more than a fifth of their interval after the expected visit. Away
 * for more than `goneIntervals` intervals they count as gone. Nobody is called within `restDays` after the last contact,
 * nor more than `maximumAttempts` times for one visit.
 */
export const lateRules = { toleranceDays: 3, goneIntervals: 3, restDays: 14, maximumAttempts: 3 } as const;

/** Days between visits that the expected one was found by. */
const interval = sql`(totals.expected_visit_on - totals.last_purchase_on)`;

/** The morning after the last visit. */
const sinceVisit = sql`(totals.last_purchase_on + 1)::timestamp AT TIME ZONE ${timeZone}`;

const attempts = sql`contact_records
  WHERE contact_records.customer_id = totals.customer_id AND direction = 'out' AND happened_at >= ${sinceVisit}`;

/** A column: how often somebody tried to reach the customer since the day of the last visit. */
export const attemptsColumn = sql`(SELECT count(*)::integer FROM ${attempts})`;

/** The last contact, which is at hand, tells for most customers without counting. */
const isTried = sql`EXISTS (
  SELECT FROM ${attempts} AND activities.last_contact_at >= ${sinceVisit}
  OFFSET ${lateRules.maximumAttempts - 1}::integer LIMIT 1)`;

const isPlanned = (today: string): Sql => sql`EXISTS (
  SELECT FROM follow_ups WHERE follow_ups.customer_id = totals.customer_id AND state = 'open' AND due_on >= ${today}::date)`;

const isRested = (
  today: string,
): Sql => sql`(activities.last_contact_at IS NULL OR activities.last_contact_at <
  (${today}::date - ${lateRules.restDays - 1}::integer)::timestamp AT TIME ZONE ${timeZone})`;

/** True for a late customer who is to be left alone for now. */
const reasonsToWait = (today: string): Sql[] => [isPlanned(today), sql`NOT ${isRested(today)}`];

/**
 * The conditions of a group on a day, over rows of `customer_purchase_totals` as `totals` and `customer_activities` as
 * `activities`. The first one is what the index of expected visits answers.
 */
export function lateConditions(group: LateGroup, today: string): Sql[] {
  const isLate = [
    sql`totals.expected_visit_on < ${today}::date - ${lateRules.toleranceDays}::integer`,
    sql`(${today}::date - totals.expected_visit_on) * 5 > ${interval}`,
  ];
  const isGone = sql`${today}::date - totals.last_purchase_on > ${interval} * ${lateRules.goneIntervals}::integer`;
  switch (group) {
    case 'late':
      return [
        ...isLate,
        sql`NOT ${isGone}`,
        ...reasonsToWait(today).map((reason) => sql`NOT ${reason}`),
        sql`NOT ${isTried}`,
      ];
    case 'tried':
      return [...isLate, sql`NOT ${isGone}`, isTried];
    case 'gone':
      return [...isLate, isGone];
  }
}

/** Customers of a group, as a condition on rows of `customers`. */
export const isInLateGroup = (group: LateGroup, today: string): Sql => sql`EXISTS (
  SELECT FROM customer_purchase_totals AS totals
  JOIN customer_activities AS activities ON activities.customer_id = totals.customer_id
  WHERE totals.customer_id = customers.id AND ${allOf(lateConditions(group, today))})`;
