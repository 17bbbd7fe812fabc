import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockText, optionalTime } from '../../src/modules/follow-ups/clock-time.js';
import { wallTime, zonedMoment } from '../../src/modules/follow-ups/zoned-time.js';

const moment = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2090, 0, 1) }).map((millis) => {
  const minute = 60_000;
  return new Date(Math.floor(millis / minute) * minute);
});
const zone = fc.constantFrom(
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'UTC',
);

describe('R1.4 days and times of the product’s time zone', () => {
  test('what the clock shows at a moment leads back to it, or to the first moment at which it shows that', () => {
    fc.assert(
      fc.property(moment, zone, (at, name) => {
        const shown = wallTime(at, name);
        const back = zonedMoment(shown, name);
        expect(wallTime(back, name)).toEqual(shown);
        expect(back.getTime()).toBeLessThanOrEqual(at.getTime());
        expect(at.getTime() - back.getTime()).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });

  test('today changes at midnight there, whatever the clock of the machine says', () => {
    expect(wallTime(new Date('2026-11-22T15:59:00Z')).day).toBe('2026-11-22');
    expect(wallTime(new Date('2026-11-22T16:00:00Z'))).toEqual({ day: '2026-11-23', minute: 0 });
    expect(wallTime(new Date('2026-07-01T21:59:00Z'), 'Europe/Berlin').day).toBe('2026-07-01');
    expect(wallTime(new Date('2026-07-01T22:00:00Z'), 'Europe/Berlin').day).toBe('2026-07-02');
    expect(wallTime(new Date('2026-12-01T22:59:00Z'), 'Europe/Berlin').day).toBe('2026-12-01');
    expect(wallTime(new Date('2026-12-01T23:00:00Z'), 'Europe/Berlin').day).toBe('2026-12-02');
  });

  test('a time that summer time skips comes an hour later, one that is shown twice is the first', () => {
    const berlin = (day: string, time: string): string => {
      const minute = optionalTime.parse(time) ?? 0;
      return zonedMoment({ day, minute }, 'Europe/Berlin').toISOString();
    };
    expect(berlin('2026-03-29', '01:59')).toBe('2026-03-29T00:59:00.000Z');
    expect(berlin('2026-03-29', '02:30')).toBe('2026-03-29T01:30:00.000Z');
    expect(berlin('2026-03-29', '03:00')).toBe('2026-03-29T01:00:00.000Z');
    expect(berlin('2026-10-25', '02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(berlin('2026-10-25', '03:00')).toBe('2026-10-25T02:00:00.000Z');
  });
});

describe('R1.4 a time as people type it', () => {
  test.each([
    ['9:30', 570],
    ['09:30', 570],
    ['0930', 570],
    ['14.05', 845],
    ['14：05', 845],
    ['7', 420],
    ['23:59', 1439],
    ['0:00', 0],
    ['', null],
  ])('%s', (text, minute) => {
    expect(optionalTime.parse(text)).toBe(minute);
  });

  test.each(['24:00', '12:60', 'noon', '1:2:3', '-1', '123456'])('%s is none', (text) => {
    expect(optionalTime.safeParse(text).success).toBe(false);
  });

  test('what is shown for a minute of the day reads as that minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), (minute) => {
        expect(optionalTime.parse(clockText(minute))).toBe(minute);
      }),
    );
    expect(clockText(null)).toBe('');
  });
});
