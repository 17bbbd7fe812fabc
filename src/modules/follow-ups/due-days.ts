/** Calendar days are texts `yyyy-mm-dd` in the product's time zone; they compare as texts. */

export const dueBuckets = ['overdue', 'today', 'week', 'later'] as const;

/** Where a day lies as seen from today: `week` is the rest of this week, which ends on Sunday. */
export type DueBucket = (typeof dueBuckets)[number];

const dayMillis = 86_400_000;

/** The day so many days later; earlier for a negative count. */
export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMillis).toISOString().slice(0, 10);

/** The first day after the week, Monday to Sunday, that a day belongs to. */
export function nextMonday(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, weekday === 0 ? 1 : 8 - weekday);
}

/** The bucket of a day; each day has exactly one. */
export function dueBucketOf(day: string, today: string): DueBucket {
  if (day < today) return 'overdue';
  if (day === today) return 'today';
  return day < nextMonday(today) ? 'week' : 'later';
}

/** The days of a bucket: from the first (included) to the end (not included); null has no limit. */
export function dueRange(bucket: DueBucket, today: string): { from: string | null; before: string | null } {
  const tomorrow = addDays(today, 1);
  switch (bucket) {
    case 'overdue':
      return { from: null, before: today };
    case 'today':
      return { from: today, before: tomorrow };
    case 'week':
      return { from: tomorrow, before: nextMonday(today) };
    case 'later':
      return { from: nextMonday(today), before: null };
  }
}
