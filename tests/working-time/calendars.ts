import fc from 'fast-check';
import { weekdays, WorkingCalendar, type DayWindow } from '../../src/core/working-time/working-calendar.js';

type Hours = Partial<Record<keyof WorkingCalendar['weekly'], string>>;

/** Hours as people write them, `9:00-12:00 13:00-18:00`; '' for none. */
export const hours = (text: string): DayWindow[] =>
  text
    .split(' ')
    .filter((window) => window !== '')
    .map((window) => {
      const [from = 0, to = 0] = window.split('-').map((time) => {
        const [hour = 0, minute = 0] = time.split(':').map(Number);
        return hour * 60 + minute;
      });
      return { fromMinute: from, toMinute: to };
    });

export const weekOf = (week: Hours): WorkingCalendar['weekly'] => ({
  monday: hours(week.monday ?? ''),
  tuesday: hours(week.tuesday ?? ''),
  wednesday: hours(week.wednesday ?? ''),
  thursday: hours(week.thursday ?? ''),
  friday: hours(week.friday ?? ''),
  saturday: hours(week.saturday ?? ''),
  sunday: hours(week.sunday ?? ''),
});

/** A calendar as the schema gives it out; exceptions are hours by their day. */
export const calendarOf = (
  timeZone: string,
  week: Hours,
  exceptions: Readonly<Record<string, string>> = {},
): WorkingCalendar =>
  WorkingCalendar.parse({
    timeZone,
    weekly: weekOf(week),
    exceptions: Object.fromEntries(
      Object.entries(exceptions).map(([day, text]) => [
        day,
        { windows: hours(text), name: { en: `Special ${day}`, 'zh-CN': `特殊 ${day}` } },
      ]),
    ),
  });

/** The same hours from Monday to Friday. */
export const workdays = (text: string): Hours => ({
  monday: text,
  tuesday: text,
  wednesday: text,
  thursday: text,
  friday: text,
});

/** Any hours of one day, none included. */
export const anyHours: fc.Arbitrary<DayWindow[]> = fc
  .uniqueArray(
    fc.oneof(
      fc.integer({ min: 0, max: 1_440 }),
      fc.integer({ min: 0, max: 96 }).map((n) => n * 15),
    ),
    {
      maxLength: 6,
    },
  )
  .map((edges) => {
    const sorted = edges.toSorted((left, right) => left - right);
    return sorted.flatMap((from, at) => {
      const to = sorted[at + 1];
      return at % 2 === 0 && to !== undefined ? [{ fromMinute: from, toMinute: to }] : [];
    });
  });

/** Any calendar of a zone with an hour or more in its week, and with exceptions on some of these days. */
export const anyCalendar = (timeZone: string, days: readonly string[]): fc.Arbitrary<WorkingCalendar> =>
  fc
    .record({
      weekly: fc.record({
        monday: anyHours,
        tuesday: anyHours,
        wednesday: anyHours,
        thursday: anyHours,
        friday: anyHours,
        saturday: anyHours,
        sunday: anyHours,
      }),
      exceptions: fc.dictionary(
        fc.constantFrom(...days),
        fc.record({ windows: anyHours, name: fc.constant({ en: 'Special', 'zh-CN': '特殊' }) }),
        { maxKeys: 6 },
      ),
    })
    .filter(({ weekly }) => weeklyMinutes(weekly) >= 60)
    .map((parts) => WorkingCalendar.parse({ timeZone, ...parts }));

const weeklyMinutes = (weekly: WorkingCalendar['weekly']): number =>
  weekdays
    .flatMap((day) => weekly[day])
    .reduce((sum, { fromMinute, toMinute }) => sum + toMinute - fromMinute, 0);
