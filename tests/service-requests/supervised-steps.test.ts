import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRequestState, createTransition } from '../support/factories/request-state.js';
import { createRequest, stateIdOf } from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

test('R2.3 a step that is kept for supervision is taken by those who supervise, and by nobody else', async () => {
  const from = await stateIdOf(product.deps, 'new');
  const to = await createRequestState(product.deps);
  await createTransition(product.deps, { from, to, permission: 'service-requests:supervise' });
  const { id } = await createRequest(product.deps);
  const path = `/service-requests/${id}`;
  const reading = { 'service-requests:read': 'all', 'service-requests:work': 'all' } as const;
  const worker = await product.signIn({ grants: reading });
  const supervisor = await product.signIn({ grants: { ...reading, 'service-requests:supervise': 'all' } });
  const step = { fromStateId: from, stateId: to };
  expect((await worker.post(`${path}/transitions`, step)).status).toBe(403);
  expect((await worker.page(path))(`[value="${to}"]`).length).toBe(0);
  expect((await supervisor.page(path))(`[value="${to}"]`).length).toBe(1);
  expect((await supervisor.post(`${path}/transitions`, step)).status).toBe(303);
  const request = await product.deps.database.models.serviceRequest.findUniqueOrThrow({ where: { id } });
  expect(request.stateId).toBe(to);
});
