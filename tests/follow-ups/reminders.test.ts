import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { newCalendarToken } from '../../src/modules/follow-ups/calendar-token.js';
import { lastRequestOf } from '../admin/audit-of.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createFollowUp } from '../support/factories/follow-up.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { readCalendar } from './read-calendar.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

const Feed = z.object({ token_hash: z.string(), revoked_at: z.date().nullable() });
const feedsOf = (client: TestClient) =>
  product.query(
    Feed,
    'SELECT token_hash, revoked_at FROM calendar_feeds WHERE user_id = $1 ORDER BY created_at',
    [client.user.id],
  );

/** Opens a feed by the page; returns its path. */
async function openFeed(client: TestClient, id = newId()): Promise<string> {
  const response = await client.post('/profile/calendar-feed', { id });
  expect(response.status).toBe(200);
  return /\/p\/calendar\/[\w-]+/.exec(response.text)?.[0] ?? '';
}

const lastActions = async (client: TestClient) =>
  (await lastRequestOf(product, client.user.id)).map(({ action }) => action);

describe('R1.4 the private calendar', () => {
  test('holds the open follow-ups of its owner, whole days and moments, and nothing that reaches a customer', async () => {
    const client = await product.signIn({ role: 'agent', name: 'Li, Wei' });
    const { id: customerId } = await createCustomer(product.deps, {
      name: '王小明',
      phone: '+8613812345678',
      email: 'wang@example.com',
    });
    const plan = { customerId, ownerId: client.user.id };
    const whole = await createFollowUp(product.deps, {
      ...plan,
      dueOn: '2026-11-25',
      action: 'Call; ask, too',
    });
    const timed = await createFollowUp(product.deps, { ...plan, dueOn: '2026-11-26', dueMinute: 930 });
    const response = await product.anonymous().get(await openFeed(client));
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe('text/calendar; charset=utf-8');
    const calendar = readCalendar(response.text);
    expect(calendar.name).toBe('Follow-ups of Li, Wei');
    expect(calendar.events).toMatchObject([
      {
        uid: `follow-up-${whole}@127.0.0.1`,
        summary: '王小明: Call; ask, too',
        start: '2026-11-25',
        sequence: 0,
        url: `http://127.0.0.1/follow-ups/${whole}`,
      },
      { uid: `follow-up-${timed}@127.0.0.1`, start: '2026-11-26T07:30:00.000Z' },
    ]);
    expect(response.text).not.toMatch(/1391234|\*5678|wang@/);
    await client.post(`/follow-ups/${whole}/cancellation`, { version: '1', reason: 'x' });
    await client.post(`/follow-ups/${timed}/snooze?version=1`, { until: '2199-01-01' });
    const later = readCalendar((await product.anonymous().get(await openFeed(client))).text);
    expect(later.events).toMatchObject([{ sequence: 1, start: '2199-01-01T07:30:00.000Z' }]);
  });

  test('follows its owner’s rights: what they cannot see any more is not in it', async () => {
    const client = await product.signIn({ role: 'account' });
    const { id: customerId } = await createCustomer(product.deps, { ownerId: client.user.id });
    await createFollowUp(product.deps, { customerId, ownerId: client.user.id, dueOn: '2026-11-25' });
    const path = await openFeed(client);
    const events = async () => readCalendar((await product.anonymous().get(path)).text).events;
    expect(await events()).toHaveLength(1);
    const manager = await product.signIn({ role: 'manager' });
    const form = { name: 'Taken away', birthCalendar: 'solar', version: '1', ownerId: manager.user.id };
    expect((await manager.post(`/customers/${customerId}`, form)).status).toBe(303);
    expect(await events()).toHaveLength(0);
  });

  test('its address is shown once, only its hash is stored; a new one ends the old one', async () => {
    const client = await product.signIn({ role: 'agent' });
    const first = await openFeed(client);
    const token = first.split('/').at(-1) ?? '';
    expect(Buffer.from(token, 'base64url').length).toBeGreaterThanOrEqual(16);
    expect(await lastActions(client)).toEqual(['calendar-feeds.opened']);
    expect((await client.get('/profile/reminders')).text).not.toContain(token);
    const [stored] = await feedsOf(client);
    expect(stored?.token_hash).not.toContain(token);
    const [logged] = await product.query(
      z.object({ count: z.number() }),
      `SELECT count(*)::integer AS count FROM audit_log WHERE after::text LIKE '%' || $1 || '%'`,
      [token],
    );
    expect(logged?.count).toBe(0);
    const second = await openFeed(client);
    expect((await product.anonymous().get(first)).status).toBe(404);
    expect((await product.anonymous().get(second)).status).toBe(200);
    expect((await feedsOf(client)).map(({ revoked_at }) => revoked_at === null)).toEqual([false, true]);
  });

  test('a form sent twice opens one feed', async () => {
    const client = await product.signIn({ role: 'agent' });
    const id = newId();
    const path = await openFeed(client, id);
    expect(await openFeed(client, id)).toBe('');
    expect(await feedsOf(client)).toHaveLength(1);
    expect((await product.anonymous().get(path)).status).toBe(200);
  });

  test('unknown, revoked and altered tokens and those of disabled users all get the same answer', async () => {
    const client = await product.signIn({ role: 'agent' });
    const path = await openFeed(client);
    expect((await client.post('/profile/calendar-feed/revocation')).status).toBe(303);
    expect(await lastActions(client)).toEqual(['calendar-feeds.revoked']);
    const leaver = await product.signIn({ role: 'agent' });
    const leaversPath = await openFeed(leaver);
    const administrator = await product.signIn();
    expect((await administrator.post(`/admin/users/${leaver.user.id}/disablement`)).status).toBe(303);
    const other = await openFeed(await product.signIn({ role: 'agent' }));
    const paths = [
      path,
      leaversPath,
      other.toUpperCase().replace('/P/CALENDAR', '/p/calendar'),
      `${other}x`,
      `/p/calendar/${newCalendarToken()}`,
      '/p/calendar/%00',
      `/p/calendar/${'x'.repeat(5_000)}`,
    ];
    const answers = await Promise.all(paths.map((each) => product.anonymous().get(each)));
    for (const [index, answer] of answers.entries()) {
      expect([answer.status, answer.type, answer.text], paths[index]).toEqual([
        404,
        'text/plain',
        'Not found\n',
      ]);
    }
  });

  test('100,000 tokens have no duplicates', () => {
    const tokens = new Set(Array.from({ length: 100_000 }, newCalendarToken));
    expect(tokens.size).toBe(100_000);
  });
});

