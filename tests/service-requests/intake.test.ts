import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createRequest, typeIdOf } from '../support/factories/service-request.js';
import { createThing, createThingKind } from '../support/factories/served-thing.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let agent: TestClient;
let typeId: string;
beforeAll(async () => {
  product = await startTestProduct();
  agent = await product.signIn({ role: 'agent' });
  typeId = await typeIdOf(product.deps, 'repair');
});
afterAll(() => product.close());

const Stored = z.object({
  request_no: z.string(),
  subject: z.string(),
  state_category: z.string(),
  priority: z.number(),
  customer_id: z.string(),
  actions: z.array(z.string()),
});

const stored = async (id: string) =>
  (
    await product.query(
      Stored,
      `SELECT request_no, subject, state_category, priority, customer_id::text,
              ARRAY(SELECT action FROM audit_log WHERE table_name = 'service_requests' AND record_id = $1 ORDER BY id) AS actions
       FROM service_requests WHERE id = $1::uuid`,
      [id],
    )
  )[0];

const fields = (more: Readonly<Record<string, string>> = {}) => ({
  id: newId(),
  typeId,
  subject: '空调不制冷',
  channel: 'phone',
  ...more,
});

describe('R2.1 taking in a request', () => {
  test('the customer is found in the form by phone, and nothing typed is lost meanwhile', async () => {
    const { id, name } = await createCustomer(product.deps, { name: '李梅', phone: '+8613800138123' });
    const page = await agent.page('/service-requests/new');
    expect(page('input[name="customerQuery"]').length).toBe(1);
    const found = await agent.post('/service-requests', {
      ...fields({ customerQuery: '138 0013 8123', find: 'yes', subject: '' }),
    });
    expect(found.status).toBe(200);
    expect(found.text).toContain(name);
    expect(found.text).toContain(`value="${id}"`);
    const sent = fields({ customerQuery: '138 0013 8123', customerId: id });
    const created = await agent.post('/service-requests', sent);
    expect(created.status).toBe(303);
    expect(await stored(sent.id)).toMatchObject({
      subject: '空调不制冷',
      state_category: 'open',
      customer_id: id,
    });
    const fragment = await agent.get('/service-requests/customers?customerQuery=8123');
    expect(fragment.text).toContain('李梅');
  });

  test('the number has the year; sent twice it opens once; the change is in the log', async () => {
    product.setNow(new Date('2026-11-20T04:00:00Z'));
    const { id: customerId } = await createCustomer(product.deps);
    const sent = fields({ customerId });
    await agent.post('/service-requests', sent);
    await agent.post('/service-requests', sent);
    product.setNow(undefined);
    const request = await stored(sent.id);
    expect(request?.request_no).toMatch(/^SR-2026-\d{6}$/);
    expect(request?.actions[0]).toBe('service-requests.opened');
    const count = z.object({ count: z.number() });
    expect(
      await product.query(
        count,
        'SELECT count(*)::integer AS count FROM service_requests WHERE customer_id = $1::uuid',
        [customerId],
      ),
    ).toEqual([{ count: 1 }]);
  });

  test('a customer who is not known yet is made along the way; a phone that somebody has is refused', async () => {
    await createCustomer(product.deps, { name: '王五', phone: '+8613900139777' });
    const known = await agent.post('/service-requests', {
      ...fields({ newCustomerId: newId(), newCustomerName: '王小五', newCustomerPhone: '139 0013 9777' }),
    });
    expect(known.status).toBe(422);
    expect(known.text).toContain('王五');
    const newCustomerId = newId();
    const sent = fields({
      newCustomerId,
      newCustomerName: '赵六',
      newCustomerPhone: '139 0013 9778',
    });
    expect((await agent.post('/service-requests', sent)).status).toBe(303);
    expect((await stored(sent.id))?.customer_id).toBe(newCustomerId);
  });

  test('what is missing or not theirs is said in the form: 422', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const { id: other } = await createCustomer(product.deps);
    const kindId = await createThingKind(product.deps);
    const thing = await createThing(product.deps, { customerId: other, kindId });
    const none = await agent.post('/service-requests', fields());
    expect(none.status).toBe(422);
    expect(none.text).toContain('空调不制冷');
    expect((await agent.post('/service-requests', fields({ customerId, servedThingId: thing }))).status).toBe(
      422,
    );
    expect((await agent.post('/service-requests', fields({ customerId, subject: ' ' }))).status).toBe(422);
    expect((await agent.post('/service-requests', fields({ customerId, typeId: newId() }))).status).toBe(422);
    expect((await agent.post('/service-requests', fields({ customerId, channel: 'pigeon' }))).status).toBe(
      422,
    );
    expect((await agent.post('/service-requests', fields({ customerId: newId() }))).status).toBe(404);
    expect((await agent.get('/service-requests/new?customerId=x')).status).toBe(422);
    const auditor = await product.signIn({ role: 'auditor' });
    expect((await auditor.get('/service-requests/new')).status).toBe(403);
    expect((await auditor.post('/service-requests', fields({ customerId }))).status).toBe(403);
  });

  test('a request is changed by its version, and deleted with undo', async () => {
    const manager = await product.signIn({ role: 'manager' });
    const { id } = await createRequest(product.deps, { subject: 'Drain', assigneeId: manager.user.id });
    const path = `/service-requests/${id}`;
    const page = await manager.page(`${path}/edit`);
    const version = String(page('input[name="version"]').val());
    const change = { version, typeId, subject: 'Drain blocked', channel: 'wechat', priority: '4' };
    expect((await manager.post(path, { ...change, priority: '9' })).status).toBe(422);
    expect((await manager.post(path, change)).status).toBe(303);
    expect(await stored(id)).toMatchObject({ subject: 'Drain blocked', priority: 4 });
    expect((await manager.post(path, change)).status).toBe(409);
    const deletion = await manager.page(`${path}/deletion`);
    const deleted = await manager.post(`${path}/deletion`, {
      version: String(deletion('input[name="version"]').val()),
    });
    expect(deleted.status).toBe(303);
    expect((await manager.get(path)).status).toBe(404);
    const actionId = z.object({ id: z.string() });
    const [action] = await product.query(
      actionId,
      `SELECT id::text FROM undoable_actions WHERE kind = 'serviceRequests.deleted'`,
    );
    await manager.post(`/recent-actions/${action?.id ?? ''}/undo`, {});
    expect((await manager.get(path)).status).toBe(200);
    const account = await product.signIn({ role: 'account' });
    expect((await account.get(path)).status).toBe(404);
    expect((await agent.post(`${path}/deletion`, { version: '1' })).status).toBe(403);
    expect((await agent.get('/service-requests/x')).status).toBe(404);
  });
});
