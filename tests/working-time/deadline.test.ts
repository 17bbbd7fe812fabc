import { describe, expect, test } from 'vitest';
import {
  addWorkingTime,
  subtractWorkingTime,
  workingTimeBetween,
  WorkingTimeTooFar,
} from '../../src/core/working-time/add-working-time.js';
import { chineseCalendar } from '../../src/core/working-time/chinese-calendar.js';
import { deadline, pausesOf, type Pause, type StateCategory } from '../../src/core/working-time/pauses.js';
import { WorkingCalendar } from '../../src/core/working-time/working-calendar.js';
import { calendarOf, weekOf, workdays } from './calendars.js';

const week = workdays('9:00-12:00 13:00-18:00');
const { exceptions } = chineseCalendar({ first: 2026, last: 2026 }, weekOf(week));
const shop = WorkingCalendar.parse({ timeZone: 'Asia/Shanghai', weekly: weekOf(week), exceptions });
const nineToFive = calendarOf('Asia/Shanghai', workdays('9:00-17:00'));

/** A moment of Shanghai's clocks in 2026; Friday is 20 November. */
const at = (text: string): Date => new Date(`2026-${text.replace(' ', 'T')}+08:00`);
const pause = (from: string, to: string | null): Pause => ({
  from: at(from),
  to: to === null ? null : at(to),
});

describe('R2.4 working time', () => {
  test.each([
    ['within hours', '11-20 10:00', 60, '11-20 11:00'],
    ['before opening', '11-20 07:00', 30, '11-20 09:30'],
    ['after closing, over the weekend', '11-20 20:00', 60, '11-23 10:00'],
    ['through the lunch break', '11-20 11:30', 60, '11-20 13:30'],
    ['begun in the lunch break', '11-20 12:20', 60, '11-20 14:00'],
    ['until the lunch break begins', '11-20 11:00', 60, '11-20 12:00'],
    ['until closing, not until the next opening', '11-20 17:00', 60, '11-20 18:00'],
    ['a whole day', '11-20 09:00', 480, '11-20 18:00'],
    ['over the weekend', '11-20 16:00', 240, '11-23 11:00'],
    ['over the seven days of National Day', '09-30 17:00', 120, '10-08 10:00'],
    ['into a make-up Saturday', '10-09 17:00', 120, '10-10 10:00'],
    ['begun half a minute before closing', '11-20 17:59:30', 1, '11-23 09:00:30'],
    ['half a minute', '11-20 10:00', 0.5, '11-20 10:00:30'],
    ['nothing, within hours', '11-20 10:00', 0, '11-20 10:00'],
    ['nothing, outside hours', '11-21 10:00', 0, '11-21 10:00'],
  ])('%s', (_case, start, minutes, end) => {
    expect(addWorkingTime(shop, at(start), minutes)).toEqual(at(end));
    expect(workingTimeBetween(shop, at(start), at(end))).toBeCloseTo(minutes, 9);
    expect(workingTimeBetween(shop, subtractWorkingTime(shop, at(end), minutes), at(end))).toBeCloseTo(
      minutes,
      9,
    );
  });

  test('one hour from Friday 16:30 ends on Monday at 9:30 where Friday closes at 17:00', () => {
    expect(addWorkingTime(nineToFive, at('11-20 16:30'), 60)).toEqual(at('11-23 09:30'));
  });

  test('goes by the clock on the wall alone where work never stops', () => {
    const always = calendarOf('Asia/Shanghai', {
      ...workdays('0:00-24:00'),
      saturday: '0:00-24:00',
      sunday: '0:00-24:00',
    });
    expect(addWorkingTime(always, at('11-20 16:30'), 3 * 1_440)).toEqual(at('11-23 16:30'));
  });

  test('special hours take the place of those of the weekday', () => {
    const short = calendarOf('Asia/Shanghai', week, { '2026-12-31': '9:00-12:00' });
    expect(addWorkingTime(short, at('12-31 11:00'), 120)).toEqual(new Date('2027-01-01T10:00:00+08:00'));
  });

  test('backwards, ends at the latest moment', () => {
    expect(subtractWorkingTime(shop, at('11-23 09:00'), 60)).toEqual(at('11-20 17:00'));
    expect(subtractWorkingTime(shop, at('11-23 10:00'), 60)).toEqual(at('11-23 09:00'));
    expect(subtractWorkingTime(shop, at('11-23 14:00'), 180)).toEqual(at('11-23 10:00'));
  });

  test('between moments that are not in order is none', () => {
    expect(workingTimeBetween(shop, at('11-20 11:00'), at('11-20 10:00'))).toBe(0);
  });

  test('of less than nothing is refused', () => {
    for (const minutes of [-1, Number.NaN, Infinity]) {
      expect(() => addWorkingTime(shop, at('11-20 10:00'), minutes)).toThrow(RangeError);
      expect(() => subtractWorkingTime(shop, at('11-20 10:00'), minutes)).toThrow(RangeError);
      expect(() => deadline(shop, at('11-20 10:00'), minutes, [])).toThrow(RangeError);
    }
  });

  test('more than five years ahead is refused, and does not take for ever', () => {
    const rare = calendarOf('Asia/Shanghai', { monday: '9:00-9:01' });
    expect(() => addWorkingTime(rare, at('11-20 10:00'), 300)).toThrow(WorkingTimeTooFar);
    expect(() => subtractWorkingTime(rare, at('11-20 10:00'), 300)).toThrow(WorkingTimeTooFar);
    expect(() => deadline(rare, at('11-20 10:00'), 300, [])).toThrow(WorkingTimeTooFar);
    expect(addWorkingTime(rare, at('11-20 10:00'), 250).getTime()).toBeGreaterThan(
      at('11-20 10:00').getTime(),
    );
  });
});

