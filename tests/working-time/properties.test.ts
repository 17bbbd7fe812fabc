import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addWorkingTime,
  subtractWorkingTime,
  workingTimeBetween,
} from '../../src/core/working-time/add-working-time.js';
import { dayMillis, dayText } from '../../src/core/working-time/calendar-days.js';
import { explainDeadline } from '../../src/core/working-time/explain.js';
import { deadline, type Pause } from '../../src/core/working-time/pauses.js';
import { anyCalendar } from './calendars.js';

const seed = 20_261_123;
const numRuns = 1_000;

const first = Date.UTC(2026, 0, 1);
const days = Array.from({ length: 365 }, (_, at) => dayText(first / dayMillis + at));
const calendar = fc
  .constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo')
  .chain((zone) => anyCalendar(zone, days));
const moment = fc.integer({ min: first, max: first + 300 * dayMillis }).map((millis) => new Date(millis));

/** To the millisecond, up to four days of working time. */
const minutes = fc.oneof(
  fc.integer({ min: 0, max: 4 * dayMillis }).map((millis) => millis / 60_000),
  fc.integer({ min: 0, max: 600 }),
);
const pauses: fc.Arbitrary<Pause[]> = fc.array(
  fc
    .tuple(moment, fc.integer({ min: 0, max: 10 * dayMillis }))
    .map(([from, length]) => ({ from, to: new Date(from.getTime() + length) })),
  { maxLength: 3 },
);

const millis = (value: number): number => Math.round(value * 60_000);

describe(`R2.4 laws of working time (seed ${seed})`, () => {
  test('adding and counting are inverse, forwards and backwards', () => {
    fc.assert(
      fc.property(calendar, moment, minutes, (hours, start, length) => {
        const end = addWorkingTime(hours, start, length);
        expect(millis(workingTimeBetween(hours, start, end))).toBe(millis(length));
        const back = subtractWorkingTime(hours, end, length);
        expect(millis(workingTimeBetween(hours, back, end))).toBe(millis(length));
        expect(back.getTime()).toBeGreaterThanOrEqual(start.getTime());
        expect(workingTimeBetween(hours, start, back)).toBe(0);
        expect(addWorkingTime(hours, back, length)).toEqual(end);
      }),
      { seed, numRuns },
    );
  });

  test('the end is the earliest: a millisecond before, it was not reached', () => {
    fc.assert(
      fc.property(calendar, moment, minutes, (hours, start, length) => {
        const end = addWorkingTime(hours, start, length);
        fc.pre(end > start);
        const before = new Date(end.getTime() - 1);
        expect(millis(workingTimeBetween(hours, start, before))).toBe(millis(length) - 1);
      }),
      { seed, numRuns },
    );
  });

  test('additive: so much and then so much is both at once', () => {
    fc.assert(
      fc.property(calendar, moment, minutes, minutes, pauses, (hours, start, one, other, stops) => {
        const middle = addWorkingTime(hours, start, one);
        expect(addWorkingTime(hours, middle, other)).toEqual(addWorkingTime(hours, start, one + other));
        const paused = deadline(hours, start, one, stops) ?? start;
        expect(deadline(hours, paused, other, stops)).toEqual(deadline(hours, start, one + other, stops));
      }),
      { seed, numRuns },
    );
  });

  test('monotone: more time, a later start or one more pause never makes it earlier', () => {
    fc.assert(
      fc.property(
        calendar,
        moment,
        moment,
        minutes,
        minutes,
        pauses,
        (hours, one, other, less, more, stops) => {
          const [early, late] = one < other ? [one, other] : [other, one];
          const [short, long] = less < more ? [less, more] : [more, less];
          const found = deadline(hours, early, short, stops)?.getTime();
          expect(deadline(hours, early, long, stops)?.getTime()).toBeGreaterThanOrEqual(found ?? Infinity);
          expect(deadline(hours, late, short, stops)?.getTime()).toBeGreaterThanOrEqual(found ?? Infinity);
          expect(deadline(hours, early, short, stops.slice(1))?.getTime()).toBeLessThanOrEqual(found ?? 0);
        },
      ),
      { seed, numRuns },
    );
  });

  test('without pauses a deadline is the sum', () => {
    fc.assert(
      fc.property(calendar, moment, minutes, (hours, start, length) => {
        expect(deadline(hours, start, length, [])).toEqual(addWorkingTime(hours, start, length));
      }),
      { seed, numRuns },
    );
  });

  test('the explanation is of that deadline, and its minutes add up to those asked for', () => {
    const lasting = fc.option(moment, { freq: 3 });
    fc.assert(
      fc.property(calendar, moment, minutes, pauses, lasting, (hours, start, length, closed, since) => {
        const stops = since ? [...closed, { from: since, to: null }] : closed;
        const explained = explainDeadline(hours, start, length, stops);
        expect(explained.deadline).toEqual(deadline(hours, start, length, stops));
        const counted = explained.days.reduce((sum, day) => sum + day.minutes, 0);
        expect(millis(counted + explained.minutesLeft)).toBe(millis(length));
        expect(explained.minutesLeft > 0).toBe(explained.deadline === undefined);
        const end = explained.deadline ?? since ?? start;
        expect(millis(counted + explained.pausedMinutes)).toBe(millis(workingTimeBetween(hours, start, end)));
      }),
      { seed, numRuns },
    );
  });
});
