import { normalisePhone, type PhoneOptions } from '../../../core/phone.js';
import { plainText, problem, type CellValue } from './cell-value.js';

/** A phone number in E.164. */
export function parsePhone(cell: string, options?: PhoneOptions): CellValue<string> {
  const text = plainText(cell);
  if (text === '') return { value: null };
  const phone = normalisePhone(text, options);
  return phone === null ? problem('imports.problem.phone.impossible') : { value: phone };
}
