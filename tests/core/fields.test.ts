import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  amount,
  isoDate,
  listOf,
  optionalDate,
  optionalText,
  passwordText,
  requiredText,
  rowVersion,
  uuid,
  wholeNumber,
} from '../../src/core/fields.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

/** Any 16-bit units: well-formed texts, halves of characters, NUL, controls. */
const anything = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0, 0xd83d, 0xde00, 0x20, 0x61)), {
    maxLength: 40,
  })
  .map((units) => String.fromCharCode(...units));

/** True when PostgreSQL takes a value as this type and gives the same text back. */
async function isStorable(values: readonly string[], type: string): Promise<boolean> {
  const rows = await product.query(
    z.object({ value: z.string() }),
    `SELECT value::text FROM unnest($1::${type}[]) AS value`,
    [values],
  );
  return rows.every(({ value }, index) => value === values[index]);
}

describe('R5.6 bad input is refused before it reaches the database', () => {
  test.each([
    ['required text', requiredText(100)],
    ['optional text', optionalText(100)],
    ['password', passwordText],
  ])('%s is always something that PostgreSQL stores', async (_name, schema) => {
    const accepted = fc.sample(anything, 3_000).flatMap((text) => {
      const result = schema.safeParse(text);
      return result.success && result.data !== null && result.data !== '' ? [result.data] : [];
    });
    expect(accepted.length).toBeGreaterThan(300);
    expect(await isStorable(accepted, 'text')).toBe(true);
  });

  test.each(['a\u0000b', '\ud83d', '\ude00\ud83d'])('%j is no text', (text) => {
    for (const schema of [requiredText(10), optionalText(10), passwordText])
      expect(schema.safeParse(text).success).toBe(false);
  });

  test('text is trimmed, has one way of writing é and one kind of line end, and keeps to its length', () => {
    expect(requiredText(10).parse('  e\u0301\r\nx ')).toBe('é\nx');
    expect(requiredText(3).safeParse('abcd').success).toBe(false);
    expect(requiredText(3).safeParse('   ').success).toBe(false);
    expect(optionalText(3).parse('  ')).toBeNull();
    expect(optionalText(3).parse(undefined)).toBeNull();
  });

  test('a password stays exactly as it was typed', () => {
    expect(passwordText.parse(' e\u0301 ')).toBe(' e\u0301 ');
  });

  test('a day is a day of the calendar, and one that PostgreSQL knows', async () => {
    const two = (maximum: number) =>
      fc.integer({ min: 0, max: maximum }).map((number) => String(number).padStart(2, '0'));
    const typed = fc
      .tuple(fc.integer({ min: 1800, max: 2300 }), two(13), two(32))
      .map((parts) => parts.join('-'));
    const accepted = fc.sample(typed, 3_000).filter((text) => isoDate.safeParse(text).success);
    expect(accepted.length).toBeGreaterThan(500);
    expect(await isStorable(accepted, 'date')).toBe(true);
    for (const text of [
      '2026-02-29',
      '2025-00-01',
      '1899-12-31',
      '2201-01-01',
      '2026-1-1',
      '2026-01-01T00:00',
      "2026-01-01'",
    ]) {
      expect(isoDate.safeParse(text).success, text).toBe(false);
    }
    expect(isoDate.parse(' 2024-02-29 ')).toBe('2024-02-29');
    expect(optionalDate.parse('')).toBeNull();
  });

  test('whole numbers stay within their range and within what a column holds', () => {
    fc.assert(
      fc.property(
        fc.oneof(anything, fc.integer().map(String), fc.double().map(String), fc.bigInt().map(String)),
        (text) => {
          const result = wholeNumber(-5, 2_147_483_647).safeParse(text);
          if (result.success)
            expect(Number.isInteger(result.data) && result.data >= -5 && result.data <= 2_147_483_647).toBe(
              true,
            );
        },
      ),
    );
    for (const text of ['2147483648', '1e3', '0x10', '1.0', '', '٣', 'NaN']) {
      expect(rowVersion.safeParse(text).success, text).toBe(false);
    }
  });

  test('amounts are exact decimals that the column holds', async () => {
    const typed = fc.oneof(
      fc.double({ noNaN: true }).map(String),
      fc
        .tuple(fc.integer({ min: -9_999_999, max: 9_999_999 }), fc.integer({ min: 0, max: 99 }))
        .map(([whole, cents]) => `${whole}.${cents}`),
      anything,
    );
    const accepted = fc.sample(typed, 2_000).flatMap((text) => amount.safeParse(text).data ?? []);
    expect(accepted.length).toBeGreaterThan(500);
    expect(accepted.every((text) => /^-?\d{1,10}\.\d{2}$/.test(text))).toBe(true);
    await expect(isStorable(accepted, 'numeric(12,2)')).resolves.toBeDefined();
    expect(amount.parse('¥1,280.5')).toBe('1280.50');
    expect(amount.parse('9999999999.99')).toBe('9999999999.99');
    for (const text of ['12345678901', '1.234', '1e5', '--1', '', '.5', '１２'])
      expect(amount.safeParse(text).success, text).toBe(false);
  });

  test('ids are ids, and lists are bounded', () => {
    expect(uuid.safeParse("' OR 1=1").success).toBe(false);
    expect(listOf(uuid).parse(undefined)).toEqual([]);
    expect(listOf(z.string(), 3).parse('one')).toEqual(['one']);
    expect(listOf(z.string(), 3).safeParse(['1', '2', '3', '4']).success).toBe(false);
  });
});
