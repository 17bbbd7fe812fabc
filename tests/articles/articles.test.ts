import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createArticle } from '../support/factories/answer.js';
import { createRequest } from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let administrator: TestClient;
let agent: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  administrator = await product.signIn();
  agent = await product.signIn({ role: 'agent' });
});
afterAll(() => product.close());

const Version = z.object({ version_no: z.number(), title: z.string(), body: z.string(), author: z.string() });
const versionsOf = (id: string) =>
  product.query(
    Version,
    `SELECT version_no, title, body, coalesce(users.username, '') AS author FROM article_versions
     LEFT JOIN users ON users.id = author_id WHERE article_id = $1 ORDER BY version_no`,
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

describe('R2.5 articles', () => {
  test('are written once; each saving is a version with who and when, and old ones come back', async () => {
    const id = newId();
    const author = administrator.user.username;
    const form = { id, title: 'First', body: 'One\nTwo', isPublic: 'on' };
    for (const each of [form, form]) expect((await administrator.post('/articles', each)).status).toBe(303);
    const change = { title: 'Second', body: 'Three', version: '1' };
    expect((await administrator.post(`/articles/${id}`, change)).status).toBe(303);
    expect((await administrator.post(`/articles/${id}`, { ...change, title: 'Late' })).status).toBe(409);
    const old = await agent.page(`/articles/${id}?versionNo=1`);
    expect(old('main').text()).toContain('One\nTwo');
    expect(old('form[action$="/restoration"]')).toHaveLength(0);
    const restoration = { version: '2', versionNo: '1' };
    expect((await agent.post(`/articles/${id}/restoration`, restoration)).status).toBe(403);
    expect((await administrator.post(`/articles/${id}/restoration`, restoration)).status).toBe(303);
    expect(await versionsOf(id)).toEqual([
      { version_no: 1, title: 'First', body: 'One\nTwo', author },
      { version_no: 2, title: 'Second', body: 'Three', author },
      { version_no: 3, title: 'First', body: 'One\nTwo', author },
    ]);
    expect(await actionsOf(id)).toEqual(['articles.created', 'articles.changed', 'articles.restored']);
    expect((await agent.page(`/articles/${id}`))('#versions').parent().find('tbody tr')).toHaveLength(3);
    expect((await agent.get(`/articles/${id}?versionNo=9`)).status).toBe(404);
    expect((await agent.get(`/articles/${id}?versionNo=x`)).status).toBe(422);
  });

  test('are found by words of title and text, Han texts of one character, and by audience', async () => {
    const colour = await createArticle(product.deps, {
      title: '染发',
      body: 'Wait 48 hours',
      isPublic: true,
    });
    const refund = await createArticle(product.deps, { title: 'Refunds', body: '先核对余额' });
    const found = async (query: string) => {
      const list = await agent.page(`/articles?${new URLSearchParams(query).toString()}`);
      return [colour, refund].filter((id) => list(`#row-${id}`).length > 0);
    };
    expect(await found('q=染')).toEqual([colour]);
    expect(await found('q=余额')).toEqual([refund]);
    expect(await found('q=核对余额 refunds')).toEqual([refund]);
    expect(await found('q=48 HOURS')).toEqual([]);
    expect(await found('q=hours 染发')).toEqual([colour]);
    expect(await found('q=%')).toEqual([]);
    expect(await found('audience=public')).toEqual([colour]);
    expect(await found('audience=internal')).toEqual([refund]);
    expect((await agent.get('/articles?audience=x')).status).toBe(422);
  });

  test('are deleted when nothing was taken from them, archived otherwise', async () => {
    const unused = await createArticle(product.deps, { title: 'Unused' });
    expect((await administrator.post(`/articles/${unused}/deletion`, { version: '1' })).status).toBe(303);
    expect(await versionsOf(unused)).toEqual([]);
    const undo = (await administrator.page('/recent-actions'))('form[action$="/undo"]').first();
    expect((await administrator.post(undo.attr('action') ?? '')).status).toBe(303);
    expect(await versionsOf(unused)).toHaveLength(1);

    const used = await createArticle(product.deps, { title: 'Used', isPublic: true });
    const { id: requestId } = await createRequest(product.deps);
    const entry = { id: newId(), kind: 'reply', body: 'Words', articleId: used };
    expect((await administrator.post(`/service-requests/${requestId}/entries`, entry)).status).toBe(303);
    expect((await administrator.page(`/articles/${used}`))('dl').text()).toContain('1 time');
    const confirm = await administrator.page(`/articles/${used}/deletion`);
    expect(confirm('.edit-form').text()).toContain('1 answer was taken from it.');
    expect(confirm('.edit-form').attr('action')).toBe(`/articles/${used}/archival`);
    expect((await administrator.post(`/articles/${used}/deletion`, { version: '1' })).status).toBe(409);
    expect((await administrator.post(`/articles/${used}/archival`)).status).toBe(303);
    expect((await administrator.page('/articles'))(`#row-${used}`)).toHaveLength(0);
    expect((await administrator.post(`/articles/${used}/archival/removal`)).status).toBe(303);
    expect(await actionsOf(used)).toEqual(['articles.archived', 'articles.unarchived']);
  });

  test('are managed by those who may, read by those who read requests', async () => {
    const id = await createArticle(product.deps);
    const refused = await administrator.post('/articles', { id: newId(), title: 'Kept', body: '' });
    expect(refused.status).toBe(422);
    expect(load(refused.text)('#field-title').attr('value')).toBe('Kept');
    expect((await agent.get('/articles/new')).status).toBe(403);
    expect((await agent.get(`/articles/${id}/edit`)).status).toBe(403);
    expect((await agent.get(`/articles/${newId()}`)).status).toBe(404);
    const stranger = await product.signIn({ role: null });
    expect((await stranger.get('/articles')).status).toBe(403);
  });
});
