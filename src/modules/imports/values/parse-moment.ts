import { timeZone } from '../../../core/format.js';
import { dayNumber } from '../../../core/working-time/calendar-days.js';
import { offsetPeriodsAround } from '../../../core/working-time/zone-offsets.js';
import type { CellValue } from './cell-value.js';
import { parseDateTime } from './parse-date-time.js';
import type { DateOptions } from './parse-date.js';

/** A moment as an ISO text in UTC, read on the clock of the product's time zone; a date alone is its midnight. */
export function parseMoment(
  cell: string,
  options: Omit<DateOptions, 'areSerialsAllowed'> = {},
): CellValue<string> {
  const read = parseDateTime(cell, options);
  if ('problem' in read || read.value === null) return read;
  return { value: new Date(momentOnClock(read.value)).toISOString() };
}

/** The first moment at which the clock shows a time; of times that it leaps over, the moment at which it would have. */
function momentOnClock(shown: string): number {
  const asUtc = Date.parse(`${shown}Z`);
  const periods = offsetPeriodsAround(timeZone, dayNumber(shown.slice(0, 10)));
  const fitting = periods.find(({ from, to, offset }) => asUtc - offset >= from && asUtc - offset < to);
  return asUtc - (fitting ?? periods[0] ?? { offset: 0 }).offset;
}
