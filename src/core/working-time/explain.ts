import { millisOf, minutesOf, WorkingTimeTooFar } from './add-working-time.js';
import { dayText } from './calendar-days.js';
import { spansWithPauses, stopsOf, type Pause, type Stops } from './pauses.js';
import {
  exceptionOn,
  weeklyWindows,
  windowsOn,
  type CalendarException,
  type DayWindows,
  type WorkingCalendar,
} from './working-calendar.js';
import { dayAt } from './working-spans.js';

/** What one day adds to the sum. */
export interface ExplainedDay {
  /** `yyyy-mm-dd`, as the clock on the wall shows it. */
  readonly day: string;
  /** Working time that counts, and working time left out because of pauses; both may have fractions. */
  readonly minutes: number;
  readonly pausedMinutes: number;
  /** All hours of that day, counted or not. */
  readonly windows: DayWindows;
  /** The name of the make-up workday or of the special hours; null on a day like any other. */
  readonly exceptionName: CalendarException['name'] | null;
}

/** A day off between the start and the deadline, on which work would else have been done. */
export interface SkippedHoliday {
  readonly day: string;
  readonly name: CalendarException['name'];
}

/** How a deadline comes about, so that a page can say "8 h: Friday 2 h + Monday 6 h, Thursday a holiday, paused 3 h". */
export interface DeadlineExplanation {
  /** Undefined while a pause lasts; then the rest tells what counted before it began. */
  readonly deadline: Date | undefined;
  /** Days with working time, in order. Their minutes add up to those asked for, less `minutesLeft`. */
  readonly days: readonly ExplainedDay[];
  /** 0 when there is a deadline. */
  readonly minutesLeft: number;
  /** Working time in pauses before the deadline; a pause that still lasts is not in it. */
  readonly pausedMinutes: number;
  readonly holidays: readonly SkippedHoliday[];
}

interface CountedDay {
  counted: number;
  paused: number;
}

/**
 * The sum behind `deadline` of the same arguments, day by day.
 * @throws WorkingTimeTooFar and RangeError as `deadline` does
 */
export function explainDeadline(
  calendar: WorkingCalendar,
  start: Date,
  minutes: number,
  pauses: readonly Pause[],
): DeadlineExplanation {
  const stops = stopsOf(pauses);
  const { days, left, end } = countDays(calendar, start, millisOf(minutes), stops);
  if (end === undefined && stops.openFrom === undefined) throw new WorkingTimeTooFar();
  const explained = [...days].map(([day, { counted, paused }]) => ({
    day: dayText(day),
    minutes: minutesOf(counted),
    pausedMinutes: minutesOf(paused),
    windows: windowsOn(calendar, day),
    exceptionName: exceptionOn(calendar, day)?.name ?? null,
  }));
  return {
    deadline: end === undefined ? undefined : new Date(end),
    days: explained,
    minutesLeft: minutesOf(left),
    pausedMinutes: minutesOf([...days.values()].reduce((sum, { paused }) => sum + paused, 0)),
    holidays: holidaysBetween(calendar, start.getTime(), end ?? stops.openFrom ?? start.getTime()),
  };
}

/** Milliseconds per day until the sum is reached at `end`, or until a pause begins that still lasts. */
function countDays(
  calendar: WorkingCalendar,
  start: Date,
  millis: number,
  stops: Stops,
): { days: Map<number, CountedDay>; left: number; end: number | undefined } {
  const days = new Map<number, CountedDay>();
  if (millis === 0) return { days, left: 0, end: start.getTime() };
  let left = millis;
  for (const { day, from, to, isPaused } of spansWithPauses(calendar, start, stops)) {
    const sum = days.get(day) ?? { counted: 0, paused: 0 };
    days.set(day, sum);
    if (isPaused) sum.paused += to - from;
    else {
      const counted = Math.min(left, to - from);
      sum.counted += counted;
      left -= counted;
      if (left === 0) return { days, left, end: from + counted };
    }
  }
  return { days, left, end: undefined };
}

/** The second moment is not included: a deadline at midnight does not pass over the day that begins then. */
function holidaysBetween(calendar: WorkingCalendar, from: number, to: number): SkippedHoliday[] {
  const holidays: SkippedHoliday[] = [];
  if (to <= from) return holidays;
  const lastDay = dayAt(calendar, to - 1);
  for (let day = dayAt(calendar, from); day <= lastDay; day += 1) {
    const exception = exceptionOn(calendar, day);
    if (exception?.windows.length === 0 && weeklyWindows(calendar, day).length > 0) {
      holidays.push({ day: dayText(day), name: exception.name });
    }
  }
  return holidays;
}
