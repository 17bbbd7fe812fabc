import type { CellKind, ExportColumn } from './export-table.js';
import { plainText } from './plain-text.js';
import { sheetSerial } from './sheet-serial.js';
import { maximumCellLength, sheetText, shortenedText } from './sheet-text.js';

/** Number formats by kind. `@` keeps text a text, even when somebody edits a cell that looks like a formula. */
export const numberFormats: Readonly<Record<CellKind, string>> = {
  text: '@',
  number: 'General',
  money: '#,##0.00',
  date: 'yyyy-mm-dd',
  datetime: 'yyyy-mm-dd hh:mm:ss',
  boolean: 'General',
};

export interface RowPlace {
  /** From 1, the header included. */
  readonly rowNumber: number;
  /** The number of each kind's style in the workbook. */
  readonly styles: Readonly<Record<CellKind, number>>;
  /** Told the address of each text that is cut because no cell can hold it. */
  readonly onShortened: (address: string) => void;
}

/**
 * One row in SpreadsheetML (ECMA-376 part 1, 18.3.1.73). Empty cells are left out; no cell is ever a formula.
 * @throws RangeError for numbers and dates that are none.
 */
export function rowXml<Row>(columns: readonly ExportColumn<Row>[], row: Row, place: RowPlace): string {
  let cells = '';
  columns.forEach((column, index) => {
    const text = plainText(column, row);
    if (text !== '') cells += cellXml(column.kind, text, `${columnLetters(index)}${place.rowNumber}`, place);
  });
  return `<row r="${place.rowNumber}">${cells}</row>`;
}

function cellXml(kind: CellKind, text: string, address: string, place: RowPlace): string {
  const start = `<c r="${address}" s="${place.styles[kind]}"`;
  switch (kind) {
    case 'number':
    case 'money':
      return `${start}><v>${text}</v></c>`;
    case 'boolean':
      return `${start} t="b"><v>${text === 'TRUE' ? 1 : 0}</v></c>`;
    case 'date':
    case 'datetime': {
      const serial = sheetSerial(text);
      return serial === undefined ? textCellXml(text, address, place) : `${start}><v>${serial}</v></c>`;
    }
    case 'text':
      return textCellXml(text, address, place);
  }
}

function textCellXml(text: string, address: string, { styles, onShortened }: RowPlace): string {
  const isTooLong = text.length > maximumCellLength;
  if (isTooLong) onShortened(address);
  const shown = sheetText(isTooLong ? shortenedText(text) : text);
  return `<c r="${address}" s="${styles.text}" t="inlineStr"><is><t xml:space="preserve">${shown}</t></is></c>`;
}

const knownLetters: string[] = [];

/** A, B … Z, AA … for columns counted from 0. */
export function columnLetters(index: number): string {
  const known = knownLetters[index];
  if (known !== undefined) return known;
  const last = String.fromCharCode(65 + (index % 26));
  const letters = index < 26 ? last : `${columnLetters(Math.floor(index / 26) - 1)}${last}`;
  knownLetters[index] = letters;
  return letters;
}
