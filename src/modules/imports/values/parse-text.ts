import { problem, type CellValue } from './cell-value.js';

/** Spaces of every kind and the invisible characters that hide at the ends of pasted text. */
const edges = /^[\s\u200b\u2060\ufeff]+|[\s\u200b\u2060\ufeff]+$/g;

/**
 * Text as it is to be kept: without space around it, in Unicode NFC, with `\n` for every line break.
 * @param maximumCharacters most characters, counted as the forms of the product count them.
 */
export function parseText(cell: string, maximumCharacters: number): CellValue<string> {
  if (cell.includes('\0') || !cell.isWellFormed()) return problem('imports.problem.text.unstorable');
  const text = cell.replace(/\r\n?/g, '\n').normalize('NFC').replace(edges, '');
  if (text === '') return { value: null };
  const isTooLong = text.length > maximumCharacters;
  return isTooLong
    ? problem('imports.problem.text.tooLong', { maximum: maximumCharacters })
    : { value: text };
}
