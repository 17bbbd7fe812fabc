import { timeZone } from '../../../core/format.js';
import { sql, type Sql } from '../../../core/sql.js';
import { numberOperators, yesNoOperators } from '../operators.js';
import { negated, type RuleOperator } from '../rule-operator.js';
import type { SegmentField } from '../segment-field.js';

const isThere = sql`service_requests.deleted_at IS NULL`;
const ofCustomer = sql`service_requests.customer_id = customers.id AND ${isThere}`;

const startOf = (day: Sql): Sql => sql`(${day})::timestamp AT TIME ZONE ${timeZone}`;

/** Received in the last days, today and the day so many days ago included. */
const within = (days: string, today: string): Sql => sql`
  received_at >= ${startOf(sql`${today}::date - ${days}::integer`)} AND received_at < ${startOf(sql`${today}::date + 1`)}`;

const counted = (days: string, today: string): Sql => sql`
  (SELECT count(*)::integer FROM service_requests WHERE ${ofCustomer} AND ${within(days, today)})`;

const countReached: RuleOperator = {
  name: 'countAtLeast',
  inputs: ['days', 'count'],
  holds: (_value, [days = '', limit = ''], { today, reach }) =>
    reach === 'some'
      ? sql`${counted(days, today)} >= ${limit}::integer`
      : sql`customers.id IN (SELECT customer_id FROM service_requests
                             WHERE ${isThere} AND customer_id IS NOT NULL AND ${within(days, today)}
                             GROUP BY customer_id HAVING count(*) >= ${limit}::integer)`,
};

/** What the customer asked and complained about, and how content they were. */
export const requestFields: readonly SegmentField[] = [
  {
    key: 'hasOpenRequest',
    area: 'contact',
    label: (t) => t('segments.field.hasOpenRequest'),
    operators: yesNoOperators,
    value: () => sql`EXISTS (SELECT FROM service_requests WHERE ${ofCustomer} AND state_category <> 'done')`,
    shown: 'yesNo',
  },
  {
    key: 'requestsWithin',
    area: 'contact',
    label: (t) => t('segments.field.requestsWithin'),
    operators: [countReached, negated('countBelow', countReached)],
    value: (today, [days = '0']) => counted(days, today),
    shown: 'number',
  },
  {
    key: 'lastScore',
    area: 'contact',
    label: (t) => t('segments.field.lastScore'),
    operators: numberOperators,
    value: () => sql`
      (SELECT service_score FROM surveys WHERE surveys.customer_id = customers.id AND answered_at IS NOT NULL
       ORDER BY answered_at DESC, surveys.id DESC LIMIT 1)`,
    shown: 'number',
  },
];
