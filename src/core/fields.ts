import { z } from 'zod';

/**
 * Shared base types of all forms and queries. They refuse what PostgreSQL refuses (NUL, lone surrogates, numbers and
 * years out of range), so bad input is a sentence beside the field and never an error inside the database.
 */

const storable = (text: string) => !text.includes('\u0000') && text.isWellFormed();

const clean = z
  .string()
  .refine(storable, 'errors.unstorable')
  .transform((text) => text.normalize('NFC').replace(/\r\n?/g, '\n').trim());

/** Text that must be there: trimmed, NFC, 1 to `maximum` characters. */
export const requiredText = (maximum: number) => clean.pipe(z.string().min(1).max(maximum));

/** Text that may be absent or empty: null then. */
export const optionalText = (maximum: number) =>
  clean
    .pipe(z.string().max(maximum))
    .optional()
    .transform((text) => (text === undefined || text === '' ? null : text));

/** A password exactly as typed: not trimmed, not normalised. */
export const passwordText = z.string().max(1_024).refine(storable, 'errors.unstorable');

export const uuid = z.uuid('errors.notAChoice');

/** A choice of a record that may be left open. */
export const optionalUuid = z
  .union([z.literal(''), uuid])
  .optional()
  .transform((id) => (id === undefined || id === '' ? null : id));

/** A whole number typed into a field. */
export const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .trim()
    .regex(/^-?\d{1,10}$/, 'errors.notAWholeNumber')
    .transform(Number)
    .pipe(z.number().int().min(minimum).max(maximum));

/** The row's version that a form was opened with. */
export const rowVersion = wholeNumber(1, 2_147_483_647);

/** A calendar day `yyyy-mm-dd` between 1900 and 2200. */
export const isoDate = z.string().trim().refine(isCalendarDay, 'errors.notADate');

/** A calendar day or nothing. */
export const optionalDate = z
  .union([z.string().trim().length(0), isoDate])
  .optional()
  .transform((day) => (day === undefined || day === '' ? null : day));

/** An amount of money typed into a field, as text with two decimals: `1,234.5` is `1234.50`. Up to 9,999,999,999.99. */
export const amount = z
  .string()
  .transform((text) => text.trim().replace(/[,，\s¥￥]/g, ''))
  .pipe(z.string().regex(/^-?\d{1,10}(\.\d{1,2})?$/, 'errors.notAnAmount'))
  .transform((text) => {
    const [whole = '0', fraction = ''] = text.split('.');
    return `${whole}.${fraction.padEnd(2, '0')}`;
  });

/** A filter of a list: absent and empty mean that it is not set (forms without JavaScript send empty ones along). */
export const optionalFilter = <Value extends z.ZodType>(value: Value) =>
  z.union([z.literal('').transform(() => undefined), value]).optional();

/** A checkbox: ticked when its name was sent. */
export const checkbox = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');

/** The page to go back to: a path of this product. */
export const returnPath = z
  .string()
  .max(2_000)
  .regex(/^\/(?![/\\])[^\\]*$/, 'errors.notAChoice');

/** A list of checkboxes or a multiple select of one name: absent, one, or many. */
export const listOf = <Item extends z.ZodType>(item: Item, maximum = 1_000) =>
  z.preprocess(
    (value): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(item).max(maximum),
  );

function isCalendarDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined || year < 1900 || year > 2200)
    return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
