import { dayMillis } from './calendar-days.js';
import type { WorkingCalendar } from './working-calendar.js';
import { workingSpans, workingSpansBackwards } from './working-spans.js';

/** How far a result may lie from where the counting begins: five years, in milliseconds. */
export const furthestMillis = 5 * 366 * dayMillis;

/** So much working time does not pass within five years: the target is too long for the calendar. */
export class WorkingTimeTooFar extends Error {
  override readonly name = 'WorkingTimeTooFar';
  constructor() {
    super('so much working time does not pass within five years');
  }
}

/**
 * Minutes as whole milliseconds; a fraction of a minute is rounded to one.
 * @throws RangeError for a negative number, infinity or none at all
 */
export function millisOf(minutes: number): number {
  if (!Number.isFinite(minutes) || minutes < 0) throw new RangeError(`no working time: ${minutes} minutes`);
  return Math.round(minutes * 60_000);
}

export const minutesOf = (millis: number): number => millis / 60_000;

/**
 * The earliest moment at which so much working time, in minutes, has passed since the start. So no minutes are the start
 * itself, even outside hours, and a day's whole hours end at closing and not at the next opening.
 * @throws WorkingTimeTooFar when that lies more than five years ahead
 * @throws RangeError for a negative number of minutes
 */
export function addWorkingTime(calendar: WorkingCalendar, start: Date, minutes: number): Date {
  const from = start.getTime();
  let left = millisOf(minutes);
  if (left === 0) return new Date(from);
  for (const span of workingSpans(calendar, from, from + furthestMillis)) {
    const length = span.to - span.from;
    if (left <= length) return new Date(span.from + left);
    left -= length;
  }
  throw new WorkingTimeTooFar();
}

/**
 * The latest moment from which so much working time, in minutes, passes until the end: the inverse of adding.
 * @throws WorkingTimeTooFar when that lies more than five years back
 * @throws RangeError for a negative number of minutes
 */
export function subtractWorkingTime(calendar: WorkingCalendar, end: Date, minutes: number): Date {
  const to = end.getTime();
  let left = millisOf(minutes);
  if (left === 0) return new Date(to);
  for (const span of workingSpansBackwards(calendar, to - furthestMillis, to)) {
    const length = span.to - span.from;
    if (left <= length) return new Date(span.to - left);
    left -= length;
  }
  throw new WorkingTimeTooFar();
}

/**
 * The working time between two moments in minutes, to the millisecond; 0 when the second is not later. Each day between
 * them costs some microseconds the first time that a calendar meets it.
 */
export function workingTimeBetween(calendar: WorkingCalendar, from: Date, to: Date): number {
  let millis = 0;
  for (const span of workingSpans(calendar, from.getTime(), to.getTime())) millis += span.to - span.from;
  return minutesOf(millis);
}