describe('R2.4 the days on which clocks are changed', () => {
  const night = (zone: string) => calendarOf(zone, { saturday: '22:00-24:00', sunday: '0:00-4:00' });
  const moment = (text: string): Date => new Date(text);

  test.each([
    ['Europe/Berlin', '2026-03-29', 3 * 60, 'skips an hour'],
    ['Europe/Berlin', '2026-10-25', 5 * 60, 'shows an hour twice'],
    ['Europe/Berlin', '2026-11-01', 4 * 60, 'is like any other'],
    ['America/New_York', '2026-03-08', 3 * 60, 'skips an hour'],
    ['America/New_York', '2026-11-01', 5 * 60, 'shows an hour twice'],
    ['Asia/Shanghai', '2026-03-29', 4 * 60, 'is like any other'],
  ])('%s, %s has %i minutes from 0:00 to 4:00: it %s', (zone, day, minutes) => {
    const calendar = calendarOf(zone, { sunday: '0:00-4:00' });
    const from = moment(`${day}T00:00:00Z`).getTime() - 86_400_000;
    expect(workingTimeBetween(calendar, new Date(from), new Date(from + 3 * 86_400_000))).toBe(minutes);
  });

  test.each([
    ['Europe/Berlin', '2026-03-29T01:30:00+01:00', 60, '2026-03-29T03:30:00+02:00'],
    ['Europe/Berlin', '2026-10-25T02:30:00+02:00', 60, '2026-10-25T02:30:00+01:00'],
    ['Europe/Berlin', '2026-10-24T23:00:00+02:00', 300, '2026-10-25T03:00:00+01:00'],
    ['America/New_York', '2026-03-08T01:30:00-05:00', 60, '2026-03-08T03:30:00-04:00'],
    ['America/New_York', '2026-11-01T01:30:00-04:00', 60, '2026-11-01T01:30:00-05:00'],
  ])('%s: from %s, %i minutes later it is %s', (zone, start, minutes, end) => {
    expect(addWorkingTime(night(zone), moment(start), minutes)).toEqual(moment(end));
    expect(subtractWorkingTime(night(zone), moment(end), minutes)).toEqual(moment(start));
  });

  test('hours that lie in the skipped hour alone are none on that day', () => {
    const skipped = calendarOf('Europe/Berlin', { sunday: '2:00-3:00' });
    expect(addWorkingTime(skipped, moment('2026-03-28T12:00:00Z'), 30)).toEqual(
      moment('2026-04-05T02:30:00+02:00'),
    );
  });

  test('daytime hours are as long as ever', () => {
    const office = calendarOf('Europe/Berlin', workdays('9:00-17:00'));
    expect(addWorkingTime(office, moment('2026-03-27T16:00:00+01:00'), 120)).toEqual(
      moment('2026-03-30T10:00:00+02:00'),
    );
  });
});

