import { load } from 'cheerio';
import supertest, { type Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createUser, type TestUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

const isSignedIn = async (client: TestClient): Promise<boolean> =>
  (await client.get('/profile')).status === 200;

const run = (statement: string, values: unknown[] = []) => product.query(z.unknown(), statement, values);

describe('R5.1 the end of a sign-in', () => {
  test('50 times signing out while other requests are under way: none of the 50 comes back to life', async () => {
    let alive = 0;
    for (let round = 0; round < 50; round += 1) {
      const client = await product.signIn({ role: null });
      await client.get('/profile');
      await Promise.all([
        client.get('/profile'),
        client.post('/logout'),
        client.get('/profile'),
        client.get('/profile/password'),
      ]);
      if (await isSignedIn(client)) alive += 1;
    }
    expect(alive).toBe(0);
  });

  test('comes at the next request after the user was disabled', async () => {
    const client = await product.signIn();
    expect(await isSignedIn(client)).toBe(true);
    await run(
      `WITH actor AS MATERIALIZED (SELECT set_config('audit.actor_name', 'test', true), set_config('audit.action', 'test.disabled', true))
       UPDATE users SET disabled_at = now() FROM actor WHERE id = $1`,
      [client.user.id],
    );
    expect(await isSignedIn(client)).toBe(false);
    expect((await product.anonymous().signIn(client.user.username, client.user.password)).status).toBe(401);
  });

  test('comes after two hours without a request, and after twelve hours in any case', async () => {
    for (const [column, age, isOver] of [
      ['last_seen_at', '119 minutes', false],
      ['last_seen_at', '121 minutes', true],
      ['created_at', '719 minutes', false],
      ['created_at', '721 minutes', true],
    ] as const) {
      const client = await product.signIn();
      await run(`UPDATE login_sessions SET ${column} = now() - $2::interval WHERE user_id = $1`, [
        client.user.id,
        age,
      ]);
      expect(await isSignedIn(client), `${column} ${age} ago`).toBe(!isOver);
    }
  });

  test('comes for all other browsers when the password is changed', async () => {
    const here = await product.signIn();
    const elsewhere = product.anonymous();
    await elsewhere.signIn(here.user.username, here.user.password);
    expect(await isSignedIn(elsewhere)).toBe(true);
    const next = 'another long password';
    const changed = await here.post('/profile/password', {
      currentPassword: here.user.password,
      newPassword: next,
      repeatedPassword: next,
    });
    expect(changed.status).toBe(303);
    expect([await isSignedIn(here), await isSignedIn(elsewhere)]).toEqual([true, false]);
  });

  test('can be brought about from another browser, for one’s own sign-ins alone', async () => {
    const [mine, stranger] = [await product.signIn({ role: null }), await product.signIn({ role: null })];
    const [session] = await product.query(
      z.object({ id: z.string() }),
      'SELECT id FROM login_sessions WHERE user_id = $1',
      [mine.user.id],
    );
    const path = `/profile/sessions/${session?.id ?? ''}/end`;
    expect((await stranger.post(path)).status).toBe(404);
    expect(await isSignedIn(mine)).toBe(true);
    expect((await mine.post(path)).status).toBe(303);
    expect(await isSignedIn(mine)).toBe(false);
  });
});

describe('R5.1 the beginning of a sign-in', () => {
  /** A browser's cookies as a text, after a response changed some of them. */
  const cookiesAfter = (response: Response, before = ''): string => {
    const lines: unknown = response.headers['set-cookie'];
    const set = Array.isArray(lines) ? lines.map((line) => String(line).split(';')[0] ?? '') : [];
    const pairs = [...before.split('; '), ...set].filter((pair) => pair !== '');
    return [...new Map(pairs.map((pair) => [pair.split('=')[0], pair])).values()].join('; ');
  };

  const signInWith = async (cookies: string, page: string, user: TestUser): Promise<string> => {
    const form = await supertest(product.app).get(page).set('Cookie', cookies);
    const held = cookiesAfter(form, cookies);
    const response = await supertest(product.app)
      .post('/login')
      .set('Cookie', held)
      .type('form')
      .send({
        _csrf: load(form.text)('input[name="_csrf"]').attr('value'),
        username: user.username,
        password: user.password,
      });
    expect(response.status).toBe(303);
    return cookiesAfter(response, held);
  };

  test('makes a new session id: a session planted by somebody else does not become one’s own', async () => {
    const [attacker, victim] = [await createUser(product.deps), await createUser(product.deps)];
    const planted = await signInWith('', '/login', attacker);
    const own = await signInWith(planted, '/profile', victim);
    expect(own).not.toContain(/session=[^;]+/.exec(planted)?.[0]);
    const [attackers, victims] = await Promise.all(
      [planted, own].map((cookies) => supertest(product.app).get('/profile').set('Cookie', cookies)),
    );
    expect([attackers?.status, victims?.status]).toEqual([303, 200]);
    expect(victims?.text).toContain(victim.username);
  });

  test('makes forms from before it worthless', async () => {
    const user = await createUser(product.deps);
    const client = product.anonymous();
    const before = load((await client.get('/login')).text)('input[name="_csrf"]').attr('value') ?? '';
    await client.signIn(user.username, user.password);
    expect((await client.post('/profile/theme', { _csrf: before, theme: 'dark' })).status).toBe(403);
  });

  test('does not lead to other sites', async () => {
    const user = await createUser(product.deps);
    for (const target of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      'evil',
    ]) {
      const client = product.anonymous();
      const response = await client.post('/login', {
        username: user.username,
        password: user.password,
        returnTo: target,
      });
      expect([response.status, response.headers['location']], target).toEqual([303, '/']);
    }
  });

  test('with a password that must be changed leads there, whatever page is asked for', async () => {
    const client = await product.signIn();
    await run(
      `WITH actor AS MATERIALIZED (SELECT set_config('audit.actor_name', 'test', true), set_config('audit.action', 'test.reset', true))
       UPDATE users SET must_change_password = true FROM actor WHERE id = $1`,
      [client.user.id],
    );
    const response = await client.get('/customers');
    expect([response.status, response.headers['location']]).toEqual([303, '/profile/password']);
    expect((await client.post('/customers', {})).headers['location']).toBe('/profile/password');
  });
});
