import type { DayNumber } from '../days.js';
import type { Random } from '../random.js';
import { seasonOf, suitableDay } from './busyness.js';
import type { Rhythm } from './rhythm.js';

/**
 * The days on which somebody comes, in order, within a span (both ends included): by their own rhythm, more often in
 * busy seasons, and rather on a Saturday than on a Monday.
 */
export function visitDays(random: Random, rhythm: Rhythm, first: DayNumber, last: DayNumber): DayNumber[] {
  const days: DayNumber[] = [];
  const end = Math.min(last, rhythm.lastsUntil);
  for (let planned = first; planned <= end;) {
    const day = days.length === 0 ? planned : suitableDay(random, planned, last);
    if (day > (days.at(-1) ?? 0)) days.push(day);
    const interval = random.normal(rhythm.interval, rhythm.deviation) / seasonOf(planned);
    planned += Math.max(2, Math.round(interval));
  }
  return days;
}
