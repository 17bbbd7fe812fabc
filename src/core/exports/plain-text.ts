import { textOfNumber } from '../tabular/number-text.js';
import type { ExportColumn } from './export-table.js';
import { wallClock } from './wall-clock.js';

const decimal = /^-?\d+(?:\.\d+)?$/;

/**
 * What a cell says in a form that no language or time zone changes: numbers with a point and without grouping, days in
 * ISO 8601, moments on the product's clock, TRUE and FALSE; '' for an empty one.
 * @throws RangeError for numbers, amounts and moments that are none.
 */
export function plainText<Row>(column: ExportColumn<Row>, row: Row): string {
  switch (column.kind) {
    case 'number':
    case 'money':
      return numberText(column.value(row), column.header);
    case 'datetime': {
      const moment = column.value(row);
      return moment === null ? '' : wallClock(moment);
    }
    case 'boolean': {
      const isTrue = column.value(row);
      return isTrue === null ? '' : isTrue ? 'TRUE' : 'FALSE';
    }
    default:
      return column.value(row) ?? '';
  }
}

function numberText(value: number | string | null, header: string): string {
  if (value === null) return '';
  const text = typeof value === 'number' ? textOfNumber(value) : value;
  if (!decimal.test(text)) throw new RangeError(`not a number in the column ${header}: ${value}`);
  return text;
}
