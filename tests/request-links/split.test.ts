import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createEntry, createRequest } from '../support/factories/service-request.js';
import { createThing, createThingKind } from '../support/factories/served-thing.js';
import { createCustomer } from '../support/factories/customer.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let agent: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  agent = await product.signIn({ role: 'agent' });
});
afterAll(() => product.close());

const openedFrom = (id: string) =>
  product.query(
    z.object({ id: z.string(), description: z.string(), kind: z.string() }),
    `SELECT opened.id::text, opened.description, kind
     FROM request_relations JOIN service_requests AS opened ON opened.id = from_id WHERE to_id = $1::uuid`,
    [id],
  );

describe('R2.5 splitting a request', () => {
  test('words become a request of their own with customer and thing; they stay where they are; undo takes it away', async () => {
    const { id: customerId } = await createCustomer(product.deps, { name: '周琳' });
    const kindId = await createThingKind(product.deps, { name: '车辆' });
    const servedThingId = await createThing(product.deps, { customerId, kindId, name: 'Audi A4' });
    const mine = { customerId, servedThingId, assigneeId: agent.user.id };
    const { id } = await createRequest(product.deps, mine);
    const body = '另外，空调也不制冷';
    const entryId = await createEntry(product.deps, { requestId: id, body, authorId: agent.user.id });
    const record = await agent.page(`/service-requests/${id}`);
    expect(record('.timeline-action').attr('href')).toBe(`/service-requests/new?splitFrom=${entryId}`);

    const page = await agent.page(`/service-requests/new?splitFrom=${entryId}`);
    expect(page('#field-description').text()).toBe(body);
    expect(page('input[name="customerId"]').val()).toBe(customerId);
    expect(page('#field-servedThingId').val()).toBe(servedThingId);
    const sent = { id: newId(), splitFrom: entryId, customerId, channel: 'phone', description: body };
    const refused = await agent.post('/service-requests', { ...sent, subject: '' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(`name="splitFrom" value="${entryId}"`);
    const created = await agent.post('/service-requests', { ...sent, subject: '空调' });
    expect(created.headers['location']).toBe(`/service-requests/${sent.id}`);
    await agent.post('/service-requests', { ...sent, subject: '空调' });
    expect(await openedFrom(id)).toEqual([{ id: sent.id, description: body, kind: 'splitFrom' }]);
    const opened = await agent.get(`/service-requests/${sent.id}`);
    expect(opened.text).toContain('Was split from');
    expect((await agent.get(`/service-requests/${id}`)).text).toContain(body);

    const recent = await agent.page('/recent-actions');
    expect(recent('main').text()).toContain('Opened a request, split from SR-');
    const undo = recent('form[action$="/undo"]').first().attr('action') ?? '';
    expect((await agent.post(undo)).status).toBe(303);
    expect(await openedFrom(id)).toEqual([]);
    expect((await agent.get(`/service-requests/${sent.id}`)).status).toBe(404);
  });

  test('answers, unknown words and those outside the scope are not split: 404, 422', async () => {
    const { id } = await createRequest(product.deps, { assigneeId: agent.user.id });
    const entryId = await createEntry(product.deps, {
      requestId: id,
      body: 'Words',
      authorId: agent.user.id,
    });
    expect((await agent.get(`/service-requests/new?splitFrom=${newId()}`)).status).toBe(404);
    expect((await agent.get('/service-requests/new?splitFrom=x')).status).toBe(422);
    const stranger = await product.signIn({
      grants: { 'service-requests:read': 'own', 'service-requests:create': 'all' },
    });
    expect((await stranger.get(`/service-requests/new?splitFrom=${entryId}`)).status).toBe(404);
    const auditor = await product.signIn({ role: 'auditor' });
    expect((await auditor.get(`/service-requests/new?splitFrom=${entryId}`)).status).toBe(403);
    expect((await auditor.page(`/service-requests/${id}`))('.timeline-action').length).toBe(0);
  });
});
