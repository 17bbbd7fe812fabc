import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnChanges } from '../../src/modules/admin/audit-log/audit-difference.js';
import { deviceName } from '../../src/modules/admin/login-log/device-name.js';

const seed = 20_260_801;

describe('R5.3 the difference of two images', () => {
  test('holds what changed, in the order of the forms, and nothing else', () => {
    const before = { id: 'a', name: '张三', city: '长沙', remark: null, version: 1, amount: 5 };
    const after = { id: 'a', name: '张三', city: '北京', remark: 'VIP', version: 2, amount: 5 };
    expect(columnChanges(before, after)).toEqual([
      { column: 'city', isSecret: false, before: '长沙', after: '北京' },
      { column: 'remark', isSecret: false, before: null, after: 'VIP' },
    ]);
  });

  test('of a new or deleted row holds what was filled in', () => {
    expect(columnChanges(null, { id: 'a', name: 'Anna', remark: null })).toEqual([
      { column: 'name', isSecret: false, before: null, after: 'Anna' },
    ]);
    expect(columnChanges({ id: 'a', name: 'Anna', remark: null }, null)).toEqual([
      { column: 'name', isSecret: false, before: 'Anna', after: null },
    ]);
  });

  test('compares lists and objects by what they hold', () => {
    const image = { mapping: { a: [1, { b: null }] } };
    expect(columnChanges(image, structuredClone(image))).toEqual([]);
    expect(columnChanges(image, { mapping: { a: [1, { b: 0 }] } })).toHaveLength(1);
  });

  test('R5.5 never lets a secret value out', () => {
    const sealed = fc.constantFrom(
      'phone_encrypted',
      'rows_encrypted',
      'phone_hash',
      'password_hash',
      'phone_last4_hash',
      'feed_token',
    );
    const image = fc.dictionary(sealed, fc.constantFrom('canary-1', 'canary-2', null));
    fc.assert(
      fc.property(image, image, (before, after) => {
        expect(JSON.stringify(columnChanges(before, after))).not.toContain('canary');
      }),
      { seed, numRuns: 500 },
    );
    expect(columnChanges({ phone_encrypted: 'x' }, { phone_encrypted: 'y' })).toEqual([
      { column: 'phone_encrypted', isSecret: true, before: null, after: null },
    ]);
  });
});

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
    'Chrome 143, Windows',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0',
    'Edge 143, Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
    'Safari 18, iOS',
  ],
  [
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0 Mobile Safari/537.36 MicroMessenger/8.0.47',
    'WeChat 8, Android',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140, Linux'],
  ['curl/8.5.0', 'curl/8.5.0'],
])('R5.4 the login log names browsers: %s', (userAgent, name) => {
  expect(deviceName(userAgent)).toBe(name);
});
