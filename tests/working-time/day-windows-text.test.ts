import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dayWindowsField,
  dayWindowsText,
  parseDayWindows,
} from '../../src/core/working-time/day-windows-text.js';

const windows = fc
  .uniqueArray(fc.integer({ min: 0, max: 1_440 }), { minLength: 0, maxLength: 24 })
  .map((minutes) => minutes.sort((left, right) => left - right))
  .map((minutes) =>
    Array.from({ length: Math.floor(minutes.length / 2) }, (_item, index) => ({
      fromMinute: minutes[index * 2] ?? 0,
      toMinute: minutes[index * 2 + 1] ?? 0,
    })),
  );

test('R2.2 hours written out are read as they were', () => {
  fc.assert(
    fc.property(windows, (hours) => {
      expect(parseDayWindows(dayWindowsText(hours))).toEqual(hours);
      expect(dayWindowsField.parse(dayWindowsText(hours))).toEqual(hours);
    }),
  );
});

test('R2.2 hours are read however people write them', () => {
  const expected = [
    { fromMinute: 540, toMinute: 720 },
    { fromMinute: 780, toMinute: 1_110 },
  ];
  for (const text of [
    '09:00-12:00, 13:00-18:30',
    '9-12 13-18:30',
    ' 9 – 12；13：00 至 18：30 ',
    '9.00~12.00、13—18.30',
  ])
    expect(parseDayWindows(text), text).toEqual(expected);
  expect(parseDayWindows(' ')).toEqual([]);
  expect(parseDayWindows('0-24')).toEqual([{ fromMinute: 0, toMinute: 1_440 }]);
});

test('R2.2 what is no hours is refused, and so is what overlaps or ends early', () => {
  for (const text of ['nine', '9', '9-', '9-12-15', '9:60-12', '9-24:01', '9:5-12', '-'])
    expect(parseDayWindows(text), text).toBeUndefined();
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      const result = dayWindowsField.safeParse(text);
      if (result.success)
        for (const [index, { fromMinute, toMinute }] of result.data.entries()) {
          expect(fromMinute).toBeLessThan(toMinute);
          expect(fromMinute).toBeGreaterThanOrEqual(result.data[index - 1]?.toMinute ?? 0);
        }
    }),
  );
});
