import { directionOf, type PageOrder, type SortColumn } from '../../core/lists/page-statement.js';
import { allOf, joinSql, sql, type Sql } from '../../core/sql.js';
import { dayNumber, dayText } from '../../core/working-time/calendar-days.js';
import {
  activitiesByRow,
  countedTables,
  lateConditions,
  triedTables,
} from '../visit-rhythm/late-customers.js';
import { savedNumbers } from '../visit-rhythm/late-rules.js';
import { nextWithin } from './activity-conditions.js';
import type { CustomerListQuery } from './customers.schemas.js';
import { lastVisitConditions, spentConditions } from './purchase-conditions.js';

/** Where a list that shows the newest customers first begins: tables whose index has that order and answers a filter. */
export interface ListBeginning {
  readonly from: Sql;
  readonly countFrom: Sql;
  readonly sort: SortColumn;
  /** What that index answers of the filters. */
  readonly where: readonly Sql[];
  /** The filters that are still to be asked. */
  readonly left: CustomerListQuery;
  /** True where the values that are asked for decide nothing about how to find them. */
  readonly suitsOnePlan: boolean;
  /** True where they are few, so that those of a part of the customers are found by finding all. */
  readonly isGathered?: boolean;
}

interface Beginner {
  readonly today: string;
  readonly seesAll: boolean;
}

/** Undefined where the list begins best with the customers themselves. */
export function listBeginning(
  query: CustomerListQuery,
  order: PageOrder,
  beginner: Beginner,
): ListBeginning | undefined {
  const { today } = beginner;
  return (
    byAttempts(query, order, beginner) ??
    byLateness(query, today) ??
    byVisits(query, order) ??
    byTag(query) ??
    byPlan(query, today)
  );
}

/** Who did not come when expected, and was called often enough. */
function byAttempts(
  query: CustomerListQuery,
  order: PageOrder,
  { today, seesAll }: Beginner,
): ListBeginning | undefined {
  const beginning = query.late === 'tried' ? byLateness(query, today) : undefined;
  if (!beginning) return undefined;
  if (!seesAll) return { ...beginning, from: beginning.countFrom, suitsOnePlan: false, isGathered: true };
  const inOrder = { column: sql`customer_created_at`, direction: directionOf(order) };
  return { ...beginning, from: triedTables(today, savedNumbers, inOrder) };
}

/** Who came, but not again when expected. The other filters by visits are asked of these. */
function byLateness(query: CustomerListQuery, today: string): ListBeginning | undefined {
  const { late, ...left } = query;
  if (!late) return undefined;
  return {
    from: sql`customers JOIN customer_purchase_totals AS totals ON totals.customer_id = customers.id ${activitiesByRow}`,
    countFrom: countedTables(late),
    sort: createdFirst(sql`totals`),
    where: [sql`totals.last_purchase_on IS NOT NULL`, ...lateConditions(late, today, savedNumbers)],
    left,
    suitsOnePlan: true,
  };
}

/** Who ever came, in the order in which they were created. */
function byVisits(query: CustomerListQuery, order: PageOrder): ListBeginning | undefined {
  const { lastVisitFrom, lastVisitTo, ...others } = query;
  const { spentFrom, spentTo, purchasesFrom, purchasesTo, ...rest } = others;
  const isOfVisitors = meansVisitors(query);
  const isOfDays = Boolean(lastVisitFrom ?? lastVisitTo);
  if (!isOfVisitors && !isOfDays) return undefined;
  const months = coveredMonths(query);
  const from = sql`customers JOIN ${months ? totalsOfMonths(months, directionOf(order)) : sql`customer_purchase_totals`} AS totals
    ON totals.customer_id = customers.id`;
  return {
    from,
    countFrom: from,
    sort: createdFirst(sql`totals`),
    where: [
      sql`totals.last_purchase_on IS NOT NULL`,
      ...(months ? [] : lastVisitConditions(query)),
      ...(isOfVisitors ? spentConditions(query) : []),
    ],
    left: isOfVisitors ? rest : others,
    suitsOnePlan: months !== undefined && !isOfVisitors,
  };
}

