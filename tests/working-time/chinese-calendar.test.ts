import { describe, expect, test } from 'vitest';
import { chineseCalendar, knownChineseYears } from '../../src/core/working-time/chinese-calendar.js';
import { WorkingCalendar } from '../../src/core/working-time/working-calendar.js';
import { hours, weekOf } from './calendars.js';

const weekly = weekOf({ monday: '9:00-18:00', friday: '9:00-12:00' });

describe('R2.4 China’s holidays and make-up workdays', () => {
  test('of 2026 are those of the State Council’s notice', () => {
    const { exceptions, years } = chineseCalendar({ first: 2026, last: 2026 }, weekly);
    expect(years).toEqual({ first: 2026, last: 2026 });
    const days = Object.entries(exceptions);
    expect(days.filter(([, { windows }]) => windows.length === 0)).toHaveLength(33);
    expect(days.filter(([, { windows }]) => windows.length > 0).map(([day]) => day)).toEqual([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ]);
  });

  test('have names in both languages, and make-up workdays the hours of the weekday that is told', () => {
    const asked = { first: 2026, last: 2026 };
    expect(chineseCalendar(asked, weekly).exceptions['2026-10-01']).toEqual({
      windows: [],
      name: { en: 'National Day', 'zh-CN': '国庆节' },
    });
    expect(chineseCalendar(asked, weekly).exceptions['2026-10-10']).toEqual({
      windows: hours('9:00-18:00'),
      name: { en: 'Make-up workday (National Day)', 'zh-CN': '调休上班（国庆节）' },
    });
    expect(chineseCalendar(asked, weekly, 'friday').exceptions['2026-10-10']?.windows).toEqual(
      hours('9:00-12:00'),
    );
  });

  test('say how far they are known, and end there', () => {
    expect(knownChineseYears.first).toBe(2004);
    expect(knownChineseYears.last).toBeGreaterThanOrEqual(2026);
    const next = knownChineseYears.last + 1;
    expect(chineseCalendar({ first: next, last: next + 5 }, weekly)).toEqual({ exceptions: {}, years: null });
    const { exceptions, years } = chineseCalendar({ first: 1990, last: next }, weekly);
    expect(years).toEqual(knownChineseYears);
    expect(Object.keys(exceptions).some((day) => day.startsWith(String(next)))).toBe(false);
  });

  test('all fit into one calendar', () => {
    const { exceptions } = chineseCalendar({ first: 2000, last: 2100 }, weekly);
    expect(WorkingCalendar.safeParse({ timeZone: 'Asia/Shanghai', weekly, exceptions }).success).toBe(true);
  });
});
