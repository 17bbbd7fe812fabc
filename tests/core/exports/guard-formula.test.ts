import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guardFormula, unguardFormula } from '../../../src/core/exports/guard-formula.js';
import { formulaPrefixes, isLiveFormula } from './formula-prefixes.js';

describe('R1.9 text that looks like a formula', () => {
  test('is made harmless behind each of 40 prefixes, and comes back as it was', () => {
    expect(new Set(formulaPrefixes).size).toBe(40);
    for (const prefix of formulaPrefixes) {
      const text = `${prefix}1+1`;
      expect(isLiveFormula(text), JSON.stringify(text)).toBe(true);
      expect(isLiveFormula(guardFormula(text)), JSON.stringify(text)).toBe(false);
      expect(unguardFormula(guardFormula(text))).toBe(text);
    }
  });

  test('any text comes back as it was, and none is live', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        expect(unguardFormula(guardFormula(text))).toBe(text);
        expect(isLiveFormula(guardFormula(text))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  test('text of formula characters, apostrophes and white space comes back as it was', () => {
    const unit = ['=', '+', '-', '@', '＝', "'", ' ', '\u00A0', '\t', '\r', '\n', 'a', '1'];
    assert(
      property(
        array(constantFrom(...unit)).map((parts) => parts.join('')),
        (text) => {
          expect(unguardFormula(guardFormula(text))).toBe(text);
          expect(isLiveFormula(guardFormula(text))).toBe(false);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('other text stays as it is', () => {
    const harmless = [
      '',
      '张三',
      '13812345678',
      '138 1234 5678',
      'a=b',
      "O'Neil",
      "'quoted'",
      '1-2',
      'x@example.com',
    ];
    expect(harmless.map(guardFormula)).toEqual(harmless);
    expect(harmless.map(unguardFormula)).toEqual(harmless);
  });

  test('a phone number with a country code is guarded, so that no program counts with it', () => {
    expect(guardFormula('+852 9123 4567')).toBe("'+852 9123 4567");
    expect(unguardFormula("'+852 9123 4567")).toBe('+852 9123 4567');
  });
});