/** Nobody else spent or bought so much. */
const meansVisitors = ({ spentFrom, purchasesFrom }: CustomerListQuery): boolean =>
  Number(spentFrom ?? 0) > 0 || (purchasesFrom ?? 0) > 0;

const createdFirst = (table: Sql): SortColumn => ({
  expression: sql`${table}.customer_created_at`,
  type: 'timestamptz',
  id: sql`${table}.customer_id`,
});

/** A year and the month in which it ends again. */
const mostMonths = 13;

interface VisitedMonth {
  /** Months since the year 0, as the index counts them. */
  readonly number: number;
  /** The days of the month that are asked for, where those are not all. */
  readonly days: readonly Sql[];
}

/** The months of a range of last visits; undefined when it is open or longer than about a year. */
function coveredMonths({ lastVisitFrom, lastVisitTo }: CustomerListQuery): VisitedMonth[] | undefined {
  if (!lastVisitFrom || !lastVisitTo) return undefined;
  const first = monthOf(lastVisitFrom);
  const last = monthOf(lastVisitTo);
  if (last < first || last - first >= mostMonths) return undefined;
  return Array.from({ length: last - first + 1 }, (_, place) => ({
    number: first + place,
    days: [
      ...(place === 0 && !lastVisitFrom.endsWith('-01') ? lastVisitConditions({ lastVisitFrom }) : []),
      ...(first + place === last && !isMonthsEnd(lastVisitTo) ? lastVisitConditions({ lastVisitTo }) : []),
    ],
  }));
}

/**
 * The totals of those who came last in some months, in order: whoever came last long ago stands far back in a list that
 * begins with the newest, but not among those of the same month.
 */
const totalsOfMonths = (months: readonly VisitedMonth[], direction: Sql): Sql =>
  sql`(${joinSql(
    months.map(
      ({ number, days }) => sql`
      (SELECT * FROM customer_purchase_totals
       WHERE (extract(year FROM last_purchase_on) * 12 + extract(month FROM last_purchase_on))::integer = ${number}
         AND ${allOf([sql`last_purchase_on IS NOT NULL`, ...days])}
       ORDER BY customer_created_at ${direction}, customer_id ${direction})`,
    ),
    ' UNION ALL ',
  )})`;

const isMonthsEnd = (day: string): boolean => dayText(dayNumber(day) + 1).endsWith('-01');

/** @param day as `2026-03-31` */
function monthOf(day: string): number {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return year * 12 + month;
}

/** Who has a tag, in the order in which they were created. */
function byTag(query: CustomerListQuery): ListBeginning | undefined {
  const [tagId, ...furtherTags] = query.tag ?? [];
  if (tagId === undefined) return undefined;
  const from = sql`customers JOIN customer_tags AS tagged ON tagged.customer_id = customers.id`;
  return {
    from,
    countFrom: from,
    sort: createdFirst(sql`tagged`),
    where: [sql`tagged.tag_id = ${tagId}::uuid`],
    left: { ...query, tag: furtherTags },
    suitsOnePlan: true,
  };
}

/** For whom something is planned, in the order in which they were created. */
function byPlan(query: CustomerListQuery, today: string): ListBeginning | undefined {
  const { nextFollowUp, ...left } = query;
  if (nextFollowUp === undefined || nextFollowUp === 'none') return undefined;
  const from = sql`customers JOIN customer_activities AS planned ON planned.customer_id = customers.id`;
  return {
    from,
    countFrom: from,
    sort: createdFirst(sql`planned`),
    where: [sql`planned.next_follow_up_on IS NOT NULL`, nextWithin(nextFollowUp, today)],
    left,
    suitsOnePlan: false,
  };
}
