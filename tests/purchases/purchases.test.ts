import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dayOf } from '../../src/core/format.js';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import { lastRequestOf } from '../admin/audit-of.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const today = dayOf(new Date());

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const bought = { purchasedOn: today, kind: 'purchase', item: '剪发', quantity: '1', amount: '120.50' };
const rest = { staffId: '', branchId: '', remark: '' };

const Totals = z.object({ purchase_count: z.number(), refund_count: z.number(), total_amount: z.string() });
const totalsOf = async (customerId: string) =>
  (
    await product.query(
      Totals,
      'SELECT purchase_count, refund_count, total_amount::text FROM customer_purchase_totals WHERE customer_id = $1',
      [customerId],
    )
  )[0];

const actionsOf = async (client: TestClient) =>
  (await lastRequestOf(product, client.user.id))
    .filter(({ table_name }) => table_name === 'purchases')
    .map(({ action, operation }) => [action, operation]);

describe('R1.7 purchases and refunds', () => {
  test('are added once however often the form is sent; totals follow', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const form = { ...bought, ...rest, id: newId() };
    const path = `/customers/${customerId}/purchases`;
    expect((await manager.get(`${path}/new`)).status).toBe(200);
    expect((await manager.post(path, form)).headers['location']).toBe(`/customers/${customerId}`);
    expect(await actionsOf(manager)).toEqual([['purchases.created', 'insert']]);
    expect((await manager.post(path, form)).status).toBe(303);
    await manager.post(path, { ...form, id: newId(), kind: 'refund', amount: '20.50' });
    expect(await actionsOf(manager)).toEqual([['purchases.refunded', 'insert']]);
    expect(await totalsOf(customerId)).toEqual({
      purchase_count: 1,
      refund_count: 1,
      total_amount: '100.00',
    });
  });

  test('are refused with the field named, and nothing typed is lost', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const path = `/customers/${customerId}/purchases`;
    for (const wrong of [
      { amount: '-5' },
      { amount: '1.234' },
      { amount: '' },
      { quantity: '0' },
      { purchasedOn: addDays(today, 2) },
      { staffId: newId() },
      { branchId: newId() },
      { kind: 'gift' },
    ]) {
      const response = await manager.post(path, { ...bought, ...rest, id: newId(), ...wrong });
      expect(response.status, JSON.stringify(wrong)).toBe(422);
      expect(response.text).toContain('剪发');
    }
    expect((await totalsOf(customerId))?.purchase_count).toBe(0);
  });

  test('are corrected, with totals, and only by who saw the last version', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const id = await createPurchase(product.deps, { customerId, amount: '99.00', item: '染发' });
    const shown = await manager.page(`/purchases/${id}`);
    expect(shown('main').text()).toContain('¥99.00');
    const form = { ...bought, ...rest, version: '1' };
    expect((await manager.get(`/purchases/${id}/edit`)).text).toContain('染发');
    expect((await manager.post(`/purchases/${id}`, form)).headers['location']).toBe(
      `/customers/${customerId}`,
    );
    expect(await actionsOf(manager)).toEqual([['purchases.changed', 'update']]);
    expect((await totalsOf(customerId))?.total_amount).toBe('120.50');
    const late = await manager.post(`/purchases/${id}`, { ...form, amount: '1.00' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('120.50');
    expect((await manager.post(`/purchases/${id}`, { ...form, version: '2', amount: 'x' })).status).toBe(422);
    await manager.post(`/purchases/${id}`, { ...form, version: '2', kind: 'refund' });
    expect(await totalsOf(customerId)).toEqual({
      purchase_count: 0,
      refund_count: 1,
      total_amount: '-120.50',
    });
  });

  test('are deleted after a question and come back by undo', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const id = await createPurchase(product.deps, { customerId, amount: '99.00' });
    expect((await manager.page(`/purchases/${id}/deletion`))('main').text()).toContain('¥99.00');
    expect((await manager.post(`/purchases/${id}/deletion`, {})).status).toBe(422);
    expect((await manager.post(`/purchases/${id}/deletion`, { version: '7' })).status).toBe(409);
    expect((await manager.post(`/purchases/${id}/deletion`, { version: '1' })).status).toBe(303);
    expect(await actionsOf(manager)).toEqual([['purchases.deleted', 'delete']]);
    expect((await totalsOf(customerId))?.total_amount).toBe('0.00');
    expect((await manager.get(`/purchases/${id}`)).status).toBe(404);
    const undo =
      (await manager.page('/recent-actions'))('form[action$="/undo"]').first().attr('action') ?? '';
    expect((await manager.post(undo)).status).toBe(303);
    expect((await totalsOf(customerId))?.total_amount).toBe('99.00');
  });

  test('of others are seen within the scope and changed by who may', async () => {
    const agent = await product.signIn({ role: 'agent' });
    const account = await product.signIn({ role: 'account' });
    const auditor = await product.signIn({ role: 'auditor' });
    const { id: customerId } = await createCustomer(product.deps);
    const id = await createPurchase(product.deps, { customerId, amount: '99.00' });
    const form = { ...bought, ...rest, version: '1' };
    expect((await agent.get(`/purchases/${id}`)).status).toBe(200);
    expect((await agent.get(`/purchases/${id}/edit`)).status).toBe(403);
    expect((await agent.post(`/purchases/${id}`, form)).status).toBe(403);
    expect((await auditor.get(`/purchases/${id}`)).status).toBe(200);
    expect((await auditor.post(`/purchases/${id}/deletion`, { version: '1' })).status).toBe(403);
    expect((await account.get(`/purchases/${id}`)).status).toBe(404);
    expect((await account.post(`/purchases/${id}`, form)).status).toBe(404);
    expect((await manager.get('/purchases/no-id')).status).toBe(404);
    const own = await createCustomer(product.deps, { ownerId: account.user.id });
    const theirs = await createPurchase(product.deps, { customerId: own.id, amount: '10.00' });
    expect((await account.post(`/purchases/${theirs}`, form)).status).toBe(303);
  });
});