describe('R1.4 how a user is reminded', () => {
  test('the morning e-mail is switched off and on, audited', async () => {
    const client = await product.signIn({ role: 'agent', email: 'me@example.com' });
    const isTicked = async () =>
      (await client.page('/profile/reminders'))('input[name="wantsDigest"]').is('[checked]');
    expect(await isTicked()).toBe(true);
    expect((await client.post('/profile/reminders')).headers['location']).toBe('/profile/reminders');
    expect(await isTicked()).toBe(false);
    const [change] = await lastRequestOf(product, client.user.id);
    expect(change).toMatchObject({
      action: 'users.digest-chosen',
      before: { wants_digest: true },
      after: { wants_digest: false },
    });
    await client.post('/profile/reminders', { wantsDigest: 'on' });
    expect(await isTicked()).toBe(true);
  });

  test('pages: ok for everybody who is signed in, 422 for what they do not know, 403 for a feed without follow-ups', async () => {
    const nobody = await product.signIn({ role: null });
    const page = await nobody.page('/profile/reminders');
    expect(page('main').text()).toContain('You have no e-mail address');
    expect((await nobody.get('/profile/reminders?x=1')).status).toBe(422);
    expect((await nobody.post('/profile/reminders', { wantsDigest: 'maybe' })).status).toBe(422);
    expect((await nobody.post('/profile/calendar-feed', { id: newId() })).status).toBe(403);
    expect((await product.anonymous().get('/profile/reminders')).status).toBe(303);
    const agent = await product.signIn({ role: 'agent' });
    expect((await agent.post('/profile/calendar-feed', { id: 'x' })).status).toBe(422);
  });
});
