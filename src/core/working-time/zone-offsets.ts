import { dayMillis } from './calendar-days.js';

/** A stretch in which the clocks of a time zone are not changed; moments in milliseconds since 1970, `to` not included. */
export interface OffsetPeriod {
  readonly from: number;
  readonly to: number;
  /** Milliseconds by which the clocks are ahead of UTC. */
  readonly offset: number;
}

const hourMillis = 3_600_000;
const clocks = new Map<string, Intl.DateTimeFormat>();

/**
 * The periods in which the clocks of a time zone show a day, given as its number since 1970-01-01, and some hours around
 * it. They are told apart when the clocks are changed once in that time, as they ever were since 1970.
 */
export function offsetPeriodsAround(zone: string, day: number): OffsetPeriod[] {
  // Clocks are up to 14 hours ahead of UTC and up to 12 behind.
  const from = day * dayMillis - 15 * hourMillis;
  const to = (day + 1) * dayMillis + 13 * hourMillis;
  const [before, after] = [offsetAt(zone, from), offsetAt(zone, to)];
  if (before === after) return [{ from, to, offset: before }];
  let [unchanged, changed] = [from, to];
  while (changed - unchanged > 1) {
    const middle = Math.floor((unchanged + changed) / 2);
    if (offsetAt(zone, middle) === before) unchanged = middle;
    else changed = middle;
  }
  return [
    { from, to: changed, offset: before },
    { from: changed, to, offset: after },
  ];
}

/**
 * The first moment at which the clocks show a day or a later one. That need not be midnight: Cairo turns its clocks from
 * midnight to one o'clock, and Samoa skipped a whole day, which then begins when the next one does.
 */
export function startOfDay(periods: readonly OffsetPeriod[], day: number): number {
  for (const { from, to, offset } of periods) {
    const moment = Math.max(from, day * dayMillis - offset);
    if (moment < to) return moment;
  }
  throw new Error(`day ${day} does not begin in these periods`);
}

function offsetAt(zone: string, moment: number): number {
  const shown = clockOf(zone).format(moment).replace(' ', 'T');
  return Date.parse(`${shown}Z`) - Math.floor(moment / 1_000) * 1_000;
}

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(zone, clock);
  return clock;
}
