import { createRequire } from 'node:module';
import { z } from 'zod';
import { translator, type Locale } from '../i18n.js';
import type { CalendarException, CalendarExceptions, Weekday, WorkingCalendar } from './working-calendar.js';

/** First and last of years, both included. */
export interface YearRange {
  readonly first: number;
  readonly last: number;
}

/** China's holidays and make-up workdays, and the years of those asked for that are known; null when none is. */
export interface ChineseCalendar {
  readonly exceptions: CalendarExceptions;
  readonly years: YearRange | null;
}

/** Days `yyyy-mm-dd` with the names of their holiday: "National Day,国庆节,3". */
const NamedDays = z.record(
  z.string(),
  z.string().transform((names) => {
    const [english = '', chinese = ''] = names.split(',');
    return { en: english, 'zh-CN': chinese };
  }),
);

// The package's functions build their days in the time zone of the machine; its data file is the same everywhere.
const { holidays, workdays } = z
  .object({ holidays: NamedDays, workdays: NamedDays })
  .parse(createRequire(import.meta.url)('chinese-days/dist/chinese-days.json'));

const yearOf = (day: string): number => Number(day.slice(0, 4));
const years = Object.keys(holidays).map(yearOf);

/**
 * The years whose arrangement the installed data knows. The State Council announces that of the next year in November,
 * so later ones are known only after an update of the package.
 */
export const knownChineseYears: YearRange = { first: Math.min(...years), last: Math.max(...years) };

/**
 * The official holidays and make-up workdays of years. A make-up workday has the hours of a weekday of the calendar,
 * Monday unless told. Years that are not known have no exceptions: `years` says how far they reach.
 */
export function chineseCalendar(
  asked: YearRange,
  weekly: WorkingCalendar['weekly'],
  makeUpDay: Weekday = 'monday',
): ChineseCalendar {
  const first = Math.max(asked.first, knownChineseYears.first);
  const last = Math.min(asked.last, knownChineseYears.last);
  if (first > last) return { exceptions: {}, years: null };
  const exceptions: Record<string, CalendarException> = {};
  const isAsked = ([day]: readonly [string, unknown]): boolean => yearOf(day) >= first && yearOf(day) <= last;
  for (const [day, name] of Object.entries(holidays).filter(isAsked)) exceptions[day] = { windows: [], name };
  for (const [day, holiday] of Object.entries(workdays).filter(isAsked)) {
    const nameIn = (locale: Locale): string =>
      translator(locale)('workingTime.makeUpDay', { holiday: holiday[locale] });
    exceptions[day] = { windows: weekly[makeUpDay], name: { en: nameIn('en'), 'zh-CN': nameIn('zh-CN') } };
  }
  return { exceptions, years: { first, last } };
}
