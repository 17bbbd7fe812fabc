import { describe, expect, test } from 'vitest';
import { WorkingTimeTooFar } from '../../src/core/working-time/add-working-time.js';
import { explainDeadline } from '../../src/core/working-time/explain.js';
import { calendarOf, hours, workdays } from './calendars.js';

const at = (text: string): Date => new Date(`2026-${text.replace(' ', 'T')}+08:00`);
const special = (day: string) => ({ en: `Special ${day}`, 'zh-CN': `特殊 ${day}` });

/** Thursday 19 November is a holiday, Saturday 21 is worked on in the morning, Sunday 22 would be closed anyway. */
const shop = calendarOf('Asia/Shanghai', workdays('9:00-17:00'), {
  '2026-11-19': '',
  '2026-11-21': '9:00-12:00',
  '2026-11-22': '',
});

describe('R2.4 the sum behind a deadline', () => {
  test('stands there day by day, with holidays and pauses', () => {
    const pauses = [{ from: at('11-20 10:00'), to: at('11-20 13:00') }];
    expect(explainDeadline(shop, at('11-18 15:00'), 780, pauses)).toEqual({
      deadline: at('11-23 12:00'),
      minutesLeft: 0,
      pausedMinutes: 180,
      holidays: [{ day: '2026-11-19', name: special('2026-11-19') }],
      days: [
        {
          day: '2026-11-18',
          minutes: 120,
          pausedMinutes: 0,
          windows: hours('9:00-17:00'),
          exceptionName: null,
        },
        {
          day: '2026-11-20',
          minutes: 300,
          pausedMinutes: 180,
          windows: hours('9:00-17:00'),
          exceptionName: null,
        },
        {
          day: '2026-11-21',
          minutes: 180,
          pausedMinutes: 0,
          windows: hours('9:00-12:00'),
          exceptionName: special('2026-11-21'),
        },
        {
          day: '2026-11-23',
          minutes: 180,
          pausedMinutes: 0,
          windows: hours('9:00-17:00'),
          exceptionName: null,
        },
      ],
    });
  });

  test('names a day on which nothing but a pause lay, and no holiday after the deadline', () => {
    const pauses = [{ from: at('11-17 00:00'), to: at('11-18 00:00') }];
    const { deadline, days, holidays } = explainDeadline(shop, at('11-16 16:00'), 120, pauses);
    expect(deadline).toEqual(at('11-18 10:00'));
    expect(days.map(({ day, minutes, pausedMinutes }) => [day, minutes, pausedMinutes])).toEqual([
      ['2026-11-16', 60, 0],
      ['2026-11-17', 0, 480],
      ['2026-11-18', 60, 0],
    ]);
    expect(holidays).toEqual([]);
  });

  test('names no holiday that begins with the deadline', () => {
    const late = calendarOf('Asia/Shanghai', workdays('20:00-24:00'), { '2026-11-19': '' });
    const { deadline, holidays } = explainDeadline(late, at('11-18 20:00'), 240, []);
    expect(deadline).toEqual(at('11-19 00:00'));
    expect(holidays).toEqual([]);
  });

  test('while a pause lasts, says what counted until it began and what is left', () => {
    const explained = explainDeadline(shop, at('11-18 15:00'), 480, [{ from: at('11-20 10:00'), to: null }]);
    expect(explained.deadline).toBeUndefined();
    expect(explained.days.map(({ day, minutes }) => [day, minutes])).toEqual([
      ['2026-11-18', 120],
      ['2026-11-20', 60],
    ]);
    expect(explained).toMatchObject({
      minutesLeft: 300,
      pausedMinutes: 0,
      holidays: [{ day: '2026-11-19' }],
    });
  });

  test('of a pause since before the start, and of no minutes at all, is empty', () => {
    const since = [{ from: at('11-16 10:00'), to: null }];
    expect(explainDeadline(shop, at('11-18 15:00'), 60, since)).toMatchObject({
      deadline: undefined,
      days: [],
      minutesLeft: 60,
      holidays: [],
    });
    expect(explainDeadline(shop, at('11-18 15:00'), 0, [])).toMatchObject({
      deadline: at('11-18 15:00'),
      days: [],
      minutesLeft: 0,
    });
  });

  test('is refused where the deadline is', () => {
    expect(() => explainDeadline(shop, at('11-18 15:00'), 5_000_000, [])).toThrow(WorkingTimeTooFar);
    expect(() => explainDeadline(shop, at('11-18 15:00'), -1, [])).toThrow(RangeError);
  });
});
