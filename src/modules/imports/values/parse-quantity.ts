import { plainText, problem, type CellValue } from './cell-value.js';

const wholeNumber = /^([+-]?)(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.0*)?$/;

export interface QuantityRange {
  readonly minimum: number;
  readonly maximum: number;
}

/** A whole number within a range; `1,000` and `3.0` count as whole. */
export function parseQuantity(
  cell: string,
  range: QuantityRange = { minimum: 0, maximum: 1_000_000 },
): CellValue<number> {
  const text = plainText(cell).replace(/^[−–]/, '-');
  if (text === '') return { value: null };
  const [, sign = '', digits] = wholeNumber.exec(text) ?? [];
  if (digits === undefined) return problem('imports.problem.quantity.notWhole');
  const value = Number(`${sign}${digits.replaceAll(',', '')}`);
  if (value < range.minimum || value > range.maximum) {
    return problem('imports.problem.quantity.outOfRange', { ...range });
  }
  return { value: value === 0 ? 0 : value };
}
