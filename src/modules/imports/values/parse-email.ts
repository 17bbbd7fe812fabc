import { normaliseEmail } from '../../../core/email-address.js';
import { plainText, problem, type CellValue } from './cell-value.js';

/** An e-mail address in lower case. */
export function parseEmail(cell: string): CellValue<string> {
  const text = plainText(cell);
  if (text === '') return { value: null };
  const address = normaliseEmail(text);
  return address === null ? problem('imports.problem.email.impossible') : { value: address };
}
