import { sql } from '../../core/sql.js';
import { containsText } from '../admin/filters.js';
import { birthdaysWithin } from './birthdays.js';
import { negated, type RuleOperator } from './rule-operator.js';

const isEmpty: RuleOperator = { name: 'isEmpty', inputs: [], holds: (value) => sql`${value} IS NULL` };
const isFilled: RuleOperator = { name: 'isFilled', inputs: [], holds: (value) => sql`${value} IS NOT NULL` };
/** Of values that can be missing. */
export const presence = [isFilled, isEmpty] as const;

const contains: RuleOperator = {
  name: 'contains',
  inputs: ['text'],
  holds: (value, [part = '']) => containsText(value, part),
};

/** Of texts. */
export const textOperators: readonly RuleOperator[] = [
  contains,
  negated('containsNot', contains),
  ...presence,
];

const isOneOf: RuleOperator = {
  name: 'isOneOf',
  inputs: ['choices'],
  holds: (value, chosen) => sql`${value} = ANY(${[...chosen]}::text[])`,
};

/** Of values, as text, that are chosen from a list. */
export const choiceOperators: readonly RuleOperator[] = [isOneOf, negated('isNoneOf', isOneOf), ...presence];

const comparing = (input: 'number' | 'money'): readonly RuleOperator[] => [
  {
    name: 'atLeast',
    inputs: [input],
    holds: (value, [limit = '']) => sql`${value} >= ${limit}::numeric`,
  },
  {
    name: 'atMost',
    inputs: [input],
    holds: (value, [limit = '']) => sql`${value} <= ${limit}::numeric`,
  },
];

/** Of numbers that every customer has, and of those that can be missing. */
export const countOperators = comparing('number');
export const moneyOperators = comparing('money');
export const numberOperators: readonly RuleOperator[] = [...countOperators, ...presence];

/** Of days. Those that count days from today include today and the last day they name. */
export const dateOperators: readonly RuleOperator[] = [
  {
    name: 'moreThanDaysAgo',
    inputs: ['days'],
    holds: (value, [days = ''], { today }) => sql`${value} < ${today}::date - ${days}::integer`,
  },
  {
    name: 'withinLastDays',
    inputs: ['days'],
    holds: (value, [days = ''], { today }) =>
      sql`${value} BETWEEN ${today}::date - ${days}::integer AND ${today}::date`,
  },
  {
    name: 'withinNextDays',
    inputs: ['days'],
    holds: (value, [days = ''], { today }) =>
      sql`${value} BETWEEN ${today}::date AND ${today}::date + ${days}::integer`,
  },
  {
    name: 'moreThanDaysAhead',
    inputs: ['days'],
    holds: (value, [days = ''], { today }) => sql`${value} > ${today}::date + ${days}::integer`,
  },
  { name: 'beforeToday', inputs: [], holds: (value, _values, { today }) => sql`${value} < ${today}::date` },
  {
    name: 'thisMonth',
    inputs: [],
    holds: (value, _values, { today }) =>
      sql`date_trunc('month', ${value}::timestamp) = date_trunc('month', ${today}::timestamp)`,
  },
  { name: 'onOrAfter', inputs: ['date'], holds: (value, [day = '']) => sql`${value} >= ${day}::date` },
  { name: 'onOrBefore', inputs: ['date'], holds: (value, [day = '']) => sql`${value} <= ${day}::date` },
  ...presence,
];

/** Of days of the year, as `mm-dd`. */
export const birthdayOperators: readonly RuleOperator[] = [
  {
    name: 'comesWithinDays',
    inputs: ['days'],
    holds: (value, [days = ''], { today }) =>
      sql`${value} = ANY(${birthdaysWithin(today, Number(days))}::text[])`,
  },
  {
    name: 'inMonth',
    inputs: ['month'],
    holds: (value, [month = '']) => sql`left(${value}, 2) = ${month.padStart(2, '0')}`,
  },
  ...presence,
];

/** Of what is always known to be so or not. */
export const yesNoOperators: readonly RuleOperator[] = [
  { name: 'isYes', inputs: [], holds: (value) => value },
  { name: 'isNo', inputs: [], holds: (value) => sql`NOT ${value}` },
];
