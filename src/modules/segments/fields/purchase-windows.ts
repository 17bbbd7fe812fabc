import { sql, type Sql } from '../../../core/sql.js';
import { containsText } from '../../admin/filters.js';
import { negated, type InputKind, type RuleOperator } from '../rule-operator.js';
import type { SegmentField } from '../segment-field.js';

/** Purchases of the last days, today and the day so many days ago included. */
const within = (days: string, today: string): Sql =>
  sql`purchases.purchased_on BETWEEN ${today}::date - ${days}::integer AND ${today}::date`;

const ofCustomer = sql`purchases.customer_id = customers.id`;

const added = (aggregate: Sql, days: string, today: string): Sql =>
  sql`(SELECT ${aggregate} FROM purchases WHERE ${ofCustomer} AND ${within(days, today)})`;

/** Compares what was added up; a limit above zero, so that customers without purchases do not reach it. */
const reaching = (name: string, input: InputKind, aggregate: Sql): RuleOperator => ({
  name,
  inputs: ['days', input],
  holds: (_value, [days = '', limit = ''], { today, reach }) =>
    reach === 'some'
      ? sql`${added(aggregate, days, today)} >= ${limit}::numeric`
      : sql`customers.id IN (SELECT purchases.customer_id FROM purchases WHERE ${within(days, today)}
                             GROUP BY purchases.customer_id HAVING ${aggregate} >= ${limit}::numeric)`,
});

const amount = sql`coalesce(sum(purchases.amount), 0)`;
const amountReached = reaching('amountAtLeast', 'price', amount);

/** Refunds count against what was spent. */
export const amountWithin: SegmentField = {
  key: 'amountWithin',
  area: 'purchases',
  label: (t) => t('segments.field.amountWithin'),
  operators: [amountReached, negated('amountBelow', amountReached)],
  value: (today, [days = '0']) => added(amount, days, today),
  shown: 'money',
};

const count = sql`count(*) FILTER (WHERE purchases.amount >= 0)`;
const countReached = reaching('countAtLeast', 'count', count);

/** Refunds are no purchases. */
export const countWithin: SegmentField = {
  key: 'countWithin',
  area: 'purchases',
  label: (t) => t('segments.field.countWithin'),
  operators: [countReached, negated('countBelow', countReached)],
  value: (today, [days = '0']) => added(count, days, today),
  shown: 'number',
};

const boughtItem = (days: string, part: string, today: string): Sql =>
  sql`${within(days, today)} AND purchases.amount >= 0 AND ${containsText(sql`purchases.item`, part)}`;

const bought: RuleOperator = {
  name: 'bought',
  inputs: ['days', 'text'],
  holds: (_value, [days = '', part = ''], { today, reach }) =>
    reach === 'some'
      ? sql`EXISTS (SELECT FROM purchases WHERE ${ofCustomer} AND ${boughtItem(days, part, today)})`
      : sql`customers.id IN (SELECT purchases.customer_id FROM purchases WHERE ${boughtItem(days, part, today)})`,
};

/** Told by the day on which such a thing was bought last. */
export const boughtWithin: SegmentField = {
  key: 'boughtWithin',
  area: 'purchases',
  label: (t) => t('segments.field.boughtWithin'),
  operators: [bought, negated('notBought', bought)],
  value: (today, [days = '0', part = '']) =>
    sql`(SELECT max(purchases.purchased_on) FROM purchases
         WHERE ${ofCustomer} AND ${boughtItem(days, part, today)})`,
  shown: 'day',
};
