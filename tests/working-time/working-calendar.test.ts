import { describe, expect, test } from 'vitest';
import { problemsOf } from '../../src/core/problems.js';
import { calendarLimits, WorkingCalendar } from '../../src/core/working-time/working-calendar.js';
import { dayText } from '../../src/core/working-time/calendar-days.js';
import { hours, weekOf, workdays } from './calendars.js';

const name = { en: 'New Year', 'zh-CN': '元旦' };
const valid = {
  timeZone: 'Asia/Shanghai',
  weekly: weekOf(workdays('0:00-9:00 9:00-12:00 13:00-24:00')),
  exceptions: {
    '2026-01-01': { windows: hours(''), name },
    '2026-01-04': { windows: hours('9:00-18:00'), name },
  },
};

const problems = (calendar: unknown): [string, string][] => {
  const { error } = WorkingCalendar.safeParse(calendar);
  return error ? problemsOf(error).map(({ path, key }) => [path, key]) : [];
};
const onMonday = (text: string) => ({ ...valid, weekly: weekOf({ monday: text }) });

describe('R2.4 a working calendar', () => {
  test('is kept as it was given, and can no longer be changed', () => {
    const calendar = WorkingCalendar.parse(valid);
    expect(calendar).toEqual(valid);
    expect(
      [calendar, calendar.weekly, calendar.weekly.monday, calendar.exceptions].every(Object.isFrozen),
    ).toBe(true);
  });

  test.each<[string, unknown, [string, string][]]>([
    ['without hours on any weekday', onMonday(''), [['weekly', 'workingTime.noHours']]],
    ['overlapping hours', onMonday('9:00-12:00 11:59-13:00'), [['weekly.monday', 'workingTime.overlap']]],
    ['hours out of order', onMonday('13:00-18:00 9:00-12:00'), [['weekly.monday', 'workingTime.overlap']]],
    [
      'hours that end where they begin',
      onMonday('9:00-9:00'),
      [['weekly.monday.0', 'workingTime.emptyWindow']],
    ],
    ['hours over midnight', onMonday('22:00-6:00'), [['weekly.monday.0', 'workingTime.emptyWindow']]],
    ['hours after midnight', onMonday('22:00-25:00'), [['weekly.monday.0.toMinute', 'errors.tooLarge']]],
    [
      'too many hours of one day',
      {
        ...valid,
        weekly: {
          ...valid.weekly,
          monday: Array.from({ length: 13 }, (_, at) => hours(`${at}:00-${at}:30`)[0]),
        },
      },
      [['weekly.monday', 'errors.tooLarge']],
    ],
    ['no such zone', { ...valid, timeZone: 'Asia/Nowhere' }, [['timeZone', 'workingTime.notATimeZone']]],
    [
      'an offset instead of a zone',
      { ...valid, timeZone: '+08:00' },
      [['timeZone', 'workingTime.notATimeZone']],
    ],
    ['an empty zone', { ...valid, timeZone: '' }, [['timeZone', 'workingTime.notATimeZone']]],
    [
      'an exception on no day',
      { ...valid, exceptions: { '2026-02-30': { windows: [], name } } },
      [['exceptions.2026-02-30', 'errors.invalid']],
    ],
    [
      'an exception without a name',
      { ...valid, exceptions: { '2026-01-01': { windows: [], name: { en: '', 'zh-CN': '元旦' } } } },
      [['exceptions.2026-01-01.name.en', 'errors.required']],
    ],
    [
      'too many exceptions',
      {
        ...valid,
        exceptions: Object.fromEntries(
          Array.from({ length: calendarLimits.exceptions + 1 }, (_, at) => [
            dayText(at),
            { windows: [], name },
          ]),
        ),
      },
      [['exceptions', 'workingTime.tooManyExceptions']],
    ],
  ])('with %s is refused', (_case, calendar, expected) => {
    expect(problems(calendar)).toEqual(expected);
  });
});
