/** Calendar days as numbers: days since 1970-01-01, so that the next day is one more in every time zone. */

export const dayMillis = 86_400_000;

/** The number of a day `yyyy-mm-dd`. */
export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMillis;

/** The day `yyyy-mm-dd` of a number. */
export const dayText = (day: number): string => new Date(day * dayMillis).toISOString().slice(0, 10);

/** 0 for Monday to 6 for Sunday; 1970-01-01 was a Thursday. */
export const weekdayIndex = (day: number): number => (((day + 3) % 7) + 7) % 7;
