import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  dueBucketOf,
  dueBuckets,
  dueRange,
  nextMonday,
} from '../../src/modules/follow-ups/due-days.js';
import { snoozedTo } from '../../src/modules/follow-ups/follow-ups.service.js';

const day = fc
  .integer({ min: 0, max: 36_000 })
  .map((days) => new Date(Date.UTC(2001, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));

const weekdayOf = (text: string): number => new Date(`${text}T00:00:00Z`).getUTCDay();

describe('R1.4 overdue, today, this week, later', () => {
  test('each day lies in exactly one bucket, and in the days of that bucket only', () => {
    fc.assert(
      fc.property(day, day, (due, today) => {
        const lying = dueBuckets.filter((bucket) => {
          const { from, before } = dueRange(bucket, today);
          return (from === null || due >= from) && (before === null || due < before);
        });
        expect(lying).toEqual([dueBucketOf(due, today)]);
      }),
    );
  });

  test('the week ends on Sunday: the next Monday is one to seven days away', () => {
    fc.assert(
      fc.property(day, (today) => {
        const monday = nextMonday(today);
        expect(weekdayOf(monday)).toBe(1);
        expect(monday > today && monday <= addDays(today, 7)).toBe(true);
      }),
    );
  });

  test('on a Friday the weekend is this week and Monday is later; on a Sunday nothing is left of the week', () => {
    expect(dueBucketOf('2026-11-22', '2026-11-20')).toBe('week');
    expect(dueBucketOf('2026-11-23', '2026-11-20')).toBe('later');
    expect(dueRange('week', '2026-11-22')).toEqual({ from: '2026-11-23', before: '2026-11-23' });
  });
});

describe('R1.4 putting off', () => {
  test('by days: counted from today when overdue, else from its day, and later than both', () => {
    fc.assert(
      fc.property(day, day, fc.constantFrom(1, 3, 7), (due, today, days) => {
        const later = snoozedTo(due, today, { days, until: null });
        expect(later).toBe(addDays(due > today ? due : today, days));
        expect(later > due && later > today).toBe(true);
      }),
    );
  });

  test('to a day of one’s own: refused unless it is later than the day it is due on, and not past', () => {
    fc.assert(
      fc.property(day, day, day, (due, today, until) => {
        const putOff = () => snoozedTo(due, today, { until });
        if (until >= today && until > due) expect(putOff()).toBe(until);
        else expect(putOff).toThrow('until: followUps.snoozeNotLater');
      }),
    );
  });

  test('without days and day it is refused', () => {
    expect(() => snoozedTo('2026-11-22', '2026-11-22', { until: null })).toThrow(
      'until: followUps.dayMissing',
    );
  });
});
