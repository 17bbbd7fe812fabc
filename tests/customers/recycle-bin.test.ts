import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const rowOf = async (id: string) =>
  (await product.query(z.looseObject({}), 'SELECT * FROM customers WHERE id = $1', [id]))[0];

test('R1.12 a deleted customer leaves the list, lies in the recycle bin, and comes back by undo exactly as it was', async () => {
  const customer = await createCustomer(product.deps, { name: 'Bin One', phone: '+8613800000001' });
  const before = await rowOf(customer.id);
  const deletion = await manager.post(`/customers/${customer.id}/deletion`, { version: '1' });
  expect(deletion.headers['location']).toBe('/customers');
  const list = await manager.page('/customers?q=Bin');
  expect(list('#list tbody tr').length).toBe(0);
  const undo = list('form[action^="/recent-actions/"]').attr('action');
  expect((await manager.get(`/customers/${customer.id}`)).status).toBe(404);
  expect((await manager.page('/recycle-bin'))('main').text()).toContain('Bin One');
  expect((await manager.post(undo ?? '')).headers['location']).toBe('/recent-actions');
  expect(await rowOf(customer.id)).toEqual(before);
  expect((await manager.post(undo ?? '')).status).toBe(409);
});

test('R1.12 a deleted customer is restored from the recycle bin with its purchases', async () => {
  const customer = await createCustomer(product.deps, { name: 'Bin Two' });
  await createPurchase(product.deps, { customerId: customer.id, amount: '25.50' });
  await manager.post(`/customers/${customer.id}/deletion`, { version: '1' });
  expect((await manager.get(`/recycle-bin/${customer.id}`)).status).toBe(200);
  const response = await manager.post(`/recycle-bin/${customer.id}/restoration`);
  expect(response.headers['location']).toBe(`/customers/${customer.id}`);
  expect((await manager.page(`/customers/${customer.id}`))('main').text()).toContain('25.50');
  expect((await manager.post(`/recycle-bin/${customer.id}/restoration`)).status).toBe(409);
});

test('R1.12 undo leaves a record alone that was changed since, and says so', async () => {
  const customer = await createCustomer(product.deps, { name: 'Bin Three' });
  await manager.post(`/customers/${customer.id}/deletion`, { version: '1' });
  await manager.post(`/recycle-bin/${customer.id}/restoration`);
  const actions = await manager.page('/recent-actions');
  const undo = actions('form[action^="/recent-actions/"]').first().attr('action');
  await manager.post(undo ?? '');
  expect((await manager.page('/recent-actions'))('main').parent().text()).toContain(
    'changed or erased since',
  );
  expect((await rowOf(customer.id))?.['deleted_at']).toBeNull();
});

test('R1.12 others cannot undo what somebody did, nor see what they may not delete', async () => {
  const customer = await createCustomer(product.deps, { name: 'Bin Four' });
  const deletion = await manager.post(`/customers/${customer.id}/deletion`, { version: '1' });
  expect(deletion.status).toBe(303);
  const [action] = await product.query(
    z.object({ id: z.string() }),
    'SELECT id FROM undoable_actions ORDER BY created_at DESC LIMIT 1',
  );
  const other = await product.signIn({ role: 'account' });
  expect((await other.post(`/recent-actions/${action?.id ?? ''}/undo`)).status).toBe(404);
  expect((await other.page('/recycle-bin'))('main').text()).not.toContain('Bin Four');
  expect((await other.get(`/recycle-bin/${customer.id}`)).status).toBe(404);
  expect((await other.post(`/recycle-bin/${customer.id}/restoration`)).status).toBe(404);
});
