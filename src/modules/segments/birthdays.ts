import { addDays } from '../follow-ups/due-days.js';

/** The days of the year, `mm-dd`, whose birthdays come within so many days from today on. 29 February counts on 1 March in other years. */
export function birthdaysWithin(today: string, days: number): string[] {
  const coming = Array.from({ length: Math.min(days, 366) + 1 }, (_, ahead) => addDays(today, ahead));
  const found = new Set(coming.map((day) => day.slice(5)));
  if (coming.some((day) => day.endsWith('-03-01') && addDays(day, -1).endsWith('-28'))) found.add('02-29');
  return [...found];
}
