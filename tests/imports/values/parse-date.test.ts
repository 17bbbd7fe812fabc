import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferDayMonthOrder } from '../../../src/modules/imports/values/day-month-order.js';
import { parseDate } from '../../../src/modules/imports/values/parse-date.js';
import { parseDateTime } from '../../../src/modules/imports/values/parse-date-time.js';

const problemOf = (cell: string, options = {}) => {
  const parsed = parseDate(cell, options);
  return 'problem' in parsed ? parsed.problem.key.replace('imports.problem.date.', '') : parsed.value;
};

describe('R1.8 dates', () => {
  it.each([
    '1990-1-2',
    '1990-01-02',
    '1990/01/02',
    '1990/1/2',
    '1990.1.2',
    '1990.01.02',
    '1990年1月2日',
    '1990年01月02',
    '1990 年 1 月 2 号',
    '19900102',
    '2 Jan 1990',
    '02-Jan-1990',
    '2Jan1990',
    '2nd January 1990',
    'January 2, 1990',
    'Jan. 2 1990',
    'JANUARY 2ND, 1990',
    '1990-Jan-02',
    '１９９０－０１－０２',
    '１９９０年１月２日',
    ' 1990-01-02 ',
    '\u00a01990-01-02\u3000',
    '="1990-01-02"',
    "'1990-01-02",
    '1990-01-02 00:00:00',
    '1990-01-02T09:30:00.000Z',
    '1990-01-02T09:30:00+08:00',
    '1990/1/2 9:30',
    '1990年1月2日 上午9:30',
    '1990年1月2日9时30分',
    '1990年1月2日 下午3点',
    '2 Jan 1990 3:30 PM',
  ])('%j is the second of January 1990', (cell) => {
    expect(parseDate(cell)).toEqual({ value: '1990-01-02' });
  });

  it.each([
    ['', null],
    ['   ', null],
    ['\u3000', null],
    ['生日保密', 'unreadable'],
    ['1990', 'unreadable'],
    ['1990年1月', 'unreadable'],
    ['90-1-2', 'unreadable'],
    ['1990-1', 'unreadable'],
    ['1990-01-021', 'unreadable'],
    ['Jan 2', 'unreadable'],
    ['2 Foo 1990', 'unreadable'],
    ['2 Ma 1990', 'unreadable'],
    ['32875', 'unreadable'],
    ['0', 'unreadable'],
    ['09:30', 'unreadable'],
    ['1990-02-30', 'impossible'],
    ['1990年2月30日', 'impossible'],
    ['1990-13-01', 'impossible'],
    ['1990-00-10', 'impossible'],
    ['1990-04-31', 'impossible'],
    ['2023-02-29', 'impossible'],
    ['19901301', 'impossible'],
    ['0000-01-01', 'impossible'],
    ['31 Feb 1990', 'impossible'],
    ['2024-02-29', '2024-02-29'],
    ['1900-02-29', 'impossible'],
    ['2000-02-29', '2000-02-29'],
    ['1899-12-31', 'tooEarly'],
    ['1900-01-01', '1900-01-01'],
  ])('%j is %j', (cell, expected) => {
    expect(problemOf(cell)).toBe(expected);
  });

  it('after the last day that is possible are refused', () => {
    const latest = '2026-11-22';
    expect(problemOf('2026-11-22', { latest })).toBe('2026-11-22');
    expect(parseDate('2026-11-23', { latest })).toEqual({
      problem: { key: 'imports.problem.date.future', params: { latest } },
    });
    expect(problemOf('2031-01-01')).toBe('2031-01-01');
  });

  it('with day and month in either order are taken only if one is meant', () => {
    expect(problemOf('02/01/1990')).toBe('ambiguous');
    expect(problemOf('02.01.1990', { order: 'day-first' })).toBe('1990-01-02');
    expect(problemOf('02-01-1990', { order: 'month-first' })).toBe('1990-02-01');
    for (const order of [undefined, 'day-first', 'month-first']) {
      expect(problemOf('31/01/1990', { order })).toBe('1990-01-31');
      expect(problemOf('01/31/1990', { order })).toBe('1990-01-31');
      expect(problemOf('05/05/1990', { order })).toBe('1990-05-05');
      expect(problemOf('31/13/1990', { order })).toBe('impossible');
    }
  });

  it('show the order of their column', () => {
    expect(inferDayMonthOrder(['', '02/01/1990', '31/01/1990', '1990-12-31'])).toBe('day-first');
    expect(inferDayMonthOrder(['02/01/1990', '1/31/1990 9:30'])).toBe('month-first');
    expect(inferDayMonthOrder(['31/01/1990', '01/31/1990'])).toBeUndefined();
    expect(inferDayMonthOrder(['02/01/1990', '31/31/1990', 'x'])).toBeUndefined();
  });

  it('as numbers of Excel only where they are expected', () => {
    const options = { areSerialsAllowed: true };
    expect(problemOf('32875', options)).toBe('1990-01-02');
    expect(problemOf('32875.75', options)).toBe('1990-01-02');
    expect(problemOf('１', options)).toBe('1900-01-01');
    expect(problemOf('59', options)).toBe('1900-02-28');
    expect(problemOf('61', options)).toBe('1900-03-01');
    expect(problemOf('0', options)).toBe('impossible');
    expect(problemOf('9999999', options)).toBe('impossible');
    expect(problemOf('19900102', options)).toBe('1990-01-02');
    expect(problemOf('50000', { ...options, latest: '2026-11-22' })).toBe('future');
  });

  it('come back from every spelling', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
    const months = [
      'January',
      'February',
      'March',
      'April',
      'May',
      'June',
      'July',
      'August',
      'September',
      'October',
      'November',
      'December',
    ];
    fc.assert(
      fc.property(day, fc.boolean(), (date, isPadded) => {
        const iso = date.toISOString().slice(0, 10);
        const [y, m, d] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
        const pad = (number: number) => String(number).padStart(isPadded ? 2 : 1, '0');
        const name = months[m - 1] ?? '';
        const spellings = [
          `${y}-${pad(m)}-${pad(d)}`,
          `${y}/${pad(m)}/${pad(d)}`,
          `${y}.${pad(m)}.${pad(d)}`,
          `${y}年${pad(m)}月${pad(d)}日`,
          iso.replaceAll('-', ''),
          `${d} ${name.slice(0, 3)} ${y}`,
          `${name} ${d}, ${y}`,
          `${iso}T23:59:59`,
        ];
        for (const spelling of spellings) {
          const wide = spelling.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
          expect(parseDate(spelling)).toEqual({ value: iso });
          expect(parseDate(wide)).toEqual({ value: iso });
        }
        expect(parseDate(`${pad(d)}/${pad(m)}/${y}`, { order: 'day-first' })).toEqual({ value: iso });
        expect(parseDate(`${pad(m)}/${pad(d)}/${y}`, { order: 'month-first' })).toEqual({ value: iso });
      }),
      { numRuns: 1_000 },
    );
  });

  it('never come from text without sense, and nothing breaks', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...Array.from('0123456789-/. 年月日:TJanuary')) }),
    );
    fc.assert(
      fc.property(cell, (text) => {
        const parsed = parseDate(text, { order: 'day-first', areSerialsAllowed: true });
        if ('value' in parsed && parsed.value !== null) expect(parseDate(parsed.value)).toEqual(parsed);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('R1.8 dates with a time', () => {
  it.each([
    ['1990-01-02 09:30', '1990-01-02T09:30:00'],
    ['1990-01-02T23:59:59.999', '1990-01-02T23:59:59'],
    ['1990/1/2', '1990-01-02T00:00:00'],
    ['1990年1月2日 下午3:05', '1990-01-02T15:05:00'],
    ['1990年1月2日 下午15:05', '1990-01-02T15:05:00'],
    ['1990年1月2日12时30分15秒', '1990-01-02T12:30:15'],
    ['2 Jan 1990 12:05 AM', '1990-01-02T00:05:00'],
    ['2 Jan 1990 12:05 pm', '1990-01-02T12:05:00'],
    ['', null],
  ])('%j is %j', (cell, expected) => {
    expect(parseDateTime(cell)).toEqual({ value: expected });
  });

  it.each([
    ['1990-01-02 24:30', 'impossible'],
    ['1990-01-02 09:61', 'impossible'],
    ['1990-02-30 09:30', 'impossible'],
    ['1990-01-02T09:30:00Z', 'unreadable'],
    ['1990-01-02T09:30:00+08:00', 'unreadable'],
    ['9:30', 'unreadable'],
  ])('%j is %s', (cell, reason) => {
    expect(parseDateTime(cell)).toEqual({ problem: { key: `imports.problem.date.${reason}`, params: {} } });
  });
});
