import { load } from 'cheerio';
import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { signInLimits } from '../../src/modules/auth/sign-in-limits.js';
import { createUser, type TestUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let user: TestUser;
beforeEach(async () => {
  product = await startTestProduct();
  user = await createUser(product.deps);
});
afterEach(() => product.close());

/** Somebody who guesses passwords; `headers` differ from guess to guess. */
async function guesser() {
  const agent = supertest.agent(product.app);
  const token = load((await agent.get('/login')).text)('input[name="_csrf"]').attr('value') ?? '';
  return (password: string, headers: Readonly<Record<string, string>> = {}) =>
    agent.post('/login').set(headers).type('form').send({ _csrf: token, username: user.username, password });
}

const Attempt = z.object({ reason: z.string(), address: z.string() });
const refusals = () =>
  product.query(
    Attempt,
    `SELECT after->>'reason' AS reason, address FROM audit_log WHERE action = 'sign-in.refused'`,
  );

describe('R5.1 guessing passwords', () => {
  test('100 guesses at once: no more are looked at than the limit allows, and the right one comes too late', async () => {
    const guess = await guesser();
    await Promise.all(Array.from({ length: 100 }, (_, index) => guess(`wrong ${index}`)));
    const attempts = await refusals();
    expect(attempts).toHaveLength(100);
    expect(attempts.filter(({ reason }) => reason === 'wrong-password').length).toBeLessThanOrEqual(
      signInLimits.pair,
    );
    expect((await guess(user.password)).status).toBe(429);
  });

  test('a made-up X-Forwarded-For makes nobody a new guesser', async () => {
    const guess = await guesser();
    for (let index = 0; index < 3 * signInLimits.pair; index += 1) {
      await guess(`wrong ${index}`, {
        'X-Forwarded-For': `10.0.0.${index}`,
        Forwarded: `for=10.0.0.${index}`,
      });
    }
    const attempts = await refusals();
    expect(attempts.filter(({ reason }) => reason === 'wrong-password')).toHaveLength(signInLimits.pair);
    expect(new Set(attempts.map(({ address }) => address)).size).toBe(1);
  });

  test('the wait is said in the page and over after the window', async () => {
    const guess = await guesser();
    for (let index = 0; index <= signInLimits.pair; index += 1) await guess('wrong');
    const locked = await guess(user.password);
    expect([locked.status, load(locked.text)('[role="alert"]').text()]).toEqual([
      429,
      expect.stringMatching(/Wait 15 minutes/),
    ]);
    await product.query(
      z.unknown(),
      `UPDATE rate_limits SET expire = (extract(epoch FROM now()) * 1000)::bigint - 1`,
    );
    expect((await guess(user.password)).status).toBe(303);
  });

  test('some mistakes and then the right password: the count starts anew', async () => {
    for (let round = 0; round < 3; round += 1) {
      const guess = await guesser();
      for (let index = 1; index < signInLimits.pair; index += 1)
        expect((await guess('wrong')).status).toBe(401);
      expect((await guess(user.password)).status).toBe(303);
    }
  });

  test('a stranger who locks a name from one address does not lock its owner out elsewhere', async () => {
    await product.close();
    product = await startTestProduct({ environment: { TRUST_PROXY: '1' } });
    user = await createUser(product.deps);
    const guess = await guesser();
    for (let index = 0; index < 2 * signInLimits.pair; index += 1)
      await guess('wrong', { 'X-Forwarded-For': '203.0.113.9' });
    expect((await guess(user.password, { 'X-Forwarded-For': '203.0.113.9' })).status).toBe(429);
    expect((await guess(user.password, { 'X-Forwarded-For': '198.51.100.7' })).status).toBe(303);
  });
});
