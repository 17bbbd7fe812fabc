import ICAL from 'ical.js';
import { z } from 'zod';
import { ICalendarError } from './icalendar-error.js';

/** What the parser makes of a file: jCal, RFC 7265. */
const Property = z.tuple([z.string(), z.record(z.string(), z.unknown()), z.string()]).rest(z.unknown());
const Part = z.tuple([z.string(), z.array(Property), z.array(z.unknown())]);
const Calendar = z.tuple([z.literal('vcalendar'), z.array(Property), z.array(Part)]);

/** One value of an event: its type (`date`, `text`, `recur`, …) and what is written. */
export interface EventValue {
  readonly type: string;
  readonly value: unknown;
}

/** All values of an event by the names of its properties in small letters. */
export type EventValues = ReadonlyMap<string, readonly EventValue[]>;

/**
 * The events of a calendar's text.
 * @throws ICalendarError when it is none, or holds entries other than events
 */
export function eventsOf(text: string): EventValues[] {
  const [, , parts] = parseCalendar(text);
  if (parts.some(([name]) => name !== 'vevent' && name !== 'vtimezone')) {
    throw new ICalendarError('workingTime.file.otherEntries');
  }
  return parts
    .filter(([name]) => name === 'vevent')
    .map(([, properties]) => {
      const values = new Map<string, EventValue[]>();
      for (const [name, , type, ...written] of properties) {
        const known = values.get(name) ?? [];
        for (const value of written) known.push({ type, value });
        values.set(name, known);
      }
      return values;
    });
}

function parseCalendar(text: string): z.infer<typeof Calendar> {
  try {
    return Calendar.parse(ICAL.parse(text.replace(/^\uFEFF/, '')));
  } catch (cause) {
    throw new ICalendarError('workingTime.file.notACalendar', {}, { cause });
  }
}
