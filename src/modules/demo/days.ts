import type { Random } from './random.js';

const dayMillis = 86_400_000;
const hourMillis = 3_600_000;
/** The company keeps Chinese hours, wherever the demo runs. */
const hoursAheadOfUtc = 8;

/** A calendar day as the number of days since 1970-01-01, to count with. */
export type DayNumber = number;

export const dayNumber = (day: string): DayNumber => Date.parse(`${day}T00:00:00Z`) / dayMillis;

/** The day as `yyyy-mm-dd`. */
export const dayText = (day: DayNumber): string => asDate(day).toISOString().slice(0, 10);

/** The day as Prisma takes it: midnight UTC. */
export const asDate = (day: DayNumber): Date => new Date(day * dayMillis);

/** 0 for Sunday to 6 for Saturday; 1970-01-01 was a Thursday. */
export const weekdayOf = (day: DayNumber): number => (day + 4) % 7;

/** When the day begins where the company is. */
export const startOf = (day: DayNumber): Date => new Date(day * dayMillis - hoursAheadOfUtc * hourMillis);

/** Some moment of the day while the branches are open, 10:00 to 20:59. */
export const openingHour = (random: Random, day: DayNumber): Date =>
  new Date(day * dayMillis + (random.integer(10 * 60, 21 * 60 - 1) / 60 - hoursAheadOfUtc) * hourMillis);
