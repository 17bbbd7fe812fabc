import { describe, expect, test } from 'vitest';
import { translator } from '../../src/core/i18n.js';
import { parseDuration } from '../../src/modules/deadline-policies/duration-field.js';
import { durationText } from '../../src/modules/deadlines/duration-text.js';

describe('R2.4 lengths of working time as people write them', () => {
  test.each([
    ['4 h 30 min', 270],
    ['4h30m', 270],
    ['90 min', 90],
    ['2 hours', 120],
    ['1 小时 5 分钟', 65],
    ['30分', 30],
    [' 8 H ', 480],
  ])('%s', (text, minutes) => {
    expect(parseDuration(text)).toBe(minutes);
  });

  test.each(['', '4', '2 d', 'soon', '4:30', '-1 h', '1.5 h', '30 min 4 h'])('%s is refused', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test('what is shown can be sent back, in both languages', () => {
    for (const locale of ['en', 'zh-CN'] as const) {
      for (const minutes of [1, 45, 60, 61, 480, 1_439, 100_000])
        expect(parseDuration(durationText(translator(locale), minutes))).toBe(minutes);
    }
  });
});
