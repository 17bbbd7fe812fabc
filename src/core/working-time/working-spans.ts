import { dayMillis } from './calendar-days.js';
import { windowsOn, type WorkingCalendar } from './working-calendar.js';
import { offsetPeriodsAround, startOfDay, type OffsetPeriod } from './zone-offsets.js';

/** A stretch of working time; moments in milliseconds since 1970, `to` not included. */
export interface WorkingSpan {
  /** The day that the clock on the wall shows, as a number since 1970-01-01. */
  readonly day: number;
  readonly from: number;
  readonly to: number;
}

/** The moments from the beginning of a day to that of the next, and the working time in them. */
interface WorkingDay {
  readonly from: number;
  readonly to: number;
  readonly spans: readonly WorkingSpan[];
}

const minuteMillis = 60_000;
const daysOfCalendars = new WeakMap<WorkingCalendar, Map<number, WorkingDay>>();

/**
 * The working time between two moments, in order, cut at both. A moment is working time when the clock on the wall shows
 * a time within the day's hours: an hour that summer time skips is none, one that is shown twice counts twice. So work
 * is counted as it is done (U.S. Department of Labor, FLSA Hours Worked Advisor, "Daylight Savings Time").
 */
export function* workingSpans(calendar: WorkingCalendar, from: number, to: number): Generator<WorkingSpan> {
  if (!(from < to)) return;
  for (let day = dayAt(calendar, from); ; day += 1) {
    const { spans, from: start } = workingDay(calendar, day);
    if (start >= to) return;
    for (const span of spans) {
      if (span.to > from && span.from < to) yield cut(span, from, to);
    }
  }
}

/** The same working time from its end backwards. */
export function* workingSpansBackwards(
  calendar: WorkingCalendar,
  from: number,
  to: number,
): Generator<WorkingSpan> {
  if (!(from < to)) return;
  for (let day = dayAt(calendar, to); ; day -= 1) {
    const { spans, to: end } = workingDay(calendar, day);
    if (end <= from) return;
    for (const span of spans.toReversed()) {
      if (span.to > from && span.from < to) yield cut(span, from, to);
    }
  }
}

/** The day, as a number since 1970-01-01, to which a moment belongs. */
export function dayAt(calendar: WorkingCalendar, moment: number): number {
  let day = Math.floor(moment / dayMillis);
  while (workingDay(calendar, day).from > moment) day -= 1;
  while (workingDay(calendar, day).to <= moment) day += 1;
  return day;
}

const cut = (span: WorkingSpan, from: number, to: number): WorkingSpan =>
  span.from >= from && span.to <= to
    ? span
    : { day: span.day, from: Math.max(span.from, from), to: Math.min(span.to, to) };

function workingDay(calendar: WorkingCalendar, day: number): WorkingDay {
  const known = daysOfCalendars.get(calendar)?.get(day);
  if (known) return known;
  const made = makeWorkingDay(calendar, day);
  const days = daysOfCalendars.get(calendar) ?? new Map<number, WorkingDay>();
  daysOfCalendars.set(calendar, days.set(day, made));
  return made;
}

function makeWorkingDay(calendar: WorkingCalendar, day: number): WorkingDay {
  const periods = offsetPeriodsAround(calendar.timeZone, day);
  const from = startOfDay(periods, day);
  const to = startOfDay(periods, day + 1);
  const spans = periods.flatMap((period) =>
    spansWithin(calendar, {
      from: Math.max(period.from, from),
      to: Math.min(period.to, to),
      offset: period.offset,
    }),
  );
  return { from, to, spans };
}

function spansWithin(calendar: WorkingCalendar, { from, to, offset }: OffsetPeriod): WorkingSpan[] {
  const spans: WorkingSpan[] = [];
  const firstDay = Math.floor((from + offset) / dayMillis);
  const lastDay = Math.floor((to + offset - 1) / dayMillis);
  // Clocks that are turned back over midnight show the day before once more, as Newfoundland's did until 2011.
  for (let day = firstDay; day <= lastDay; day += 1) {
    const midnight = day * dayMillis - offset;
    for (const { fromMinute, toMinute } of windowsOn(calendar, day)) {
      const start = Math.max(from, midnight + fromMinute * minuteMillis);
      const end = Math.min(to, midnight + toMinute * minuteMillis);
      if (start < end) spans.push({ day, from: start, to: end });
    }
  }
  return spans;
}
