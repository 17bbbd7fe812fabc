import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createArticle, createCannedAnswer } from '../support/factories/answer.js';
import { createCustomer } from '../support/factories/customer.js';
import { createRequest } from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let agent: TestClient;
let requestId: string;
beforeAll(async () => {
  product = await startTestProduct();
  agent = await product.signIn({ role: 'account' });
  const { id: customerId } = await createCustomer(product.deps, { name: '王小明' });
  requestId = (await createRequest(product.deps, { customerId, assigneeId: agent.user.id })).id;
});
afterAll(() => product.close());

const picker = (query: string) =>
  agent.page(`/service-requests/${requestId}/answers?${new URLSearchParams({ q: query }).toString()}`);

describe('R2.5 while somebody answers', () => {
  test('an answer is found by shortcut or words, filled in, and put into the answer box', async () => {
    const body = '{{customer}}您好，{{requestNo}}，{{dueTime}}。{{branch}}';
    const id = await createCannedAnswer(product.deps, { name: '已收到', shortcut: 'sd', body });
    const other = await createCannedAnswer(product.deps, { name: 'Other', shortcut: 'other' });
    const link = `a[href="/service-requests/${requestId}?answer=${id}#field-body"]`;
    for (const typed of ['', '/sd', '/s', '收到']) expect((await picker(typed))(link)).toHaveLength(1);
    const found = await picker('/sd');
    expect(found(`a[href*="${other}"]`)).toHaveLength(0);
    expect(found(link).attr('data-inserts')).toMatch(/^王小明您好，SR-/);
    expect(found(link).attr('data-inserts')).not.toContain('{{');
    const record = await agent.page(`/service-requests/${requestId}?answer=${id}`);
    expect(record('#field-body').text()).toBe(found(link).attr('data-inserts'));
    expect(record('#field-body').text()).toContain('____');
    expect((await picker('nothing'))('#offered-answers').text()).toContain('No canned answer');
  });

  test('a public article gives its words and is counted; an internal one is only shown', async () => {
    const open = await createArticle(product.deps, { title: '术后护理', body: '只用清水', isPublic: true });
    const internal = await createArticle(product.deps, { title: '术后投诉', body: '先报告店长' });
    const found = await picker('术后');
    expect(found(`a[href="/articles/${internal}"]`)).toHaveLength(1);
    expect(found(`a[href*="article=${internal}"]`)).toHaveLength(0);
    expect(found('#offered-answers').html()).not.toContain('data-inserts="先报告店长"');
    const record = await agent.page(`/service-requests/${requestId}?article=${open}`);
    expect(record('#field-body').text()).toBe('只用清水');
    const articleId = record('input[name="articleId"]').attr('value') ?? '';
    expect(articleId).toBe(open);
    const entry = { id: newId(), kind: 'reply', body: '只用清水', articleId };
    expect((await agent.post(`/service-requests/${requestId}/entries`, entry)).status).toBe(303);
    const Entry = z.object({ article_id: z.string().nullable() });
    const stored = (id: string) =>
      product.query(Entry, 'SELECT article_id::text FROM request_entries WHERE id = $1', [id]);
    expect(await stored(entry.id)).toEqual([{ article_id: open }]);

    const gone = { ...entry, id: newId(), articleId: newId() };
    expect((await agent.post(`/service-requests/${requestId}/entries`, gone)).status).toBe(303);
    expect(await stored(gone.id)).toEqual([{ article_id: null }]);
    expect((await agent.get(`/service-requests/${requestId}?article=${internal}`)).status).toBe(404);
  });

  test('what was typed stays when it is refused, with the article it was taken from', async () => {
    const articleId = await createArticle(product.deps, { isPublic: true });
    const entry = { id: newId(), kind: 'other', body: 'Typed', articleId };
    const refused = await agent.post(`/service-requests/${requestId}/entries`, entry);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(`name="articleId" value="${articleId}"`);
  });

  test('what is archived is not offered, and requests of others are not answered', async () => {
    const id = await createCannedAnswer(product.deps, { name: 'Old', archivedAt: product.deps.now() });
    expect((await picker('Old'))(`a[href*="${id}"]`)).toHaveLength(0);
    expect((await agent.get(`/service-requests/${requestId}?answer=${id}`)).status).toBe(404);
    expect((await agent.get(`/service-requests/${requestId}?answer=x`)).status).toBe(422);
    expect((await agent.get(`/service-requests/${newId()}/answers`)).status).toBe(404);
    const auditor = await product.signIn({ role: 'auditor' });
    expect((await auditor.get(`/service-requests/${requestId}/answers`)).status).toBe(403);
    const reader = await product.signIn({
      grants: { 'service-requests:read': 'all', 'service-requests:work': 'own' },
    });
    expect((await reader.get(`/service-requests/${requestId}/answers`)).status).toBe(403);
  });
});
