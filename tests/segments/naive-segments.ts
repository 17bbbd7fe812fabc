import { isGroup, type SegmentCondition, type SegmentGroup } from '../../src/modules/segments/rules.js';

/** A customer as plain data; days are `yyyy-mm-dd`. */
export interface NaiveCustomer {
  readonly name: string;
  readonly gender: string | null;
  readonly city: string | null;
  readonly birthDate: string | null;
  readonly tagIds: readonly string[];
  readonly score: number | null;
  readonly isMember: boolean | null;
  readonly purchases: readonly {
    readonly day: string;
    readonly cents: number;
    readonly item: string | null;
  }[];
  readonly nextFollowUpOn: string | null;
  readonly lastContactOn: string | null;
  readonly firstVisitOn: string | null;
  readonly createdOn: string;
  readonly source: string | null;
  readonly branch: string | null;
  readonly team: string | null;
  readonly owner: string | null;
  readonly tier: {
    readonly calculated: string | null;
    readonly override: string | null;
    readonly until: string;
  };
}

/** The rules told one after the other: a missing value answers "no" to all but "is empty". */
export function naiveFits(customer: NaiveCustomer, group: SegmentGroup, today: string): boolean {
  const answers = group.rules.map((rule) =>
    isGroup(rule) ? naiveFits(customer, rule, today) : naiveHolds(customer, rule, today),
  );
  if (group.match === 'all') return !answers.includes(false);
  return group.match === 'any' ? answers.includes(true) : !answers.includes(true);
}

const negations: Readonly<Record<string, string>> = {
  containsNot: 'contains',
  isNoneOf: 'isOneOf',
  hasNoneOf: 'hasAnyOf',
  amountBelow: 'amountAtLeast',
  countBelow: 'countAtLeast',
  notBought: 'bought',
};

function naiveHolds(customer: NaiveCustomer, condition: SegmentCondition, today: string): boolean {
  const positive = negations[condition.operator];
  if (positive !== undefined) return !naiveHolds(customer, { ...condition, operator: positive }, today);
  const { operator, values } = condition;
  const [first = '', second = ''] = values;
  if (condition.field === 'tags') {
    const held = values.filter((id) => customer.tagIds.includes(id));
    if (operator === 'isEmpty') return customer.tagIds.length === 0;
    if (operator === 'isFilled') return customer.tagIds.length > 0;
    return operator === 'hasAllOf' ? held.length === new Set(values).size : held.length > 0;
  }
  if (condition.field.endsWith('Within')) {
    const recent = customer.purchases.filter(
      ({ day }) => day <= today && day >= shift(today, -Number(first)),
    );
    const bought = recent.filter(({ cents }) => cents >= 0);
    if (operator === 'bought')
      return bought.some(({ item }) => item?.toLowerCase().includes(second.toLowerCase()) ?? false);
    if (operator === 'countAtLeast') return bought.length >= Number(second);
    return recent.reduce((sum, { cents }) => sum + cents, 0) >= Math.round(Number(second) * 100);
  }
  const value = naiveValue(customer, condition.field, today);
  if (operator === 'isEmpty') return value === null;
  if (value === null) return false;
  switch (operator) {
    case 'isFilled':
      return true;
    case 'contains':
      return String(value).toLowerCase().includes(first.toLowerCase());
    case 'isOneOf':
      return values.includes(String(value));
    case 'isYes':
      return value === true;
    case 'isNo':
      return value === false;
    case 'atLeast':
      return Number(value) >= Number(first);
    case 'atMost':
      return Number(value) <= Number(first);
    case 'inMonth':
      return Number(String(value).slice(5, 7)) === Number(first);
    case 'comesWithinDays':
      return nextBirthday(String(value), today) <= shift(today, Number(first));
    default:
      return naiveDay(String(value), operator, first, today);
  }
}

function naiveDay(day: string, operator: string, first: string, today: string): boolean {
  switch (operator) {
    case 'moreThanDaysAgo':
      return day < shift(today, -Number(first));
    case 'withinLastDays':
      return day <= today && day >= shift(today, -Number(first));
    case 'withinNextDays':
      return day >= today && day <= shift(today, Number(first));
    case 'moreThanDaysAhead':
      return day > shift(today, Number(first));
    case 'beforeToday':
      return day < today;
    case 'thisMonth':
      return day.slice(0, 7) === today.slice(0, 7);
    case 'onOrAfter':
      return day >= first;
    case 'onOrBefore':
      return day <= first;
    default:
      throw new Error(`nobody taught the naive implementation ${operator}`);
  }
}

function naiveValue(customer: NaiveCustomer, field: string, today: string): string | number | boolean | null {
  const bought = customer.purchases.filter(({ cents }) => cents >= 0);
  const days = bought.map(({ day }) => day).sort();
  switch (field) {
    case 'name':
      return customer.name;
    case 'gender':
      return customer.gender;
    case 'city':
      return customer.city;
    case 'birthday':
      return customer.birthDate;
    case 'age':
      return customer.birthDate === null ? null : fullYears(customer.birthDate, today);
    case 'custom.score':
      return customer.score;
    case 'custom.isMember':
      return customer.isMember;
    case 'totalAmount':
      return customer.purchases.reduce((sum, { cents }) => sum + cents, 0) / 100;
    case 'purchaseCount':
      return bought.length;
    case 'visitCount':
      return new Set(days).size;
    case 'firstPurchaseOn':
      return days[0] ?? null;
    case 'lastPurchaseOn':
      return days.at(-1) ?? null;
    case 'nextFollowUpOn':
    case 'lastContactOn':
    case 'firstVisitOn':
    case 'createdOn':
    case 'source':
    case 'branch':
    case 'team':
    case 'owner':
      return customer[field];
    case 'tier': {
      const { calculated, override, until } = customer.tier;
      return override !== null && until >= today ? override : calculated;
    }
    case 'expectedVisitOn':
      return expectedVisit([...new Set(days)]);
    default:
      throw new Error(`nobody taught the naive implementation ${field}`);
  }
}

/** After three intervals the median of all stands for the next one. */
function expectedVisit(days: readonly string[]): string | null {
  const gaps = days
    .slice(1)
    .map((day, index) => (Date.parse(day) - Date.parse(days[index] ?? day)) / 86_400_000);
  gaps.sort((one, other) => one - other);
  const middle = (gaps.length - 1) / 2;
  const median = ((gaps[Math.floor(middle)] ?? 0) + (gaps[Math.ceil(middle)] ?? 0)) / 2;
  return gaps.length < 3 ? null : shift(days.at(-1) ?? '', Math.round(median));
}

/** The day so many days later, by the calendar of JavaScript. */
export function shift(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The next day from today on with that birthday; JavaScript takes 29 February of other years for 1 March. */
function nextBirthday(birthDate: string, today: string): string {
  const [, month = 1, day = 1] = birthDate.split('-').map(Number);
  const year = Number(today.slice(0, 4));
  const inYear = (of: number): string => new Date(Date.UTC(of, month - 1, day)).toISOString().slice(0, 10);
  return inYear(year) >= today ? inYear(year) : inYear(year + 1);
}

/** Birthdays counted one by one; null before birth. */
function fullYears(birthDate: string, today: string): number | null {
  if (birthDate > today) return null;
  const [year = 0, month = 1, day = 1] = birthDate.split('-').map(Number);
  let age = 0;
  while (new Date(Date.UTC(year + age + 1, month - 1, day)).toISOString().slice(0, 10) <= today) age += 1;
  return age;
}
