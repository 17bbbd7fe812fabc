import { addDays } from '../follow-ups/due-days.js';

export const recurrenceUnits = ['day', 'week', 'month'] as const;
export type RecurrenceUnit = (typeof recurrenceUnits)[number];

/** Something that comes again and again. Days are `yyyy-mm-dd`. */
export interface Recurrence {
  readonly unit: RecurrenceUnit;
  readonly every: number;
  /** The first day, from which all others are counted. */
  readonly startsOn: string;
  /** The last day on which it may come; null for no end. */
  readonly endsOn: string | null;
}

/** From how much to how much a recurrence and its lead days can be set. */
export const recurrenceLimits = { every: [1, 366], leadDays: [0, 90] } as const;

const dayMillis = 86_400_000;

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMillis;

/**
 * The day so many months after another one: the same day of the month, or the last one where the month is shorter. Counted
 * from the first day each time, so that the 31st becomes the 28th in February and the 31st again in March.
 */
function addMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + count, 0));
  last.setUTCDate(Math.min(date, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 1] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 1] = to.split('-').map(Number);
  return (toYear - fromYear) * 12 + toMonth - fromMonth;
}

/** The place-th time, counted from 0. */
function occurrence({ unit, every, startsOn }: Recurrence, place: number): string {
  if (unit === 'month') return addMonths(startsOn, place * every);
  return addDays(startsOn, place * every * (unit === 'week' ? 7 : 1));
}

/** The last place that cannot lie after the day. */
function placeAround({ unit, every, startsOn }: Recurrence, day: string): number {
  const passed =
    unit === 'month' ? monthsBetween(startsOn, day) : daysBetween(startsOn, day) / (unit === 'week' ? 7 : 1);
  return Math.max(0, Math.floor(passed / every));
}

/** The first day after the given one on which it comes; undefined when there is none any more. */
export function nextOccurrence(rule: Recurrence, after: string): string | undefined {
  let place = placeAround(rule, after);
  while (occurrence(rule, place) <= after) place += 1;
  const day = occurrence(rule, place);
  return rule.endsOn !== null && day > rule.endsOn ? undefined : day;
}

/** The next so many days after the given one on which it comes. */
export function nextOccurrences(rule: Recurrence, after: string, count: number): string[] {
  const days: string[] = [];
  for (
    let day = nextOccurrence(rule, after);
    day !== undefined && days.length < count;
    day = nextOccurrence(rule, day)
  )
    days.push(day);
  return days;
}

/** What is due by a day, when the next one was to come on `nextOn`. */
export interface DueOccurrence {
  /** The latest one: those before it are not made up for. */
  readonly day: string;
  readonly skipped: number;
  /** The one after it; null when there is none any more. */
  readonly nextOn: string | null;
}

/** The latest occurrence up to a day, and how many before it were missed; undefined when none is due. */
export function dueOccurrence(rule: Recurrence, nextOn: string, upTo: string): DueOccurrence | undefined {
  if (nextOn > upTo) return undefined;
  let place = placeAround(rule, upTo);
  while (place > 0 && occurrence(rule, place) > upTo) place -= 1;
  while (rule.endsOn !== null && place > 0 && occurrence(rule, place) > rule.endsOn) place -= 1;
  const day = occurrence(rule, place);
  if (day < nextOn) return undefined;
  const skipped = place - placeOf(rule, nextOn);
  return { day, skipped, nextOn: nextOccurrence(rule, day) ?? null };
}

function placeOf(rule: Recurrence, day: string): number {
  const place = placeAround(rule, day);
  return occurrence(rule, place) > day ? place - 1 : place;
}
