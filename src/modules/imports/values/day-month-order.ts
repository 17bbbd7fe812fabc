import { plainText } from './cell-value.js';
import { readWrittenDate } from './written-date.js';
import { splitTime } from './written-time.js';

/** Which number comes first where a date is written as `02/01/1990`. */
export type DayMonthOrder = 'day-first' | 'month-first';

/**
 * Finds the order that a column follows from the dates that can mean one day only: 31/01/1990 shows day first. Nothing
 * when no date shows it, or when the column mixes both.
 */
export function inferDayMonthOrder(cells: Iterable<string>): DayMonthOrder | undefined {
  const shown = new Set<DayMonthOrder>();
  for (const cell of cells) {
    const written = readWrittenDate(splitTime(plainText(cell)).date);
    if (!written || !('first' in written)) continue;
    if (written.first > 12 && written.second <= 12) shown.add('day-first');
    if (written.second > 12 && written.first <= 12) shown.add('month-first');
  }
  const [order, ...others] = shown;
  return others.length === 0 ? order : undefined;
}
