import { sql, type Sql } from '../../core/sql.js';
import { dueRange, type DueBucket } from './due-days.js';

/** Day and time of a follow-up as one number, minutes since 2000; without a time it comes first of its day. Indexed. */
export const dueOrder = sql`((follow_ups.due_on - DATE '2000-01-01') * 1440 + coalesce(follow_ups.due_minute, 0))`;

const startOf = (day: string): number => (Date.parse(`${day}T00:00:00Z`) - Date.UTC(2000, 0, 1)) / 60_000;

/** The follow-ups due within a bucket, said so that the index on the order finds them. */
export function dueWithin(bucket: DueBucket, today: string): Sql[] {
  const { from, before } = dueRange(bucket, today);
  return [
    ...(from === null ? [] : [sql`${dueOrder} >= ${startOf(from)}::integer`]),
    ...(before === null ? [] : [sql`${dueOrder} < ${startOf(before)}::integer`]),
  ];
}
