import { describe, expect, test } from 'vitest';
import { hoursField, hoursText } from '../../src/modules/working-calendars/hours-field.js';

describe('R2.4 hours of a day as people write them', () => {
  test.each([
    ['09:00-12:00, 13:00-18:00', '09:00-12:00, 13:00-18:00'],
    ['9:00 – 18:00', '09:00-18:00'],
    ['9:00至12:00，13：00~24:00', '09:00-12:00, 13:00-24:00'],
    ['', ''],
    [' , ', ''],
  ])('%s', (typed, shown) => {
    expect(hoursText(hoursField.parse(typed))).toBe(shown);
  });

  test.each([
    ['nine to five', 'workingTime.notHours'],
    ['09:00', 'workingTime.notHours'],
    ['09:60-10:00', 'workingTime.notHours'],
    ['09:00-25:00', 'workingTime.notHours'],
    ['18:00-09:00', 'workingTime.emptyWindow'],
    ['09:00-12:00, 11:00-13:00', 'workingTime.overlap'],
    ['13:00-18:00, 09:00-12:00', 'workingTime.overlap'],
  ])('%s is refused', (typed, message) => {
    expect(hoursField.safeParse(typed).error?.issues[0]?.message).toBe(message);
  });
});
