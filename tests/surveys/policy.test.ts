import { load } from 'cheerio';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isPersonalPage, pathForLog } from '../../src/core/http/personal-pages.js';
import { generateKeys } from '../../src/core/keys.js';
import { translator } from '../../src/core/i18n.js';
import { judgePageNonce, newPageNonce, nonceAges } from '../../src/modules/personal-links/page-nonce.js';
import { newPersonalToken, personalTokenHash } from '../../src/modules/personal-links/personal-token.js';
import { forgetNonces } from '../../src/modules/personal-links/nonce-expiry.js';
import { reasonOf, reasonText, shippedReasons } from '../../src/modules/surveys/survey-reasons.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

const path = '/admin/evaluation-rules';
const form = {
  businessName: '蓝湾服务',
  locale: 'en',
  expiryDays: '7',
  quietDays: '0',
  yearlyMost: '12',
  lowScore: '3',
  reasonsLow: 'I waited too long\n太吵\n\n太吵',
  reasonsMiddle: '',
  reasonsHigh: '速度快',
  version: '0',
};

describe('R2.8 the rules of evaluation', () => {
  test('are shown with their defaults, saved with their audit, and refused when they make no sense', async () => {
    const manager = await product.signIn({ role: 'manager' });
    const page = await manager.page(path);
    expect(page('input[name="expiryDays"]').attr('value')).toBe('14');
    expect(page('textarea[name="reasonsLow"]').text()).toContain('I waited too long');
    for (const wrong of [
      { expiryDays: '0' },
      { lowScore: '5' },
      { reasonsLow: 'x'.repeat(41) },
      { locale: 'de' },
    ]) {
      const response = await manager.post(path, { ...form, ...wrong });
      expect(response.status).toBe(422);
      expect(load(response.text)('input[name="businessName"]').attr('value')).toBe('蓝湾服务');
    }
    expect((await manager.post(path, form)).status).toBe(303);
    const [saved] = await product.query(
      z.object({
        value: z.looseObject({ reasonsLow: z.array(z.string()), reasonsHigh: z.array(z.string()) }),
      }),
      `SELECT value FROM settings WHERE key = 'evaluations.policy'`,
    );
    expect(saved?.value).toMatchObject({
      reasonsLow: ['waiting', '太吵'],
      reasonsHigh: ['quick'],
      lowScore: 3,
    });
    expect((await manager.post(path, form)).status).toBe(409);
    const log = await product.query(
      z.object({ actor_id: z.string() }),
      `SELECT actor_id FROM audit_log WHERE action = 'surveys.policy-changed'`,
    );
    expect(log).toEqual([{ actor_id: manager.user.id }]);
    expect((await (await product.signIn({ role: 'agent' })).get(path)).status).toBe(403);
    const text = (await product.anonymous().get(`/p/survey/${newPersonalToken()}`)).text;
    expect(load(text)('.plain-header').text()).toContain('Service');
  });

  test('know a shipped reason in every language', () => {
    for (const reason of Object.values(shippedReasons).flat())
      for (const locale of ['en', 'zh-CN'] as const)
        expect(reasonOf(reasonText(translator(locale), reason))).toBe(reason);
  });
});

describe('R2.8 nonces and tokens', () => {
  const keys = generateKeys();
  const now = new Date('2026-11-22T12:00:00Z');

  test('a nonce is good for its form, from two seconds to a day, and for no other, nor changed', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -10, max: 200_000 }), (subject, age) => {
        const nonce = newPageNonce(keys, subject, now);
        const at = new Date(now.getTime() + age * 1_000);
        const expected = age > nonceAges.oldest ? 'useless' : age < nonceAges.youngest ? 'tooYoung' : 'good';
        expect(judgePageNonce(keys, subject, nonce, at)).toBe(expected);
        expect(judgePageNonce(keys, `${subject}x`, nonce, at)).toBe('useless');
        expect(judgePageNonce(generateKeys(), subject, nonce, at)).toBe('useless');
      }),
      { numRuns: 200 },
    );
  });

  test('nothing else passes for a nonce', () => {
    const later = new Date(now.getTime() + 5_000);
    fc.assert(
      fc.property(fc.string(), (text) => judgePageNonce(keys, 'survey:1', text, later) === 'useless'),
    );
    const [issued = '', random = '', mac = ''] = newPageNonce(keys, 'survey:1', now).split('.');
    for (const changed of [
      `${issued}0.${random}.${mac}`,
      `${issued}.${random}A.${mac}`,
      `${issued}.${random}.`,
    ])
      expect(judgePageNonce(keys, 'survey:1', changed, later)).toBe('useless');
  });

  test('tokens differ, and are stored as something else', () => {
    const tokens = new Set(Array.from({ length: 10_000 }, newPersonalToken));
    expect(tokens.size).toBe(10_000);
    const [token = ''] = tokens;
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(personalTokenHash(token)).not.toBe(token);
  });

  test('no token stands in logs', () => {
    const token = newPersonalToken();
    for (const path of [`/p/survey/${token}`, `/p/request/${token}/words`]) {
      expect(isPersonalPage(path)).toBe(true);
      expect(pathForLog(path)).not.toContain(token);
    }
    expect(isPersonalPage('/customers/1')).toBe(false);
    expect(pathForLog('/customers/1')).toBe('/customers/1');
  });

  test('used nonces are forgotten after two days', async () => {
    const hours = (count: number) => new Date(Date.now() - count * 3_600_000);
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.created', (tx) =>
      tx.usedNonce.createMany({
        data: [
          { nonceHash: 'old', usedAt: hours(49) },
          { nonceHash: 'new', usedAt: hours(47) },
        ],
      }),
    );
    await forgetNonces(product.deps);
    const left = await product.query(
      z.object({ nonce_hash: z.string() }),
      'SELECT nonce_hash FROM used_nonces',
    );
    expect(left).toEqual([{ nonce_hash: 'new' }]);
  });
});
