import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { icalendarLimits, importICalendar } from '../../src/core/working-time/import-icalendar.js';
import { ICalendarError } from '../../src/core/working-time/icalendar-error.js';

const lines = (...parts: readonly string[]): string => parts.join('\r\n') + '\r\n';
const event = (...properties: readonly string[]): string =>
  lines('BEGIN:VEVENT', 'UID:1', ...properties, 'END:VEVENT');
const calendar = (...parts: readonly string[]): string =>
  lines('BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//EN') + parts.join('') + lines('END:VCALENDAR');
const holiday = (...properties: readonly string[]): string =>
  calendar(event('SUMMARY:Founders', ...properties));

const years = { first: 2026, last: 2028 };
const daysOf = (text: string): string[] => Object.keys(importICalendar(text, years)).sort();
const refusal = (text: string): string => {
  try {
    importICalendar(text, years);
  } catch (error) {
    if (error instanceof ICalendarError) return error.messageKey;
    throw error;
  }
  return 'was read';
};

describe('R2.4 holidays from a calendar file', () => {
  test.each<[string, string[], string[]]>([
    ['one day', ['DTSTART;VALUE=DATE:20260501'], ['2026-05-01']],
    [
      'an end that is not included',
      ['DTSTART;VALUE=DATE:20261230', 'DTEND;VALUE=DATE:20270102'],
      ['2026-12-30', '2026-12-31', '2027-01-01'],
    ],
    ['a duration', ['DTSTART;VALUE=DATE:20260501', 'DURATION:P2D'], ['2026-05-01', '2026-05-02']],
    [
      'days before the years asked for',
      ['DTSTART;VALUE=DATE:20251230', 'DTEND;VALUE=DATE:20260102'],
      ['2026-01-01'],
    ],
    [
      'every year',
      ['DTSTART;VALUE=DATE:20100501', 'RRULE:FREQ=YEARLY'],
      ['2026-05-01', '2027-05-01', '2028-05-01'],
    ],
    [
      'every other year',
      ['DTSTART;VALUE=DATE:20240501', 'RRULE:FREQ=YEARLY;INTERVAL=2'],
      ['2026-05-01', '2028-05-01'],
    ],
    ['a number of times', ['DTSTART;VALUE=DATE:20250501', 'RRULE:FREQ=YEARLY;COUNT=2'], ['2026-05-01']],
    [
      'until a day',
      ['DTSTART;VALUE=DATE:20250501', 'RRULE:FREQ=YEARLY;UNTIL=20270501'],
      ['2026-05-01', '2027-05-01'],
    ],
    [
      'except a year',
      ['DTSTART;VALUE=DATE:20260501', 'RRULE:FREQ=YEARLY', 'EXDATE;VALUE=DATE:20270501'],
      ['2026-05-01', '2028-05-01'],
    ],
    ['29 February', ['DTSTART;VALUE=DATE:20240229', 'RRULE:FREQ=YEARLY'], ['2028-02-29']],
    [
      'the fourth Thursday of November',
      ['DTSTART;VALUE=DATE:20251127', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH'],
      ['2026-11-26', '2027-11-25', '2028-11-23'],
    ],
    [
      'the last Monday of May',
      ['DTSTART;VALUE=DATE:20260525', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO'],
      ['2026-05-25', '2027-05-31', '2028-05-29'],
    ],
    [
      'a month and day',
      ['DTSTART;VALUE=DATE:20260101', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8'],
      ['2026-03-08', '2027-03-08', '2028-03-08'],
    ],
    ['nothing when cancelled', ['DTSTART;VALUE=DATE:20260501', 'STATUS:CANCELLED'], []],
  ])('%s', (_case, properties, days) => {
    expect(daysOf(holiday(...properties))).toEqual(days);
  });

  test('have the name of the event in both languages, the first one on a day, and no hours', () => {
    const text = calendar(
      event('SUMMARY;LANGUAGE=en:Labour\\, and', 'DTSTART;VALUE=DATE:20260501'),
      event('SUMMARY:Other', 'DTSTART;VALUE=DATE:20260501'),
    );
    expect(importICalendar(`\uFEFF${text}`, years)).toEqual({
      '2026-05-01': { windows: [], name: { en: 'Labour, and', 'zh-CN': 'Labour, and' } },
    });
  });

  test('come out of what other programs write around them', () => {
    const zone = lines('BEGIN:VTIMEZONE', 'TZID:Asia/Shanghai', 'END:VTIMEZONE');
    const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT15M', 'DESCRIPTION:x', 'END:VALARM'];
    const rich = event(
      'SUMMARY:Foun',
      ' ders',
      'DTSTART;VALUE=DATE:20260501',
      'TRANSP:TRANSPARENT',
      'X-OTHER:1',
      ...alarm,
    );
    expect(daysOf(calendar(zone, rich).replaceAll('\r\n', '\n'))).toEqual(['2026-05-01']);
    expect(daysOf(calendar())).toEqual([]);
  });
});

describe('R2.4 a calendar file that cannot be read is refused', () => {
  const allDay = 'DTSTART;VALUE=DATE:20260501';

  test.each([
    ['workingTime.file.notACalendar', ''],
    ['workingTime.file.notACalendar', 'name;date'],
    ['workingTime.file.notACalendar', '<html><body>not found</body></html>'],
    ['workingTime.file.notACalendar', lines('BEGIN:VCARD', 'VERSION:4.0', 'FN:Anna', 'END:VCARD')],
    ['workingTime.file.notACalendar', holiday(allDay).replace('END:VCALENDAR', '')],
    ['workingTime.file.notACalendar', holiday(allDay) + holiday(allDay)],
    ['workingTime.file.notACalendar', lines('END:VCALENDAR', 'END:VCALENDAR')],
    ['workingTime.file.notACalendar', 'BEGIN:VCALENDAR\r\n'.repeat(40_000)],
    ['workingTime.file.otherEntries', calendar(lines('BEGIN:VTODO', 'SUMMARY:x', 'END:VTODO'))],
    ['workingTime.file.unnamed', calendar(event(allDay))],
    ['workingTime.file.unnamed', calendar(event('SUMMARY:', allDay))],
    ['workingTime.file.unnamed', calendar(event(`SUMMARY:${'x'.repeat(201)}`, allDay))],
    ['workingTime.file.timed', holiday('DTSTART:20260501T090000Z')],
    ['workingTime.file.timed', holiday('DTSTART;TZID=Asia/Shanghai:20260501T090000')],
    ['workingTime.file.timed', holiday(allDay, 'DTEND:20260502T090000Z')],
    ['workingTime.file.dates', holiday()],
    ['workingTime.file.dates', holiday('DTSTART;VALUE=DATE:20260230')],
    ['workingTime.file.dates', holiday('DTSTART;VALUE=DATE:garbage')],
    ['workingTime.file.dates', holiday('DTSTART;VALUE=DATE:15000101')],
    ['workingTime.file.dates', holiday(allDay, 'DTEND;VALUE=DATE:20260501')],
    ['workingTime.file.dates', holiday(allDay, 'DURATION:PT4H')],
    ['workingTime.file.dates', holiday(allDay, 'DURATION:P0D')],
    ['workingTime.file.repeats', holiday(allDay, 'RRULE:FREQ=MONTHLY')],
    ['workingTime.file.repeats', holiday(allDay, 'RRULE:FREQ=YEARLY;BYMONTHDAY=1')],
    ['workingTime.file.repeats', holiday(allDay, 'RRULE:FREQ=YEARLY;BYMONTH=1,2')],
    ['workingTime.file.repeats', holiday(allDay, 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=1;BYDAY=1MO')],
    ['workingTime.file.repeats', holiday(allDay, 'RRULE:FREQ=YEARLY', 'RRULE:FREQ=YEARLY;INTERVAL=2')],
    ['workingTime.file.repeats', holiday(allDay, 'RDATE;VALUE=DATE:20260601')],
    ['workingTime.file.repeats', holiday(allDay, 'RECURRENCE-ID;VALUE=DATE:20260601')],
    ['workingTime.file.tooManyDays', holiday('DTSTART;VALUE=DATE:20260101', 'DURATION:P1001D')],
    ['workingTime.file.tooManyDays', calendar(event('SUMMARY:x', allDay).repeat(icalendarLimits.days + 1))],
    ['errors.file.tooLarge', holiday(allDay, `DESCRIPTION:${'x'.repeat(icalendarLimits.bytes)}`)],
  ])('%s (%#)', (key, text) => {
    expect(refusal(text)).toBe(key);
  });

  test('whatever is damaged, nothing but that error comes out', () => {
    const whole = holiday(
      allDay,
      'DTEND;VALUE=DATE:20260503',
      'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=1FR;COUNT=3',
    );
    const damaged = fc
      .tuple(
        fc.nat(whole.length),
        fc.nat(12),
        fc.string({ unit: fc.constantFrom(...Array.from(';:=,-+0159TZAPD\r\n "\\')), maxLength: 6 }),
      )
      .map(([at, length, text]) => whole.slice(0, at) + text + whole.slice(at + length));
    fc.assert(
      fc.property(damaged, (text) => {
        expect(typeof refusal(text)).toBe('string');
      }),
      { seed: 20_261_124, numRuns: 2_000 },
    );
  });
});
