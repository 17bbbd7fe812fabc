import { plainText, problem, type CellProblemKey, type CellValue } from './cell-value.js';

/** numeric(12,2) of the database: up to 9,999,999,999.99. */
const mostWholeDigits = 10;

/** Signs and words for a currency are ornament: an installation counts in one currency. */
const currency = /[¥$€£元圆]|人民币|(?:rmb|cny|usd|eur|gbp|hkd)\b|\bus(?=\$)/gi;

const grouped = (separator: string) => new RegExp(`^[1-9]\\d{0,2}(?:${separator}\\d{3})+$`);
const groupedByPoint = grouped('\\.');
const groupedByComma = grouped(',');

interface Parts {
  readonly whole: string;
  readonly fraction: string;
}

/**
 * An amount of money as a decimal text with two digits, `-1234.50`: never a binary fraction. Understands `¥1,234.50`,
 * `(12.00)` and `12-` as negative, and a decimal comma where nothing else can be meant (`1.234,56`, `12,5`); `1.234`
 * could be either and is refused.
 */
export function parseAmount(cell: string): CellValue<string> {
  const text = plainText(cell).replace(/[−–]/g, '-').replace(currency, '').replaceAll(' ', '');
  if (text === '')
    return plainText(cell) === '' ? { value: null } : problem('imports.problem.amount.unreadable');
  const [, opening, front, digits = '', back, closing] = /^(\()?([+-])?([\d.,']+)(-)?(\))?$/.exec(text) ?? [];
  const marks = [opening, front, back].filter((mark) => mark !== undefined).length;
  if (digits === '' || marks > 1 || (opening === undefined) !== (closing === undefined)) {
    return problem('imports.problem.amount.unreadable');
  }
  const parts = split(digits.replaceAll("'", ','));
  if (typeof parts === 'string') return problem(parts);
  const whole = parts.whole.replace(/^0+(?=\d)/, '');
  const fraction = parts.fraction.replace(/0+$/, '');
  if (fraction.length > 2) return problem('imports.problem.amount.tooManyDecimals');
  if (whole.length > mostWholeDigits) return problem('imports.problem.amount.tooLarge');
  const value = `${whole}.${fraction.padEnd(2, '0')}`;
  const isNegative = marks === 1 && front !== '+' && value !== '0.00';
  return { value: isNegative ? `-${value}` : value };
}

/** Tells the decimal mark from those that group thousands. */
function split(digits: string): Parts | CellProblemKey {
  const lastPoint = digits.lastIndexOf('.');
  const lastComma = digits.lastIndexOf(',');
  if (lastComma > lastPoint) return splitAtComma(digits, lastComma, lastPoint >= 0);
  if (lastComma < 0 && groupedByPoint.test(digits)) {
    const isGrouped = digits.indexOf('.') !== lastPoint;
    return isGrouped
      ? { whole: digits.replaceAll('.', ''), fraction: '' }
      : 'imports.problem.amount.ambiguous';
  }
  const [whole = '', fraction = '', ...more] = digits.split('.');
  return joined(whole, fraction, ',', more.length === 0);
}

function splitAtComma(digits: string, lastComma: number, hasPoint: boolean): Parts | CellProblemKey {
  if (!hasPoint && groupedByComma.test(digits)) return { whole: digits.replaceAll(',', ''), fraction: '' };
  const fraction = digits.slice(lastComma + 1);
  return joined(digits.slice(0, lastComma), fraction, '.', fraction.length === 1 || fraction.length === 2);
}

function joined(
  whole: string,
  fraction: string,
  separator: ',' | '.',
  isPlausible: boolean,
): Parts | CellProblemKey {
  const isGrouped = (separator === ',' ? groupedByComma : groupedByPoint).test(whole);
  const isWhole = /^\d*$/.test(whole) && /\d/.test(whole + fraction);
  if (!isPlausible || !/^\d*$/.test(fraction) || !(isGrouped || isWhole))
    return 'imports.problem.amount.unreadable';
  return { whole: whole.replaceAll(separator, '') || '0', fraction };
}
