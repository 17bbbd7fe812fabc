import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { forgetDrafts } from '../../src/modules/request-drafts/request-drafts.service.js';
import { mergeInto } from '../request-links/merge-support.js';
import type { TestClient } from '../support/client.js';
import { createCannedAnswer } from '../support/factories/answer.js';
import { createDraft } from '../support/factories/request-draft.js';
import { createRequest } from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let agent: TestClient;
let colleague: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  agent = await product.signIn({ role: 'manager' });
  colleague = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());
afterEach(() => product.setNow(undefined));

const typed = (body: string, more: Readonly<Record<string, string>> = {}) => ({
  ...{ id: newId(), articleId: '', channel: 'phone', kind: 'note', body, ...more },
});

const keep = (client: TestClient, id: string, fields: Readonly<Record<string, string>>) =>
  client.post(`/service-requests/${id}/draft`, fields);

const drafts = (id: string) =>
  product.query(
    z.object({ user_id: z.string(), kind: z.string(), body: z.string() }),
    'SELECT user_id::text, kind, body FROM request_drafts WHERE request_id = $1::uuid ORDER BY body',
    [id],
  );

const logLength = async () =>
  (
    await product.query(z.object({ count: z.number() }), 'SELECT count(*)::integer AS count FROM audit_log')
  )[0]?.count;

