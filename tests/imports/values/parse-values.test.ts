import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAmount } from '../../../src/modules/imports/values/parse-amount.js';
import { parseEmail } from '../../../src/modules/imports/values/parse-email.js';
import { parseGender } from '../../../src/modules/imports/values/parse-gender.js';
import { parseQuantity } from '../../../src/modules/imports/values/parse-quantity.js';
import { parseText } from '../../../src/modules/imports/values/parse-text.js';

describe('R1.8 e-mail addresses', () => {
  it.each([
    ['Li.Ming@QQ.com', 'li.ming@qq.com'],
    [' a_b+c@vip.qq.com ', 'a_b+c@vip.qq.com'],
    ['ａｂｃ＠１６３．ｃｏｍ', 'abc@163.com'],
    ['', null],
    [' ', null],
    [`${'x'.repeat(64)}@qq.com`, `${'x'.repeat(64)}@qq.com`],
  ])('%j is %j', (cell, value) => {
    expect(parseEmail(cell)).toEqual({ value });
  });

  it.each([
    'abc@',
    '@qq.com',
    'li ming@qq.com',
    'abc',
    'a@b',
    'a@b.c',
    'a@@qq.com',
    'a..b@qq.com',
    '.a@qq.com',
    'a.@qq.com',
    'a@-qq.com',
    'a@qq-.com',
    'a@qq..com',
    '张@qq.com',
    'a@qq.com,b@qq.com',
    `${'x'.repeat(65)}@qq.com`,
    `a@${'b'.repeat(64)}.com`,
    `a@${'b.'.repeat(130)}com`,
    'a@qq.com\n'.repeat(2),
  ])('%j is impossible', (cell) => {
    expect(parseEmail(cell)).toEqual({ problem: { key: 'imports.problem.email.impossible', params: {} } });
  });
});

describe('R1.8 genders', () => {
  it.each([
    ['男', 'male'],
    ['女', 'female'],
    ['M', 'male'],
    ['f', 'female'],
    ['Ｆ', 'female'],
    ['Male', 'male'],
    ['FEMALE', 'female'],
    ['先生', 'male'],
    ['女士', 'female'],
    ['小姐', 'female'],
    ['Mr.', 'male'],
    ['Ms', 'female'],
    ['其他', 'other'],
    ['未知', null],
    ['保密', null],
    ['', null],
  ])('%j is %j', (cell, value) => {
    expect(parseGender(cell)).toEqual({ value });
  });

  it.each(['0', '1', '2', '男女', 'x1', 'toString', '__proto__'])('%j is not known', (cell) => {
    expect(parseGender(cell)).toEqual({ problem: { key: 'imports.problem.gender.unknown', params: {} } });
  });
});

