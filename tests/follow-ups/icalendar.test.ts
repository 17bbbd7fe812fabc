import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarText, type CalendarEntry } from '../../src/modules/follow-ups/icalendar.js';
import { readCalendar } from './read-calendar.js';

const text = fc
  .string({ unit: fc.constantFrom(...Array.from('aZ9 ,;:\\"\n张跟😀é')), maxLength: 120 })
  .map((value) => value.trim());

const entry: fc.Arbitrary<CalendarEntry> = fc.record({
  uid: fc.uuid().map((id) => `follow-up-${id}@crm.example`),
  sequence: fc.nat(50),
  changedAt: fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
  start: fc.oneof(
    fc.constantFrom('2026-02-28', '2028-02-29', '2026-12-31'),
    fc.constantFrom(new Date('2026-11-22T07:30:00Z'), new Date('2026-03-29T01:00:00Z')),
  ),
  title: text,
  description: text,
  url: fc.webUrl(),
});

describe('R1.4 the calendar as RFC 5545 text', () => {
  test('reads back as what was written, whatever stands in the texts', () => {
    fc.assert(
      fc.property(text, fc.array(entry, { maxLength: 5 }), (name, entries) => {
        const calendar = readCalendar(calendarText(name, entries));
        expect(calendar.name).toBe(name);
        expect(calendar.events).toEqual(
          entries.map(({ uid, title, description, start, url, sequence }) => ({
            uid,
            summary: title,
            description,
            url,
            sequence,
            start: typeof start === 'string' ? start : start.toISOString(),
          })),
        );
      }),
    );
  });

  test('no line is longer than 75 octets, every one ends with CR LF, no character is cut in two', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 3 }), (entries) => {
        const written = calendarText('名'.repeat(100), entries);
        expect(written.endsWith('\r\n')).toBe(true);
        const lines = written.split('\r\n');
        expect(lines.every((line) => !/[\r\n]/.test(line) && Buffer.byteLength(line) <= 75)).toBe(true);
        expect(Buffer.from(written, 'utf8').toString('utf8')).toBe(written);
        expect(written).not.toContain('\ufffd');
      }),
    );
  });

  test('control characters are left out', () => {
    const written = calendarText('a\u0000b\u0007c\u001bd', []);
    expect(readCalendar(written).name).toBe('abcd');
  });

  test('a whole day is a date, a moment is in UTC; each says when it was changed and reminds', () => {
    const changedAt = new Date('2026-11-20T01:02:03.456Z');
    const facts = { sequence: 3, changedAt, title: 'T', description: 'D', url: 'https://crm.example/x' };
    const written = calendarText('N', [
      { uid: 'a', start: '2026-11-25', ...facts },
      { uid: 'b', start: new Date('2026-11-25T07:30:00Z'), ...facts },
    ]);
    const lines = written.split('\r\n');
    for (const line of [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'DTSTART;VALUE=DATE:20261125',
      'DURATION:P1D',
      'TRIGGER:PT9H',
      'DTSTART:20261125T073000Z',
      'DURATION:PT30M',
      'TRIGGER:-PT15M',
      'DTSTAMP:20261120T010203Z',
      'SEQUENCE:3',
    ]) {
      expect(lines, line).toContain(line);
    }
  });
});