describe('R2.5 words that are typed and not sent', () => {
  test('are kept, and are there with their kind for whoever typed them, for nobody else', async () => {
    const { id } = await createRequest(product.deps);
    product.setNow(new Date('2026-11-23T02:32:00Z'));
    const before = await logLength();
    const answer = await keep(agent, id, typed('Call back\r\non Friday '));
    expect(answer.text.trim()).toBe('<span data-kept>Draft kept at 10:32 AM</span>');
    const page = await agent.page(`/service-requests/${id}`);
    expect(page('#field-body').val()).toBe('Call back\non Friday');
    expect(page('#field-kind').val()).toBe('note');
    expect(page('[data-draft]').text().trim()).toBe('Draft kept at 10:32 AM');
    expect(page('button[form="discard-draft"]').attr('hidden')).toBeUndefined();
    product.setNow(new Date('2026-11-24T02:32:00Z'));
    expect((await agent.page(`/service-requests/${id}`))('[data-draft]').text()).toContain('Nov 23, 2026');
    const other = await colleague.page(`/service-requests/${id}`);
    expect(other('#field-body').val()).toBe('');
    expect(other('[data-draft]').text().trim()).toBe('');
    expect(other('button[form="discard-draft"]').attr('hidden')).toBeDefined();
    expect(await logLength()).toBe(before);
  });

  test('are replaced by later ones, go with the last letter, and without a kind are a note', async () => {
    const { id } = await createRequest(product.deps);
    await keep(agent, id, typed('One'));
    await keep(agent, id, typed('Two', { kind: 'customerWord' }));
    expect(await drafts(id)).toEqual([{ user_id: agent.user.id, kind: 'customerWord', body: 'Two' }]);
    await keep(agent, id, typed('Three', { kind: '' }));
    expect(await drafts(id)).toMatchObject([{ kind: 'note', body: 'Three' }]);
    expect((await keep(agent, id, typed(' '))).text.trim()).toBe('');
    expect(await drafts(id)).toEqual([]);
  });

  test('are no draft any more once they are sent, though they arrive late', async () => {
    const { id } = await createRequest(product.deps);
    const words = typed('We will come at nine');
    await keep(agent, id, words);
    await keep(colleague, id, typed('Mine'));
    expect((await agent.post(`/service-requests/${id}/entries`, words)).status).toBe(303);
    expect(await drafts(id)).toMatchObject([{ user_id: colleague.user.id, body: 'Mine' }]);
    expect((await keep(agent, id, words)).text.trim()).toBe('');
    expect(await drafts(id)).toHaveLength(1);
    await keep(agent, id, typed('The next ones'));
    expect((await agent.post(`/service-requests/${id}/entries`, words)).status).toBe(303);
    expect(await drafts(id)).toHaveLength(2);
  });

  test('stay when the entry is refused, which shows what was typed', async () => {
    const { id } = await createRequest(product.deps);
    await keep(agent, id, typed('Half'));
    const refused = await agent.post(
      `/service-requests/${id}/entries`,
      typed('Half a sentence', { kind: '' }),
    );
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Half a sentence</textarea>');
    expect(await drafts(id)).toMatchObject([{ body: 'Half' }]);
  });

  test('come before an answer that is chosen, which is not put in twice', async () => {
    const { id } = await createRequest(product.deps);
    const answer = await createCannedAnswer(product.deps, { body: 'We are open until nine.' });
    await createDraft(product.deps, { requestId: id, userId: agent.user.id, body: 'Dear Ms Li,' });
    const path = `/service-requests/${id}?answer=${answer}`;
    const both = 'Dear Ms Li,\nWe are open until nine.';
    expect((await agent.page(path))('#field-body').val()).toBe(both);
    await keep(agent, id, typed(both));
    expect((await agent.page(path))('#field-body').val()).toBe(both);
  });

  test('can be discarded, by those who typed them', async () => {
    const { id } = await createRequest(product.deps);
    for (const client of [agent, colleague]) await keep(client, id, typed(client.user.id));
    const answer = await agent.post(`/service-requests/${id}/draft/deletion`);
    expect(answer.headers['location']).toBe(`/service-requests/${id}`);
    expect((await agent.get(`/service-requests/${id}`)).text).toContain('The draft is gone.');
    expect(await drafts(id)).toMatchObject([{ user_id: colleague.user.id }]);
  });

  test('need the right to work on the request: 403, 404 outside the scope, 422 for what no entry could be', async () => {
    const { id } = await createRequest(product.deps, { assigneeId: colleague.user.id });
    const own = await product.signIn({
      grants: { 'service-requests:read': 'own', 'service-requests:work': 'own' },
    });
    const reader = await product.signIn({
      grants: { 'service-requests:read': 'all', 'service-requests:work': 'own' },
    });
    const nobody = await product.signIn({ grants: { 'service-requests:read': 'all' } });
    for (const [client, status] of [
      [own, 404],
      [reader, 403],
      [nobody, 403],
    ] as const) {
      expect((await keep(client, id, typed('Words'))).status).toBe(status);
      expect((await client.post(`/service-requests/${id}/draft/deletion`)).status).toBe(status);
    }
    expect((await keep(agent, newId(), typed('Words'))).status).toBe(404);
    expect((await keep(agent, id, typed('x'.repeat(10_001)))).status).toBe(422);
    expect((await keep(agent, id, typed('Words', { kind: 'memo' }))).status).toBe(422);
    expect(await drafts(id)).toEqual([]);
  });

  test('go along with a merge; whoever has some on both has them in one note', async () => {
    const userId = agent.user.id;
    const { id: staying, customerId } = await createRequest(product.deps, { assigneeId: userId });
    const { id: going } = await createRequest(product.deps, { customerId, assigneeId: userId });
    await createDraft(product.deps, { requestId: staying, userId, body: 'First' });
    await createDraft(product.deps, { requestId: going, userId, body: 'second', kind: 'note' });
    await createDraft(product.deps, { requestId: going, userId: colleague.user.id, body: 'Theirs' });
    expect((await mergeInto(agent, going, staying)).status).toBe(303);
    expect(await drafts(staying)).toEqual([
      { user_id: userId, kind: 'note', body: 'First\n\nsecond' },
      { user_id: colleague.user.id, kind: 'reply', body: 'Theirs' },
    ]);
    expect(await drafts(going)).toEqual([]);
  });

  test('are forgotten when nobody went on with them for thirty days', async () => {
    const { id } = await createRequest(product.deps);
    await createDraft(product.deps, { requestId: id, userId: agent.user.id, body: 'Old' });
    product.setNow(new Date(Date.now() + 29 * 86_400_000));
    await forgetDrafts(product.deps);
    expect(await drafts(id)).toHaveLength(1);
    product.setNow(new Date(Date.now() + 30.1 * 86_400_000));
    await forgetDrafts(product.deps);
    expect(await drafts(id)).toEqual([]);
  });
});