describe('R1.8 amounts', () => {
  it.each([
    ['¥1,234.50', '1234.50'],
    ['￥ 1,234.5', '1234.50'],
    ['１，２３４．５０', '1234.50'],
    ['1234.5元', '1234.50'],
    ['RMB 88', '88.00'],
    ['88 CNY', '88.00'],
    ['人民币12', '12.00'],
    ['$12.30', '12.30'],
    ['US$ 12.30', '12.30'],
    ['(12.00)', '-12.00'],
    ['(¥12.00)', '-12.00'],
    ['¥-12', '-12.00'],
    ['-¥12', '-12.00'],
    ['12-', '-12.00'],
    ['−12', '-12.00'],
    ['+12', '12.00'],
    ['-0.00', '0.00'],
    ['(0)', '0.00'],
    ['0', '0.00'],
    ['.5', '0.50'],
    ['5.', '5.00'],
    ['007', '7.00'],
    ['0.10', '0.10'],
    ['12.3400', '12.34'],
    ['0.500', '0.50'],
    ['1,234', '1234.00'],
    ['1,234,567.8', '1234567.80'],
    ['1.234,56', '1234.56'],
    ['1.234.567,8', '1234567.80'],
    ['1.234.567', '1234567.00'],
    ['12,5', '12.50'],
    ['12,50', '12.50'],
    ['1 234,50', '1234.50'],
    ["1'234.50", '1234.50'],
    ['9,999,999,999.99', '9999999999.99'],
    ['', null],
    [' \u3000', null],
  ])('%j is %j', (cell, value) => {
    expect(parseAmount(cell)).toEqual({ value });
  });

  it.each([
    ['1.234', 'ambiguous'],
    ['1.500', 'ambiguous'],
    ['12.345', 'ambiguous'],
    ['1.2345', 'tooManyDecimals'],
    ['0.123', 'tooManyDecimals'],
    ['0,123', 'unreadable'],
    ['1,2345', 'unreadable'],
    ['12,34,567', 'unreadable'],
    ['1.23.456', 'unreadable'],
    ['1,234.5,6', 'unreadable'],
    ['12.3.4', 'unreadable'],
    ['--12', 'unreadable'],
    ['(-12)', 'unreadable'],
    ['-12-', 'unreadable'],
    ['(12', 'unreadable'],
    ['12)', 'unreadable'],
    ['abc', 'unreadable'],
    ['1e3', 'unreadable'],
    ['1.2万', 'unreadable'],
    ['¥', 'unreadable'],
    ['.', 'unreadable'],
    [',', 'unreadable'],
    ['NaN', 'unreadable'],
    ['12 usdx', 'unreadable'],
    ['10,000,000,000', 'tooLarge'],
    ['99999999999999999999', 'tooLarge'],
  ])('%j is %s', (cell, reason) => {
    expect(parseAmount(cell)).toEqual({ problem: { key: `imports.problem.amount.${reason}`, params: {} } });
  });

  it('come back from every spelling without a cent lost', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999n }), fc.boolean(), (cents, isNegative) => {
        const [whole, fraction] = [String(cents / 100n), String(cents % 100n).padStart(2, '0')];
        const sign = isNegative && cents !== 0n ? '-' : '';
        const expected = { value: `${sign}${whole}.${fraction}` };
        const group = (mark: string) => whole.replace(/\B(?=(\d{3})+$)/g, mark);
        for (const text of [
          `${whole}.${fraction}`,
          `${group(',')}.${fraction}`,
          `¥${group(',')}.${fraction}`,
          `${group('.')},${fraction}`,
          `${group(' ')},${fraction}`,
        ]) {
          expect(parseAmount(`${sign}${text}`)).toEqual(expected);
          if (sign !== '') expect(parseAmount(`(${text})`)).toEqual(expected);
        }
      }),
    );
  });

  it('are two decimals or a problem, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from("0123456789.,'-() ¥")) }), (text) => {
        const parsed = parseAmount(text);
        if ('value' in parsed && parsed.value !== null)
          expect(parsed.value).toMatch(/^-?(0|[1-9]\d{0,9})\.\d\d$/);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('R1.8 quantities', () => {
  it.each([
    ['1', 1],
    ['1,000', 1000],
    ['１２', 12],
    ['3.0', 3],
    ['+2', 2],
    ['0', 0],
    ['-0', 0],
    ['1000000', 1_000_000],
    ['', null],
  ])('%j is %j', (cell, value) => {
    expect(parseQuantity(cell)).toEqual({ value });
  });

  it.each(['1.5', '2件', 'abc', '1e3', '1,00', '--1', '0x10'])('%j is not whole', (cell) => {
    expect(parseQuantity(cell)).toEqual({
      problem: { key: 'imports.problem.quantity.notWhole', params: {} },
    });
  });

  it('have a range', () => {
    const range = { minimum: 0, maximum: 1_000_000 };
    for (const cell of ['-1', '1000001', '999999999999999']) {
      expect(parseQuantity(cell)).toEqual({
        problem: { key: 'imports.problem.quantity.outOfRange', params: range },
      });
    }
    expect(parseQuantity('−3', { minimum: -5, maximum: 5 })).toEqual({ value: -3 });
  });
});

describe('R1.8 texts', () => {
  it.each([
    [' 王 丽 ', '王 丽'],
    ['VIP\r\n介绍人:王姐\r', 'VIP\n介绍人:王姐'],
    ['Zoe\u0308', 'Zo\u00eb'],
    ['\u3000\u00a0王\u200b', '王'],
    ['=HYPERLINK("http://x","点")', '=HYPERLINK("http://x","点")'],
    ['👩‍👧', '👩‍👧'],
    ['', null],
    ['   ', null],
    ['\u200b\ufeff', null],
  ])('%j is %j', (cell, value) => {
    expect(parseText(cell, 50)).toEqual({ value });
  });

  it('that the database cannot keep are refused', () => {
    for (const cell of ['a\0b', 'a\ud800', '\udc00b']) {
      expect(parseText(cell, 50)).toEqual({
        problem: { key: 'imports.problem.text.unstorable', params: {} },
      });
    }
  });

  it('have a length', () => {
    expect(parseText(` ${'王'.repeat(50)} `, 50)).toEqual({ value: '王'.repeat(50) });
    const tooLong = { problem: { key: 'imports.problem.text.tooLong', params: { maximum: 50 } } };
    expect(parseText('王'.repeat(51), 50)).toEqual(tooLong);
  });
});
