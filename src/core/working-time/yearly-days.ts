import { z } from 'zod';
import { isoDate } from '../fields.js';
import { dayMillis, dayNumber, dayText, weekdayIndex } from './calendar-days.js';

const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/**
 * A rule of RFC 5545 for one day a year: the day on which it began, another month or day, or a weekday counted from the
 * beginning or the end of a month (`-1MO`). Rules for several days a year are refused.
 */
export const YearlyRule = z
  .strictObject({
    freq: z.literal('YEARLY'),
    interval: z.int().min(1).default(1),
    count: z.int().min(1).default(Infinity),
    /** The last day, as a number since 1970-01-01. */
    until: z
      .string()
      .transform((text) => text.slice(0, 10))
      .pipe(isoDate)
      .transform(dayNumber)
      .default(Infinity),
    bymonth: z.int().min(1).max(12).optional(),
    bymonthday: z.int().min(1).max(31).optional(),
    byday: z
      .string()
      .regex(/^[+-]?[1-5](MO|TU|WE|TH|FR|SA|SU)$/)
      .optional(),
    wkst: z.unknown().optional(),
  })
  .refine(({ bymonth, bymonthday, byday }) => {
    if (bymonthday !== undefined && byday !== undefined) return false;
    return bymonth !== undefined || (bymonthday === undefined && byday === undefined);
  });
export type YearlyRule = z.infer<typeof YearlyRule>;

/**
 * The days of a rule from its beginning to the end of a year, as numbers since 1970-01-01. A year without the day, as
 * most are without a 29 February, is left out (RFC 5545, 3.3.10).
 */
export function yearlyDays(start: number, rule: YearlyRule, lastYear: number): number[] {
  const [firstYear = 1970, startMonth = 1, startDay = 1] = dayText(start).split('-').map(Number);
  const month = rule.bymonth ?? startMonth;
  const dayOfMonth = rule.bymonthday ?? startDay;
  const days: number[] = [];
  for (let year = firstYear; year <= lastYear && days.length < rule.count; year += rule.interval) {
    const first = Date.UTC(year, month - 1, 1) / dayMillis;
    const next = Date.UTC(year, month, 1) / dayMillis;
    const day = rule.byday ? weekdayOfMonth(first, next, rule.byday) : first + dayOfMonth - 1;
    if (day > rule.until) break;
    if (day >= Math.max(first, start) && day < next) days.push(day);
  }
  return days;
}

/** The day of a rule like `4TH` or `-1MO` in the month from `first` up to `next`; outside it when it has no such day. */
function weekdayOfMonth(first: number, next: number, byday: string): number {
  const ordinal = Number.parseInt(byday);
  const weekday = weekdayCodes.indexOf(byday.slice(-2));
  if (ordinal > 0) return first + ((weekday - weekdayIndex(first) + 7) % 7) + (ordinal - 1) * 7;
  return next - 1 - ((weekdayIndex(next - 1) - weekday + 7) % 7) + (ordinal + 1) * 7;
}
