import { plainText, problem, type CellValue } from './cell-value.js';
import { parseDate, type DateOptions } from './parse-date.js';
import { splitTime } from './written-time.js';

/**
 * A moment on the clock of the place, as `yyyy-mm-ddThh:mm:ss`; a date alone is its midnight. A time with a zone is
 * refused, as its clock is another.
 */
export function parseDateTime(
  cell: string,
  options: Omit<DateOptions, 'areSerialsAllowed'> = {},
): CellValue<string> {
  const date = parseDate(cell, options);
  if ('problem' in date || date.value === null) return date;
  const { time } = splitTime(plainText(cell));
  if (!time) return { value: `${date.value}T00:00:00` };
  if (time.hasZone) return problem('imports.problem.date.unreadable');
  const isReal = time.hour < 24 && time.minute < 60 && time.second < 60;
  if (!isReal) return problem('imports.problem.date.impossible');
  const clock = [time.hour, time.minute, time.second].map((number) => String(number).padStart(2, '0'));
  return { value: `${date.value}T${clock.join(':')}` };
}
