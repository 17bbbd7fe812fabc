import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ageInYears,
  dayOf,
  formatCappedCount,
  formatDateTime,
  formatDay,
  formatMoney,
  formatRelative,
} from '../../src/core/format.js';

describe('R1.1 age', () => {
  test.each([
    ['1990-05-20', '2026-05-19', 35],
    ['1990-05-20', '2026-05-20', 36],
    ['2000-02-29', '2025-02-28', 24],
    ['2000-02-29', '2025-03-01', 25],
    ['2000-02-29', '2024-02-28', 23],
    ['2000-02-29', '2024-02-29', 24],
    ['2026-01-01', '2026-01-01', 0],
    ['2026-01-02', '2026-01-01', undefined],
    ['1900-01-01', '2026-01-01', 126],
  ])('of somebody born on %s is on %s: %s', (birthDate, today, age) => {
    expect(ageInYears(birthDate, today)).toBe(age);
  });

  test('goes up by one once in every year, and never down', () => {
    const day = fc
      .date({ min: new Date('1930-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 90 }), (birthDate, years) => {
        const year = Number(birthDate.slice(0, 4)) + years;
        expect(ageInYears(birthDate, `${year}-12-31`)).toBe(years);
        expect(ageInYears(birthDate, `${year + 1}-12-31`)).toBe(years + 1);
      }),
    );
  });
});

describe('R6.7 moments', () => {
  const now = new Date('2026-03-31T12:00:00Z');
  const ago = (seconds: number) => formatRelative(new Date(now.getTime() - seconds * 1_000), now, 'en');

  test.each([
    [0, 'now'],
    [59, 'now'],
    [-59, 'now'],
    [60, '1 minute ago'],
    [3_599, '60 minutes ago'],
    [3_600, '1 hour ago'],
    [86_400, 'yesterday'],
    [-86_400, 'tomorrow'],
    [10 * 86_400, '10 days ago'],
    [40 * 86_400, 'last month'],
    [800 * 86_400, '2 years ago'],
  ])('%i seconds ago: %s', (seconds, text) => {
    expect(ago(seconds)).toBe(text);
  });

  test('are said in Chinese, too', () => {
    expect(formatRelative(new Date(now.getTime() - 7_200_000), now, 'zh-CN')).toBe('2小时前');
  });

  test('belong to the day of the product’s time zone, not of the server’s', () => {
    expect(dayOf(new Date('2026-03-31T15:59:59Z'))).toBe('2026-03-31');
    expect(dayOf(new Date('2026-03-31T16:00:00Z'))).toBe('2026-04-01');
    expect(formatDateTime(new Date('2026-12-31T16:30:00Z'), 'en')).toContain('Jan 1, 2027');
  });

  test('a calendar day is shown as it is', () => {
    expect(formatDay('2026-01-01', 'en')).toBe('Jan 1, 2026');
    expect(formatDay('2026-01-01', 'zh-CN')).toBe('2026年1月1日');
    expect(formatDay(null, 'en')).toBe('');
  });
});

describe('R1.7 numbers', () => {
  test('money has its currency and two decimals', () => {
    expect(formatMoney('1280.5', 'en')).toBe('¥1,280.50');
    expect(formatMoney('-0.01', 'zh-CN')).toBe('-¥0.01');
    expect(formatMoney('9999999999.99', 'en')).toBe('¥9,999,999,999.99');
  });

  test('a count stops at its cap and says so', () => {
    expect([9_999, 10_000, 10_001].map((count) => formatCappedCount(count, 10_000, 'en'))).toEqual([
      '9,999',
      '10,000',
      '10,000+',
    ]);
  });
});
