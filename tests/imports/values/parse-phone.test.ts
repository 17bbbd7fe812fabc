import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { formatPhoneForDisplay, maskPhone, normalisePhone } from '../../../src/core/phone.js';
import { parsePhone } from '../../../src/modules/imports/values/parse-phone.js';

const widened = (text: string) =>
  text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

describe('R1.8 R1.5 phone numbers', () => {
  it.each([
    ['13812345678', '+8613812345678'],
    ['138 1234 5678', '+8613812345678'],
    ['138-1234-5678', '+8613812345678'],
    ['+86 13812345678', '+8613812345678'],
    ['008613812345678', '+8613812345678'],
    ['0086-138-1234-5678', '+8613812345678'],
    ['8613812345678', '+8613812345678'],
    ['(+86) 138 1234 5678', '+8613812345678'],
    ['＋８６ １３８１２３４５６７８', '+8613812345678'],
    ['13812345678.0', '+8613812345678'],
    ['="13812345678"', '+8613812345678'],
    ["'13812345678", '+8613812345678'],
    ['\t13812345678 ', '+8613812345678'],
    ['+86 17012345678', '+8617012345678'],
    ['19912345678', '+8619912345678'],
    ['16612345678', '+8616612345678'],
    ['17401234567', '+8617401234567'],
    ['010-12345678', '+861012345678'],
    ['(010) 1234 5678', '+861012345678'],
    ['+86 10 12345678', '+861012345678'],
    ['0755-83765566', '+8675583765566'],
    ['0755 8376 5566', '+8675583765566'],
    ['010-12345678转801', '+861012345678'],
    ['010-12345678-801', '+861012345678'],
    ['(010)12345678-1', '+861012345678'],
    ['010 12345678 ext. 801', '+861012345678'],
    ['010-12345678 分机 801', '+861012345678'],
    ['400-810-8888', '+864008108888'],
    ['+852 9123 4567', '+85291234567'],
    ['0085291234567', '+85291234567'],
    ['+1 (415) 555-2671', '+14155552671'],
  ])('%j is %s', (cell, expected) => {
    expect(parsePhone(cell)).toEqual({ value: expected });
  });

  it.each([
    '无',
    '12345',
    '138001380001380',
    '1380013800a',
    '1380013800',
    '138001380011',
    '12812345678',
    '+86 1281234567',
    '+',
    '-',
    '0',
    '95555',
    '1.38E+10',
    '13812345678/13912345678',
    '13812345678 13912345678',
    'tel',
    '王 13812345678',
    '13812345678王',
  ])('%j is impossible', (cell) => {
    expect(parsePhone(cell)).toEqual({ problem: { key: 'imports.problem.phone.impossible', params: {} } });
  });

  it('may be left out', () => {
    expect(parsePhone(' \u3000')).toEqual({ value: null });
  });

  it('without a country code belong to the default country', () => {
    expect(normalisePhone('(415) 555-2671', { defaultCountry: 'US' })).toBe('+14155552671');
    expect(normalisePhone('13812345678', { defaultCountry: 'US' })).toBeNull();
    expect(normalisePhone('0086 13812345678', { defaultCountry: 'US' })).toBe('+8613812345678');
  });

  it('are the same in every spelling, and stay as they are', () => {
    const prefix = fc.constantFrom('130', '138', '145', '150', '166', '170', '177', '188', '191', '199');
    fc.assert(
      fc.property(prefix, fc.integer({ min: 0, max: 99_999_999 }), (start, rest) => {
        const digits = `${start}${String(rest).padStart(8, '0')}`;
        const expected = `+86${digits}`;
        const groups = [
          digits,
          digits.replace(/^(...)(....)/, '$1-$2-'),
          digits.replace(/^(...)(....)/, '$1 $2 '),
        ];
        const spellings = groups.flatMap((text) =>
          ['', '+86', '+86 ', '0086', '0086-', '86 ', '(+86)'].map((code) => code + text),
        );
        for (const spelling of spellings) {
          expect(normalisePhone(spelling)).toBe(expected);
          expect(normalisePhone(widened(spelling))).toBe(expected);
        }
      }),
    );
  });

  it('on the short way are what libphonenumber makes of them', () => {
    const library = (text: string) => {
      const phone = parsePhoneNumberFromString(text, { defaultCountry: 'CN', extract: false });
      return phone?.isValid() === true ? phone.number : null;
    };
    for (let start = 1_000; start < 2_000; start += 1) {
      for (const rest of ['0000000', '1234567', '9999999'])
        expect([start, normalisePhone(`${start}${rest}`)]).toEqual([start, library(`${start}${rest}`)]);
    }
    const digits = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789')),
      minLength: 5,
      maxLength: 14,
    });
    const number = fc.oneof(
      digits,
      digits.map((text) => `1${text}`),
      digits.map((text) => `861${text}`),
      digits.map((text) => `+861${text}`),
    );
    fc.assert(
      fc.property(number, (text) => {
        expect(normalisePhone(text)).toBe(library(text.replace(/^00/, '+')));
      }),
      { numRuns: 5_000 },
    );
  });

  it('stay as they are when normalised again, whatever was typed', () => {
    const typed = fc.string({ unit: fc.constantFrom(...Array.from('0123456789+-() .转ext')) });
    fc.assert(
      fc.property(typed, (text) => {
        const phone = normalisePhone(text);
        if (phone !== null) expect(normalisePhone(phone)).toBe(phone);
      }),
      { numRuns: 5_000 },
    );
  });

  it('are fast enough for an import of 100,000', () => {
    const start = process.cpuUsage();
    for (let index = 0; index < 100_000; index += 1) normalisePhone(`138-${1000 + (index % 9000)}-5678`);
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(1_500);
  });
});

describe('R5.5 phone numbers on screen', () => {
  it.each([
    ['+8613812345678', '138 1234 5678', '138****5678'],
    ['+861012345678', '010 1234 5678', '010****5678'],
    ['+8675583765566', '0755 8376 5566', '0755****5566'],
    ['+864008108888', '400 810 8888', '40****8888'],
    ['+85291234567', '+852 9123 4567', '+852****4567'],
    ['+14155552671', '+1 415 555 2671', '+141****2671'],
    ['12345', '12345', '****'],
  ])('%s is shown as %s, or as %s', (phone, shown, masked) => {
    expect(formatPhoneForDisplay(phone)).toBe(shown);
    expect(maskPhone(phone)).toBe(masked);
  });
});
