import type { Cell, CellValue } from 'exceljs';
import { textOfExcelSerial } from './excel-serial.js';
import { textOfNumber } from './number-text.js';
import { dateFormatMark } from './reduced-workbook.js';

/**
 * What a cell says, as text: dates in ISO 8601, formulas as the result that was saved with them, errors as nothing.
 * @param isDate1904 whether dates count from 1904.
 */
export function textOfCell(cell: Cell, isDate1904: boolean): string {
  const value = contentOf(cell.value);
  if (typeof value === 'number') {
    const date = cell.numFmt === dateFormatMark ? textOfExcelSerial(value, isDate1904) : undefined;
    return date ?? textOfNumber(value);
  }
  return typeof value === 'string' ? unescapeControls(value) : '';
}

function contentOf(value: CellValue): string | number | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (value === null || value === undefined || value instanceof Date || 'error' in value) return undefined;
  if ('richText' in value) return value.richText.map((run) => run.text).join('');
  if ('hyperlink' in value) return value.text;
  return contentOf(value.result);
}

/** Excel writes characters that XML does not allow as `_x000D_` (ECMA-376 part 1, 22.9.2.19). */
function unescapeControls(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([\da-f]{4})_/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
