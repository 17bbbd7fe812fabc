import {
  weekdays,
  type DayWindows,
  type WorkingCalendar,
} from '../../src/core/working-time/working-calendar.js';
import type { Pause } from '../../src/core/working-time/pauses.js';

/**
 * Deadlines by looking at the clock each minute: slow, and too simple to be wrong. Zones are watched for twelve days in
 * which something happens to their clocks.
 */
export interface WatchedZone {
  readonly name: string;
  /** The first moment of the watch, in milliseconds since 1970; a whole minute. */
  readonly from: number;
  readonly to: number;
  /** What the clock shows in a minute of the watch; undefined after it. */
  readonly minuteAt: (at: number) => WallMinute | undefined;
  /** The days that the clock shows. */
  readonly days: readonly string[];
}

interface WallMinute {
  readonly day: string;
  readonly weekday: keyof WorkingCalendar['weekly'];
  readonly minute: number;
}

export const minuteMillis = 60_000;
const watchedMinutes = 12 * 1_440;

/** Watches a zone for twelve days from five days before a day on. */
export function watchZone(name: string, day: string): WatchedZone {
  const from = Date.parse(`${day}T00:00:00Z`) - 5 * 86_400_000;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: name,
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const minutes = Array.from({ length: watchedMinutes }, (_, at) => {
    const parts = new Map(
      clock.formatToParts(from + at * minuteMillis).map(({ type, value }) => [type, value]),
    );
    const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
    const weekday = weekdays.find((known) => known === part('weekday').toLowerCase());
    if (!weekday) throw new Error(`the clock shows no weekday: ${part('weekday')}`);
    return {
      day: `${part('year')}-${part('month')}-${part('day')}`,
      weekday,
      minute: Number(part('hour')) * 60 + Number(part('minute')),
    };
  });
  const days = [...new Set(minutes.map(({ day: shown }) => shown))];
  return { name, from, to: from + watchedMinutes * minuteMillis, minuteAt: (at) => minutes[at], days };
}

/** Each minute with the working time in it that lies between two moments of the watch. */
function* openMinutes(
  zone: WatchedZone,
  calendar: WorkingCalendar,
  from: number,
  to: number,
): Generator<{ from: number; to: number }> {
  if (from >= to) return;
  let [day, windows]: [string, DayWindows] = ['', []];
  for (let at = Math.floor((from - zone.from) / minuteMillis); ; at += 1) {
    const start = zone.from + at * minuteMillis;
    const wall = zone.minuteAt(at);
    if (start >= to || !wall) return;
    if (wall.day !== day) {
      day = wall.day;
      windows = calendar.exceptions[day]?.windows ?? calendar.weekly[wall.weekday];
    }
    for (const window of windows) {
      if (window.fromMinute > wall.minute || wall.minute >= window.toMinute) continue;
      yield { from: Math.max(from, start), to: Math.min(to, start + minuteMillis) };
    }
  }
}

/** Milliseconds of working time between two moments of the watch. */
export function openMillis(zone: WatchedZone, calendar: WorkingCalendar, from: number, to: number): number {
  let sum = 0;
  for (const minute of openMinutes(zone, calendar, from, to)) sum += minute.to - minute.from;
  return sum;
}

/** The deadline in milliseconds since 1970; that it is paused; or that it lies after the watch. Pauses are whole minutes. */
export function slowDeadline(
  zone: WatchedZone,
  calendar: WorkingCalendar,
  start: number,
  millis: number,
  pauses: readonly Pause[],
): number | 'paused' | 'later' {
  let left = millis;
  if (left === 0) return start;
  for (const minute of openMinutes(zone, calendar, start, zone.to)) {
    const stop = pauses.filter(({ from, to }) => +from <= minute.from && (to === null || +to > minute.from));
    if (stop.some(({ to }) => to === null)) return 'paused';
    if (stop.length > 0) continue;
    if (left <= minute.to - minute.from) return minute.from + left;
    left -= minute.to - minute.from;
  }
  return pauses.some(({ to }) => to === null) ? 'paused' : 'later';
}
