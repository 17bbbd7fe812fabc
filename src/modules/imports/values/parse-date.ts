import { textOfExcelSerial } from '../../../core/tabular/excel-serial.js';
import { plainText, problem, type CellValue } from './cell-value.js';
import type { DayMonthOrder } from './day-month-order.js';
import { readWrittenDate, type WrittenDate } from './written-date.js';
import { splitTime } from './written-time.js';

export interface DateOptions {
  /** How `02/01/1990` is meant; without it only such dates are taken as can mean one day. */
  readonly order?: DayMonthOrder | undefined;
  /** Whether a bare number counts days as Excel does. */
  readonly areSerialsAllowed?: boolean;
  /** The last day that is possible, `yyyy-mm-dd`; for a birth date it is today. */
  readonly latest?: string;
}

export const earliestDate = '1900-01-01';

const serial = /^\d{1,7}(?:\.\d+)?$/;

/** A day as `yyyy-mm-dd` from 1900-01-01 on; a time of the day that follows it is left out. */
export function parseDate(cell: string, options: DateOptions = {}): CellValue<string> {
  const text = plainText(cell);
  if (text === '') return { value: null };
  if (options.areSerialsAllowed === true && serial.test(text)) return parseSerial(Number(text), options);
  const written = readWrittenDate(splitTime(text).date);
  if (!written) return problem('imports.problem.date.unreadable');
  const date = withOrder(written, options.order);
  if (!date) return problem('imports.problem.date.ambiguous');
  const day = calendarDay(date);
  return day === undefined ? problem('imports.problem.date.impossible') : withinRange(day, options.latest);
}

function parseSerial(days: number, { latest }: DateOptions): CellValue<string> {
  const day = days >= 1 ? textOfExcelSerial(Math.floor(days)) : undefined;
  return day === undefined ? problem('imports.problem.date.impossible') : withinRange(day, latest);
}

interface DateNumbers {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Nothing when day and month could be exchanged and nobody said which is which. */
function withOrder(written: WrittenDate, order: DayMonthOrder | undefined): DateNumbers | undefined {
  if ('month' in written) return written;
  const { year, first, second } = written;
  if (first > 12 || (order === 'day-first' && second <= 12)) return { year, month: second, day: first };
  if (second > 12 || order === 'month-first' || first === second) return { year, month: first, day: second };
  return undefined;
}

function calendarDay({ year, month, day }: DateNumbers): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= 1000 ? date.toISOString().slice(0, 10) : undefined;
}

function withinRange(day: string, latest: string | undefined): CellValue<string> {
  if (day < earliestDate) return problem('imports.problem.date.tooEarly', { earliest: earliestDate });
  if (latest !== undefined && day > latest) return problem('imports.problem.date.future', { latest });
  return { value: day };
}
