import { sql, type Sql } from '../../core/sql.js';
import { timeZone } from '../../core/format.js';
import { dueRange, type DueBucket } from '../follow-ups/due-days.js';

const activityWhere = (condition: Sql): Sql =>
  sql`EXISTS (SELECT FROM customer_activities WHERE customer_id = customers.id AND ${condition})`;

/** Customers whose next follow-up lies within a bucket of days, or who have none. */
export function plannedWithin(choice: DueBucket | 'none', today: string): Sql {
  if (choice === 'none') return sql`NOT ${activityWhere(sql`next_follow_up_on IS NOT NULL`)}`;
  return activityWhere(nextWithin(choice, today));
}

/** The same over rows of `customer_activities`. */
export function nextWithin(bucket: DueBucket, today: string): Sql {
  const { from, before } = dueRange(bucket, today);
  return sql`(next_follow_up_on >= ${from ?? '-infinity'}::date AND next_follow_up_on < ${before ?? 'infinity'}::date)`;
}

/** Customers with whom nobody was in contact on that day or later; so also those never contacted. */
export const notContactedSince = (day: string): Sql =>
  sql`NOT ${activityWhere(sql`last_contact_at >= ${day}::date::timestamp AT TIME ZONE ${timeZone}`)}`;
