import { timeZone } from '../../core/format.js';

/** What a clock on the wall shows. */
export interface WallTime {
  /** `yyyy-mm-dd` */
  readonly day: string;
  /** Minutes after midnight, 0 to 1439. */
  readonly minute: number;
}

const dayMillis = 86_400_000;
const minuteMillis = 60_000;

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  clocks.set(zone, clock);
  return clock;
}

/** What a clock in a time zone shows at a moment. */
export function wallTime(moment: Date, zone: string = timeZone): WallTime {
  const [day = '', time = ''] = clockOf(zone).format(moment).split(' ');
  const [hours = '0', minutes = '0'] = time.split(':');
  return { day, minute: Number(hours) * 60 + Number(minutes) };
}

/**
 * The moment at which a clock in a time zone shows a time. Of a time that it shows twice, because summer time ends, the
 * first; a time that it skips, because summer time begins, counts as that much later.
 */
export function zonedMoment({ day, minute }: WallTime, zone: string = timeZone): Date {
  const asUtc = Date.parse(`${day}T00:00:00Z`) + minute * minuteMillis;
  const before = new Date(asUtc - offsetAt(asUtc - dayMillis, zone));
  const after = new Date(asUtc - offsetAt(asUtc + dayMillis, zone));
  const shows = (moment: Date): boolean => wallTimeAsUtc(moment.getTime(), zone) === asUtc;
  return !shows(before) && shows(after) ? after : before;
}

/** Milliseconds by which the clock is ahead of UTC. */
const offsetAt = (millis: number, zone: string): number =>
  wallTimeAsUtc(millis, zone) - Math.floor(millis / minuteMillis) * minuteMillis;

function wallTimeAsUtc(millis: number, zone: string): number {
  const { day, minute } = wallTime(new Date(millis), zone);
  return Date.parse(`${day}T00:00:00Z`) + minute * minuteMillis;
}
