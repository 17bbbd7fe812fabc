import type { CellKind } from './export-table.js';

const usualWidths: Readonly<Record<CellKind, number>> = {
  text: 20,
  number: 10,
  money: 14,
  date: 12,
  datetime: 20,
  boolean: 10,
};

/** Room for the button of the filter beside a header. */
const filterButton = 4;
const wideCharacters =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF01-\uFF60]/gu;

/** Width of a column in characters: its own, else the usual one of its kind, and never less than its header needs. */
export function columnWidth(column: {
  readonly header: string;
  readonly kind: CellKind;
  readonly width?: number;
}): number {
  const headerWidth = column.header.replace(wideCharacters, '  ').length;
  return Math.max(column.width ?? usualWidths[column.kind], headerWidth + filterButton);
}
