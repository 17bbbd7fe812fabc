import { z } from 'zod';
import { isoDate, requiredText } from '../fields.js';
import { dayNumber, dayText } from './calendar-days.js';
import type { YearRange } from './chinese-calendar.js';
import { ICalendarError } from './icalendar-error.js';
import { eventsOf, type EventValue, type EventValues } from './icalendar-events.js';
import { calendarLimits, type CalendarException, type CalendarExceptions } from './working-calendar.js';
import { yearlyDays, YearlyRule } from './yearly-days.js';

/** What an imported calendar may hold: bytes of text, and days off within the years asked for. */
export const icalendarLimits = { bytes: 1_048_576, days: 1_000 } as const;

/** Properties that make an event happen otherwise than is read here. */
const unreadProperties = ['rdate', 'exrule', 'recurrence-id'];

const EventName = requiredText(calendarLimits.nameLength);
const AllDay = z
  .object({ type: z.literal('date'), value: isoDate })
  .transform(({ value }) => dayNumber(value));
const WholeDays = z
  .string()
  .regex(/^P\d{1,4}[DW]$/)
  .transform((text) => Number.parseInt(text.slice(1)) * (text.endsWith('W') ? 7 : 1));

/**
 * Reads the text of a calendar file (RFC 5545) into holidays: events of whole days, of one day or several, once or every
 * year. Days outside the years asked for are left out, cancelled events too; of two events on one day the first gives
 * the name, which stands for both languages. A file of 1 MB takes about a second of processor time.
 * @throws ICalendarError for anything else, with a sentence about the first thing that cannot be read
 */
export function importICalendar(text: string, { first, last }: YearRange): CalendarExceptions {
  if (Buffer.byteLength(text) > icalendarLimits.bytes) {
    throw new ICalendarError('errors.file.tooLarge', { megabytes: 1 });
  }
  const exceptions: Record<string, CalendarException> = {};
  const [firstDay, lastDay] = [dayNumber(`${first}-01-01`), dayNumber(`${last}-12-31`)];
  let found = 0;
  for (const event of eventsOf(text)) {
    if (event.get('status')?.[0]?.value === 'CANCELLED') continue;
    const { name, starts, length } = readEvent(event, last);
    for (const start of starts) {
      const end = Math.min(start + length - 1, lastDay);
      for (let day = Math.max(start, firstDay); day <= end; day += 1) {
        found += 1;
        if (found > icalendarLimits.days) {
          throw new ICalendarError('workingTime.file.tooManyDays', { maximum: icalendarLimits.days });
        }
        exceptions[dayText(day)] ??= { windows: [], name: { en: name, 'zh-CN': name } };
      }
    }
  }
  return exceptions;
}

/** The days on which an event begins, until the end of a year, and how many days it lasts each time. */
function readEvent(
  event: EventValues,
  lastYear: number,
): { name: string; starts: readonly number[]; length: number } {
  const named = EventName.safeParse(event.get('summary')?.[0]?.value);
  if (!named.success) throw new ICalendarError('workingTime.file.unnamed');
  const name = named.data;
  const dayOf = (value: EventValue | undefined): number => {
    const day = AllDay.safeParse(value);
    if (day.success) return day.data;
    const isTimed = value?.type === 'date-time';
    throw new ICalendarError(isTimed ? 'workingTime.file.timed' : 'workingTime.file.dates', { name });
  };
  const start = dayOf(event.get('dtstart')?.[0]);
  const length = event.has('dtend') ? dayOf(event.get('dtend')?.[0]) - start : lengthOf(event);
  if (!(length > 0)) throw new ICalendarError('workingTime.file.dates', { name });
  const starts = startsOf(event, start, lastYear);
  if (!starts) throw new ICalendarError('workingTime.file.repeats', { name });
  const left = new Set(event.get('exdate')?.map(dayOf));
  return { name, starts: starts.filter((day) => !left.has(day)), length };
}

/** Days that an event lasts by its duration, one when it has none; 0 for a duration that is not of whole days. */
function lengthOf(event: EventValues): number {
  const duration = event.get('duration')?.[0];
  return duration ? (WholeDays.safeParse(duration.value).data ?? 0) : 1;
}

/** Undefined when the event repeats in a way that is not read. */
function startsOf(event: EventValues, start: number, lastYear: number): number[] | undefined {
  if (unreadProperties.some((property) => event.has(property))) return undefined;
  const rules = event.get('rrule');
  if (!rules) return [start];
  const rule = YearlyRule.safeParse(rules[0]?.value);
  return rules.length === 1 && rule.success ? yearlyDays(start, rule.data, lastYear) : undefined;
}
