import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createCannedAnswer } from '../support/factories/answer.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const path = '/canned-answers';

let product: TestProduct;
let administrator: TestClient;
let agent: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  administrator = await product.signIn();
  agent = await product.signIn({ role: 'agent' });
});
afterAll(() => product.close());

const Stored = z.object({ name: z.string(), shortcut: z.string().nullable(), is_archived: z.boolean() });
const stored = (id: string) =>
  product.query(
    Stored,
    'SELECT name, shortcut, archived_at IS NOT NULL AS is_archived FROM canned_answers WHERE id = $1',
    [id],
  );

const actionsOf = async (id: string) =>
  (
    await product.query(
      z.object({ action: z.string() }),
      `SELECT action FROM audit_log WHERE record_id = $1 AND action <> 'factory.created' ORDER BY id`,
      [id],
    )
  ).map(({ action }) => action);

const form = (more: Readonly<Record<string, string>> = {}) => ({
  id: newId(),
  name: `Thanks ${newId()}`,
  shortcut: '',
  body: 'Dear {{customer}}',
  ...more,
});

describe('R2.5 canned answers', () => {
  test('are created once, with a shortcut of their own, and found by it', async () => {
    const sent = form({ name: 'Thanks', shortcut: '/Thx' });
    for (const each of [sent, sent]) expect((await administrator.post(path, each)).status).toBe(303);
    expect(await stored(sent.id)).toEqual([{ name: 'Thanks', shortcut: 'thx', is_archived: false }]);
    expect(await actionsOf(sent.id)).toEqual(['canned-answers.created']);
    const found = await agent.page(`${path}?q=/th`);
    expect(found(`#row-${sent.id}`).text()).toContain('/thx');
    expect((await agent.page(`${path}?q=nothing`))(`#row-${sent.id}`)).toHaveLength(0);
    expect((await agent.page(`${path}/${sent.id}`))('main').text()).toContain('Dear {{customer}}');
  });

  test('are refused with taken names and shortcuts, unknown places, and letters that nobody types', async () => {
    await createCannedAnswer(product.deps, { name: 'Taken', shortcut: 'taken' });
    const refused = [
      form({ name: 'taken' }),
      form({ shortcut: 'taken' }),
      form({ shortcut: 'a b' }),
      form({ body: '' }),
      form({ body: 'x'.repeat(4_001) }),
    ];
    for (const each of refused) expect((await administrator.post(path, each)).status).toBe(422);
    const unknown = await administrator.post(path, form({ name: 'Kept', body: 'Costs {{price}}' }));
    expect(unknown.status).toBe(422);
    const page = load(unknown.text);
    expect(page('#field-body-error').text()).toContain('{{price}}');
    expect(page('#field-body').text()).toBe('Costs {{price}}');
    expect(page('#field-name').attr('value')).toBe('Kept');
  });

  test('are changed, and two at once meet on the conflict page', async () => {
    const id = await createCannedAnswer(product.deps);
    expect((await administrator.get(`${path}/${id}/edit`)).status).toBe(200);
    const change = { name: 'After', shortcut: '', body: 'New', version: '1' };
    expect((await administrator.post(`${path}/${id}`, change)).status).toBe(303);
    expect((await administrator.post(`${path}/${id}`, { ...change, name: 'Late' })).status).toBe(409);
    expect((await administrator.post(`${path}/${id}`, { ...change, body: '{{x}}' })).status).toBe(422);
    expect(await stored(id)).toMatchObject([{ name: 'After' }]);
    expect(await actionsOf(id)).toEqual(['canned-answers.changed']);
  });

  test('are archived, brought back, deleted, and come back by undo', async () => {
    const id = await createCannedAnswer(product.deps, { name: 'Going' });
    await administrator.post(`${path}/${id}/archival`);
    expect((await agent.page(path))(`#row-${id}`)).toHaveLength(0);
    expect((await agent.page(`${path}?state=archived`))(`#row-${id}`)).toHaveLength(1);
    await administrator.post(`${path}/${id}/archival/removal`);
    expect(await stored(id)).toMatchObject([{ is_archived: false }]);
    expect((await administrator.post(`${path}/${id}/deletion`, { version: '1' })).status).toBe(409);
    expect((await administrator.post(`${path}/${id}/deletion`, { version: '3' })).status).toBe(303);
    expect(await stored(id)).toEqual([]);
    const undo = (await administrator.page('/recent-actions'))('form[action$="/undo"]').first();
    expect((await administrator.post(undo.attr('action') ?? '')).status).toBe(303);
    expect(await stored(id)).toHaveLength(1);
  });

  test('are managed by those who may, read by those who answer', async () => {
    const id = await createCannedAnswer(product.deps);
    expect((await agent.get(`${path}/new`)).status).toBe(403);
    expect((await agent.post(path, form())).status).toBe(403);
    expect((await agent.page(`${path}/${id}`))('a[href$="/edit"]')).toHaveLength(0);
    const auditor = await product.signIn({ role: 'auditor' });
    expect((await auditor.get(path)).status).toBe(403);
    expect((await agent.get(`${path}/${newId()}`)).status).toBe(404);
    expect((await agent.get(`${path}?state=gone`)).status).toBe(422);
  });
});
