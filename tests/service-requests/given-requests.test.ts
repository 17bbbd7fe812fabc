import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dayOf } from '../../src/core/format.js';
import { openRecurringRequests } from '../../src/modules/recurring-requests/open-recurring.service.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createRecurring } from '../support/factories/recurring-request.js';
import { createRequest, typeIdOf } from '../support/factories/service-request.js';
import { createUser, type TestUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
let auditor: TestUser;
let agent: TestUser;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
  auditor = await createUser(product.deps, { role: 'auditor', name: 'Xu Ning' });
  agent = await createUser(product.deps, { role: 'agent' });
});
afterAll(() => product.close());

const refusal = 'Xu Ning may not work requests. Choose somebody whose role allows it.';

const offered = async (path: string): Promise<string[]> => {
  const page = await manager.page(path);
  return page('select[name="assigneeId"] option')
    .toArray()
    .map((option) => page(option).attr('value') ?? '');
};

const assigneeOf = async (id: string): Promise<string | null> =>
  (await product.deps.database.models.serviceRequest.findUniqueOrThrow({ where: { id } })).assigneeId;

describe('R2.2 only those who may work requests are given any', () => {
  test('by hand: who may not is not offered, and is refused by name', async () => {
    const { id } = await createRequest(product.deps);
    const path = `/service-requests/${id}`;
    expect(await offered(path)).toContain(agent.id);
    expect(await offered(path)).not.toContain(auditor.id);
    const refused = await manager.post(`${path}/assignment`, { assigneeId: auditor.id });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(refusal);
    expect(await assigneeOf(id)).toBeNull();
    expect((await manager.post(`${path}/assignment`, { assigneeId: agent.id })).status).toBe(303);
    expect(await assigneeOf(id)).toBe(agent.id);
  });

  test('whoever has a request stays chosen on its page, even if they may work none by now', async () => {
    const { id } = await createRequest(product.deps, { assigneeId: auditor.id });
    const path = `/service-requests/${id}`;
    expect((await manager.page(path))('select[name="assigneeId"]').val()).toBe(auditor.id);
    expect((await manager.post(`${path}/assignment`, { assigneeId: auditor.id })).status).toBe(303);
    expect(await assigneeOf(id)).toBe(auditor.id);
  });

  test('at intake: nothing is opened, and all that was typed is kept', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const form = {
      ...{ id: newId(), customerId, typeId: await typeIdOf(product.deps, 'consultation') },
      ...{ subject: 'Too loud', channel: 'phone', assigneeId: auditor.id },
    };
    const refused = await manager.post('/service-requests', form);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(refusal);
    expect(refused.text).toContain('value="Too loud"');
    expect((await manager.get(`/service-requests/${form.id}`)).status).toBe(404);
    expect(await offered(`/service-requests/new?customerId=${customerId}`)).not.toContain(auditor.id);
    expect((await manager.post('/service-requests', { ...form, assigneeId: agent.id })).status).toBe(303);
  });

  test('R2.7 again and again: refused by name; who may not any more is left out when it is opened', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const today = dayOf(new Date());
    const refused = await manager.post('/recurring-requests', {
      ...{ id: newId(), customerId, typeId: await typeIdOf(product.deps, 'consultation'), categoryId: '' },
      ...{ subject: 'Filter', description: '', assigneeId: auditor.id, every: '1', unit: 'month' },
      ...{ startsOn: today, endsOn: '', leadDays: '0', isPreviewed: 'on' },
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(refusal);
    expect(await offered(`/recurring-requests/new?customerId=${customerId}`)).not.toContain(auditor.id);
    const left = await createRecurring(product.deps, { startsOn: today, assigneeId: auditor.id });
    const given = await createRecurring(product.deps, { startsOn: today, assigneeId: agent.id });
    await openRecurringRequests(product.deps);
    const opened = await product.query(
      z.object({ of: z.string(), assignee_id: z.string().nullable() }),
      `SELECT split_part(origin, ':', 2) AS of, assignee_id::text FROM service_requests WHERE origin LIKE 'recurring:%'`,
    );
    expect(new Map(opened.map((row) => [row.of, row.assignee_id]))).toEqual(
      new Map([
        [left, null],
        [given, agent.id],
      ]),
    );
  });
});
