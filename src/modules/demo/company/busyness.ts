import { asDate, weekdayOf, type DayNumber } from '../days.js';
import type { Random } from '../random.js';

/** From Sunday. */
const byWeekday = [1.5, 0.7, 0.7, 0.8, 0.9, 1.2, 1.7];
/** From January. */
const byMonth = [1.05, 0.9, 0.95, 1, 1.1, 1.1, 1.05, 1, 0.95, 1.05, 0.95, 1.15];

const chineseCalendar = new Intl.DateTimeFormat('en-u-ca-chinese', {
  month: 'numeric',
  day: 'numeric',
  timeZone: 'UTC',
});
const known = new Map<DayNumber, number>();

/** How much goes on in the branches that day: 1 on an average day, 0 when they are closed for Spring Festival. */
export function busynessOf(day: DayNumber): number {
  const remembered = known.get(day);
  if (remembered !== undefined) return remembered;
  const busyness = (byWeekday[weekdayOf(day)] ?? 1) * seasonOf(day) * festivalOf(day);
  known.set(day, busyness);
  return busyness;
}

/** The season alone, by month: 1 on average. */
export const seasonOf = (day: DayNumber): number => byMonth[asDate(day).getUTCMonth()] ?? 1;

/** Everybody has their hair done before Spring Festival, and nobody during the first days of it. */
function festivalOf(day: DayNumber): number {
  const [lunarMonth = '', lunarDay = ''] = chineseCalendar.format(asDate(day)).split('/');
  if (lunarMonth === '12' && Number(lunarDay) >= 15) return 1.8;
  if (lunarMonth !== '1') return 1;
  if (Number(lunarDay) <= 4) return 0;
  return Number(lunarDay) <= 15 ? 0.6 : 1;
}

/** How many days earlier or later than planned people come, so that it suits them. */
export const latitude = 3;

/** A day around the planned one, rather a busy one, never a closed one, and none after the last. */
export function suitableDay(random: Random, planned: DayNumber, last: DayNumber): DayNumber {
  const near = Array.from({ length: 2 * latitude + 1 }, (_, index) => planned - latitude + index);
  return random.weighted(near, (day) => (day > last ? 0 : busynessOf(day)));
}