describe('R2.4 a deadline with pauses', () => {
  const friday = at('11-20 16:00');

  test.each<[string, Pause[], string | undefined]>([
    ['none', [], '11-23 11:00'],
    ['over the weekend', [pause('11-20 17:00', '11-23 10:00')], '11-23 14:00'],
    ['outside hours', [pause('11-20 19:00', '11-22 10:00')], '11-23 11:00'],
    ['in the lunch break', [pause('11-23 12:00', '11-23 13:00')], '11-23 11:00'],
    ['before the start', [pause('11-18 09:00', '11-20 16:30')], '11-23 11:30'],
    ['after the deadline', [pause('11-23 11:00', '11-25 12:00')], '11-23 11:00'],
    ['twice', [pause('11-23 10:00', '11-23 10:20'), pause('11-20 16:00', '11-20 16:10')], '11-23 11:30'],
    [
      'overlapping',
      [pause('11-20 16:00', '11-20 17:00'), pause('11-20 16:30', '11-20 17:30')],
      '11-23 13:30',
    ],
    [
      'one within the other',
      [pause('11-20 16:00', '11-20 18:00'), pause('11-20 16:30', '11-20 17:00')],
      '11-23 14:00',
    ],
    ['ended before it began', [pause('11-20 18:00', '11-20 17:00')], '11-23 11:00'],
    ['lasting', [pause('11-20 17:00', null)], undefined],
    ['lasting since before the start', [pause('11-19 17:00', null)], undefined],
    ['lasting, begun outside hours', [pause('11-21 17:00', null)], undefined],
    ['lasting, begun when the deadline had passed', [pause('11-23 11:00', null)], '11-23 11:00'],
    [
      'lasting, with another that began later',
      [pause('11-20 17:00', null), pause('11-20 17:30', '11-23 10:00')],
      undefined,
    ],
  ])('%s', (_case, pauses, end) => {
    expect(deadline(shop, friday, 240, pauses)).toEqual(end === undefined ? undefined : at(end));
  });

  test('that lasted for years goes on where it stopped', () => {
    const years = { from: at('11-20 17:00'), to: new Date('2034-11-20T10:00:00+08:00') };
    expect(deadline(nineToFive, at('11-20 16:00'), 120, [years])).toEqual(
      new Date('2034-11-20T11:00:00+08:00'),
    );
  });

  test('is counted anew from the start when the policy or the calendar changes: nothing is carried along', () => {
    const pauses = [pause('11-20 17:00', '11-23 10:00')];
    expect(deadline(shop, friday, 240, pauses)).toEqual(at('11-23 14:00'));
    expect(deadline(shop, friday, 60, pauses)).toEqual(at('11-20 17:00'));
    expect(deadline(shop, friday, 480, pauses)).toEqual(at('11-23 18:00'));
    expect(deadline(nineToFive, friday, 240, pauses)).toEqual(at('11-23 13:00'));
  });
});

describe('R2.4 pauses from the history of states', () => {
  const history = (...changes: readonly [string, StateCategory][]) =>
    changes.map(([moment, category]) => ({ at: at(moment), category }));

  test('are the times of waiting', () => {
    expect(
      pausesOf(history(['11-20 09:00', 'open'], ['11-20 10:00', 'waiting'], ['11-20 11:00', 'open'])),
    ).toEqual([pause('11-20 10:00', '11-20 11:00')]);
    expect(pausesOf(history(['11-20 10:00', 'waiting']))).toEqual([pause('11-20 10:00', null)]);
    expect(pausesOf([])).toEqual([]);
  });

  test('join where one state of waiting follows another', () => {
    expect(
      pausesOf(history(['11-20 10:00', 'waiting'], ['11-20 10:30', 'waiting'], ['11-20 11:00', 'done'])),
    ).toEqual([pause('11-20 10:00', '11-20 11:00')]);
  });

  test('come in order whatever the order of the history; of two changes at one moment the last holds', () => {
    expect(pausesOf(history(['11-20 11:00', 'open'], ['11-20 10:00', 'waiting']))).toEqual([
      pause('11-20 10:00', '11-20 11:00'),
    ]);
    expect(pausesOf(history(['11-20 10:00', 'waiting'], ['11-20 10:00', 'open']))).toEqual([]);
    expect(pausesOf(history(['11-20 10:00', 'open'], ['11-20 10:00', 'waiting']))).toEqual([
      pause('11-20 10:00', null),
    ]);
  });

  test('a request that was done and is opened again keeps its deadline', () => {
    const reopened = history(['11-20 16:00', 'open'], ['11-20 17:00', 'done'], ['11-23 09:30', 'open']);
    expect(pausesOf(reopened)).toEqual([]);
    expect(deadline(shop, at('11-20 16:00'), 240, pausesOf(reopened))).toEqual(at('11-23 11:00'));
  });

  test('waiting that ends in done, and waiting after the reopening, are pauses of their own', () => {
    const changes = history(
      ['11-20 16:00', 'open'],
      ['11-20 16:30', 'waiting'],
      ['11-20 17:00', 'done'],
      ['11-23 10:00', 'open'],
      ['11-23 10:30', 'waiting'],
      ['11-23 11:30', 'open'],
    );
    expect(pausesOf(changes)).toEqual([
      pause('11-20 16:30', '11-20 17:00'),
      pause('11-23 10:30', '11-23 11:30'),
    ]);
    expect(deadline(shop, at('11-20 16:00'), 240, pausesOf(changes))).toEqual(at('11-23 13:30'));
  });
});
