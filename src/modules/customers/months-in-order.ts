import { allOf, joinSql, sql, type Sql } from '../../core/sql.js';
import { dayNumber, dayText } from '../../core/working-time/calendar-days.js';

/** Days from and to, both included, as `2026-03-31`; undefined where it is open. */
export interface DayRange {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** A month of a range, with the limits that lie within it. */
export interface CoveredMonth extends DayRange {
  /** Months since the year 0, as indexes count them. */
  readonly number: number;
}

/** A year and the month in which it ends again. */
const mostMonths = 13;

/** The months of a range of days; undefined when it is open or longer than about a year. */
export function coveredMonths({ from, to }: DayRange): CoveredMonth[] | undefined {
  if (!from || !to) return undefined;
  const first = monthOf(from);
  const last = monthOf(to);
  if (last < first || last - first >= mostMonths) return undefined;
  return Array.from({ length: last - first + 1 }, (_, place) => ({
    number: first + place,
    from: place === 0 && !from.endsWith('-01') ? from : undefined,
    to: first + place === last && !isMonthsEnd(to) ? to : undefined,
  }));
}

export interface DatedRows {
  readonly table: Sql;
  /** The day that lies in the months. */
  readonly day: Sql;
  /** What the index holds beside the day's being known. */
  readonly listed: readonly Sql[];
  /** What the list is ordered by, and the id. */
  readonly order: readonly [Sql, Sql];
}

/**
 * The rows of some months, those of each in the order of the list: a day long ago stands far back in a list that begins
 * with the newest, but not among those of the same month.
 */
export function rowsOfMonths(
  months: readonly CoveredMonth[],
  { table, day, listed, order: [value, id] }: DatedRows,
  direction: Sql,
): Sql {
  const ofMonth = ({ number, from, to }: CoveredMonth): Sql => sql`
    (SELECT * FROM ${table}
     WHERE (extract(year FROM ${day}) * 12 + extract(month FROM ${day}))::integer = ${number}
       AND ${allOf([sql`${day} IS NOT NULL`, ...listed, ...within(day, { from, to })])}
     ORDER BY ${value} ${direction}, ${id} ${direction})`;
  return sql`(${joinSql(months.map(ofMonth), ' UNION ALL ')})`;
}

const within = (day: Sql, { from, to }: DayRange): Sql[] => [
  ...(from ? [sql`${day} >= ${from}::date`] : []),
  ...(to ? [sql`${day} <= ${to}::date`] : []),
];

const isMonthsEnd = (day: string): boolean => dayText(dayNumber(day) + 1).endsWith('-01');

function monthOf(day: string): number {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return year * 12 + month;
}
