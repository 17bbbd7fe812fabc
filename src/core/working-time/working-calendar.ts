import { z } from 'zod';
import { isoDate, requiredText } from '../fields.js';
import { dayText, weekdayIndex } from './calendar-days.js';

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof weekdays)[number];

/** Windows of a day, and exceptions of a calendar, at most. */
export const calendarLimits = { windows: 12, exceptions: 4_000, nameLength: 200 } as const;

const minuteOfDay = z.int().min(0).max(1_440);

/** Hours in which work is done: minutes after local midnight, `toMinute` not included and at most 1440. */
const DayWindow = z
  .strictObject({ fromMinute: minuteOfDay, toMinute: minuteOfDay })
  .refine(({ fromMinute, toMinute }) => fromMinute < toMinute, 'workingTime.emptyWindow')
  .readonly();
export type DayWindow = z.infer<typeof DayWindow>;

/** The windows of a day in their order; they may touch but not overlap, and none crosses midnight. */
export const DayWindows = z
  .array(DayWindow)
  .max(calendarLimits.windows)
  .refine(
    (windows) => windows.every((window, at) => (windows[at - 1]?.toMinute ?? 0) <= window.fromMinute),
    'workingTime.overlap',
  )
  .readonly();
export type DayWindows = z.infer<typeof DayWindows>;

const name = requiredText(calendarLimits.nameLength);

/** A day that is not as its weekday says: without windows a holiday, with windows a make-up workday or special hours. */
const CalendarException = z
  .strictObject({ windows: DayWindows, name: z.strictObject({ en: name, 'zh-CN': name }).readonly() })
  .readonly();
export type CalendarException = z.infer<typeof CalendarException>;

/** Exceptions by their day `yyyy-mm-dd`. */
export type CalendarExceptions = Readonly<Record<string, CalendarException>>;

/**
 * The hours in which a team works. A calendar without hours on any weekday is refused: no deadline would ever come.
 * What is parsed is frozen, because working days are remembered per calendar.
 */
export const WorkingCalendar = z
  .strictObject({
    /** A name of the IANA database, for instance `Asia/Shanghai`. */
    timeZone: z.string().max(100).refine(isTimeZone, 'workingTime.notATimeZone'),
    weekly: z
      .strictObject({
        monday: DayWindows,
        tuesday: DayWindows,
        wednesday: DayWindows,
        thursday: DayWindows,
        friday: DayWindows,
        saturday: DayWindows,
        sunday: DayWindows,
      })
      .refine((weekly) => weekdays.some((day) => weekly[day].length > 0), 'workingTime.noHours')
      .readonly(),
    exceptions: z
      .record(isoDate, CalendarException)
      .refine(
        (days) => Object.keys(days).length <= calendarLimits.exceptions,
        'workingTime.tooManyExceptions',
      )
      .readonly(),
  })
  .readonly();
export type WorkingCalendar = z.infer<typeof WorkingCalendar>;

/** The hours of a day's weekday, whatever its exception says; the day is a number since 1970-01-01. */
export function weeklyWindows({ weekly }: WorkingCalendar, day: number): DayWindows {
  const weekday = weekdays[weekdayIndex(day)];
  return weekday === undefined ? [] : weekly[weekday];
}

export const exceptionOn = ({ exceptions }: WorkingCalendar, day: number): CalendarException | undefined =>
  exceptions[dayText(day)];

/** The hours of a day: those of its exception, else those of its weekday. */
export const windowsOn = (calendar: WorkingCalendar, day: number): DayWindows =>
  exceptionOn(calendar, day)?.windows ?? weeklyWindows(calendar, day);

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Z]/i.test(zone);
  } catch {
    return false;
  }
}
