import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { workingTimeBetween } from '../../src/core/working-time/add-working-time.js';
import { deadline, type Pause } from '../../src/core/working-time/pauses.js';
import { anyCalendar } from './calendars.js';
import { minuteMillis, openMillis, slowDeadline, watchZone, type WatchedZone } from './minute-reference.js';

const seed = 20_261_122;

/** Zones and days on which their clocks are changed: by an hour, half an hour, at and over midnight, by a whole day. */
const changes = [
  ['Asia/Shanghai', '2026-10-01'],
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Africa/Cairo', '2025-04-25'],
  ['Africa/Cairo', '2025-10-30'],
  ['America/St_Johns', '2010-11-07'],
  ['Pacific/Apia', '2011-12-30'],
] as const;

const moment = (from: number, to: number): fc.Arbitrary<Date> =>
  fc.integer({ min: from, max: to }).map((millis) => new Date(millis));

/** Pauses of up to four days; the clock of the reference goes by minutes, and so do they. */
const anyPauses = (from: number, to: number): fc.Arbitrary<Pause[]> =>
  fc.array(
    fc
      .record({
        from: fc.integer({ min: 0, max: (to - from) / minuteMillis }),
        length: fc.option(fc.integer({ min: 0, max: 4 * 1_440 }), { freq: 12 }),
      })
      .map((pause) => {
        const begin = from + pause.from * minuteMillis;
        return {
          from: new Date(begin),
          to: pause.length === null ? null : new Date(begin + pause.length * minuteMillis),
        };
      }),
    { maxLength: 4 },
  );

const situation = (zone: WatchedZone) =>
  fc.record({
    calendar: anyCalendar(zone.name, zone.days),
    start: moment(zone.from, zone.from + 7 * 1_440 * minuteMillis),
    end: moment(zone.from, zone.to),
    millis: fc.oneof(
      fc.integer({ min: 0, max: 60 * minuteMillis }),
      fc.integer({ min: 0, max: 2_000 }).map((minutes) => minutes * minuteMillis),
    ),
    pauses: anyPauses(zone.from, zone.to),
  });

describe(`R2.4 deadlines equal those of looking at the clock each minute (seed ${seed})`, () => {
  test.each(changes)('%s, %s: 1,000 cases', (name, day) => {
    const zone = watchZone(name, day);
    const outcomes = { reached: 0, paused: 0, later: 0 };
    fc.assert(
      fc.property(situation(zone), ({ calendar, start, end, millis, pauses }) => {
        const minutes = millis / minuteMillis;
        const slow = slowDeadline(zone, calendar, start.getTime(), millis, pauses);
        const found = deadline(calendar, start, minutes, pauses);
        if (slow === 'paused') expect(found).toBeUndefined();
        else if (slow === 'later') expect(found?.getTime()).toBeGreaterThanOrEqual(zone.to);
        else expect(found?.getTime()).toBe(slow);
        outcomes[typeof slow === 'number' ? 'reached' : slow] += 1;
        expect(Math.round(workingTimeBetween(calendar, start, end) * minuteMillis)).toBe(
          openMillis(zone, calendar, start.getTime(), end.getTime()),
        );
      }),
      { seed, numRuns: 1_000 },
    );
    expect(outcomes.reached).toBeGreaterThan(500);
    expect(outcomes.paused).toBeGreaterThan(50);
  });
});
