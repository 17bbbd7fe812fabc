import { furthestMillis, millisOf, WorkingTimeTooFar } from './add-working-time.js';
import type { WorkingCalendar } from './working-calendar.js';
import { workingSpans, type WorkingSpan } from './working-spans.js';

/** A time that does not count; `to` is not included, and null while the pause lasts. Pauses may overlap. */
export interface Pause {
  readonly from: Date;
  readonly to: Date | null;
}

/** What a state means for the clock: only `waiting`, for the customer, stops it. */
export type StateCategory = 'open' | 'waiting' | 'done';

/** From this moment on the record was in a state of this category. */
export interface StateChange {
  readonly at: Date;
  readonly category: StateCategory;
}

/**
 * The pauses in a history of states, given in any order; of two changes at one moment the later in the list holds.
 *
 * Done is no pause. A request that is opened again was not settled: if the time until then did not count, closing early
 * would buy time (it is counted as a pause in Frappe Helpdesk, and reported as a fault in GLPI, #23359). Its deadline is
 * the one that was promised, so it may be late at once; who promises anew counts from the reopening instead of the start.
 */
export function pausesOf(history: readonly StateChange[]): Pause[] {
  const changes = history.toSorted((left, right) => left.at.getTime() - right.at.getTime());
  const pauses: Pause[] = [];
  let since: Date | null = null;
  for (const { at, category } of changes) {
    if (category === 'waiting') since ??= at;
    else if (since) {
      if (since < at) pauses.push({ from: since, to: at });
      since = null;
    }
  }
  return since ? [...pauses, { from: since, to: null }] : pauses;
}

/**
 * The moment at which so many minutes of working time have passed since the start, pauses left out. Undefined while a
 * pause lasts that began before: when the clock will go on is not known. A deadline that had passed by then stands, so
 * that waiting does not hide lateness.
 * @throws WorkingTimeTooFar when it lies more than five years after the start and the last pause
 * @throws RangeError for a negative number of minutes
 */
export function deadline(
  calendar: WorkingCalendar,
  start: Date,
  minutes: number,
  pauses: readonly Pause[],
): Date | undefined {
  const stops = stopsOf(pauses);
  let left = millisOf(minutes);
  if (left === 0) return new Date(start);
  for (const span of spansWithPauses(calendar, start, stops)) {
    if (span.isPaused) continue;
    const length = span.to - span.from;
    if (left <= length) return new Date(span.from + left);
    left -= length;
  }
  if (stops.openFrom === undefined) throw new WorkingTimeTooFar();
  return undefined;
}

/** Pauses in milliseconds since 1970. */
export interface Stops {
  /** In order, not touching each other, and before `openFrom`. */
  readonly closed: readonly { readonly from: number; readonly to: number }[];
  /** The beginning of the pause that still lasts. */
  readonly openFrom: number | undefined;
}

export function stopsOf(pauses: readonly Pause[]): Stops {
  const opened = pauses.filter(({ to }) => to === null).map(({ from }) => from.getTime());
  const openFrom = opened.length > 0 ? Math.min(...opened) : undefined;
  const closed: { from: number; to: number }[] = [];
  const sorted = pauses.toSorted((left, right) => left.from.getTime() - right.from.getTime());
  for (const pause of sorted) {
    const from = pause.from.getTime();
    const to = Math.min(pause.to?.getTime() ?? from, openFrom ?? Infinity);
    const last = closed.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else if (from < to) closed.push({ from, to });
  }
  return { closed, openFrom };
}

export interface SpanWithPause extends WorkingSpan {
  readonly isPaused: boolean;
}

/** Working time from a start on, cut where pauses begin and end; it ends where a pause begins that still lasts. */
export function* spansWithPauses(
  calendar: WorkingCalendar,
  start: Date,
  { closed, openFrom }: Stops,
): Generator<SpanWithPause> {
  const from = start.getTime();
  const until = openFrom ?? Math.max(from, closed.at(-1)?.to ?? from) + furthestMillis;
  let next = 0;
  for (const { day, from: spanFrom, to: spanTo } of workingSpans(calendar, from, until)) {
    for (let at = spanFrom; at < spanTo;) {
      while ((closed[next]?.to ?? Infinity) <= at) next += 1;
      const pause = closed[next];
      const isPaused = pause !== undefined && pause.from <= at;
      const to = Math.min(spanTo, (isPaused ? pause.to : pause?.from) ?? Infinity);
      yield { day, from: at, to, isPaused };
      at = to;
    }
  }
}
