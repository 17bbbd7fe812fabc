import { describe, expect, test } from 'vitest';
import { asLocale, isMessageKey, preferredLocale, translator } from '../../src/core/i18n.js';

describe('R6.7 the language', () => {
  test.each([
    [undefined, 'en'],
    ['', 'en'],
    ['zh', 'zh-CN'],
    ['zh-TW,zh;q=0.9', 'zh-CN'],
    ['en-GB,en;q=0.9,zh-CN;q=0.8', 'en'],
    ['zh-CN;q=0.3,en;q=0.7', 'en'],
    ['fr-FR,fr;q=0.9,zh-CN;q=0.5', 'zh-CN'],
    ['de,ja', 'en'],
    ['*', 'en'],
    [';;q=,,', 'en'],
    ['EN-us', 'en'],
  ])('for %j is %s', (header, locale) => {
    expect(preferredLocale(header)).toBe(locale);
  });

  test('is one that the product speaks, or none', () => {
    expect(['en', 'zh-CN', 'zh', 'fr', '', null, undefined].map(asLocale)).toEqual([
      'en',
      'zh-CN',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('R6.7 texts', () => {
  test('come in the language asked for, with values as they are: templates escape', () => {
    expect(translator('en')('errors.tooLong', { maximum: 5 })).toBe('Use at most 5 characters.');
    expect(translator('zh-CN')('errors.tooLong', { maximum: 5 })).toMatch(/5.*字/);
    expect(translator('en')('customers.saved', { name: '<b>&' })).toBe('<b>& was saved.');
  });

  test('know one from many', () => {
    const t = translator('en');
    expect([0, 1, 2].map((count) => t('form.problems', { count }).slice(0, 9))).toEqual([
      '0 things ',
      '1 thing n',
      '2 things ',
    ]);
  });

  test('do not interpret values as further placeholders', () => {
    expect(translator('en')('customers.saved', { name: '{{name}} $t(form.save)' })).toBe(
      '{{name}} $t(form.save) was saved.',
    );
  });

  test('are known by their keys', () => {
    expect(isMessageKey('form.save')).toBe(true);
    expect(isMessageKey('form.problems')).toBe(true);
    expect(isMessageKey('form.noSuchText')).toBe(false);
    expect(isMessageKey('toString')).toBe(false);
  });
});
