import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { lastUndo, proposedForm } from '../duplicates/merge-support.js';
import { csv, importFile, undoImport } from '../imports/wizard.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createDuplicatePair } from '../support/factories/duplicate-pair.js';
import { createPurchase } from '../support/factories/purchase.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { cardText, recalculate, resetToTwoTiers, tierAudit, tierRow } from './tier-state.js';

const today = '2026-03-31';

let product: TestProduct;
let manager: TestClient;
let silver: string;
let gold: string;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager', name: 'Li Wei' });
});
afterAll(() => product.close());
beforeEach(async () => {
  setToday(today);
  ({ silver, gold } = await resetToTwoTiers(product));
});

const setToday = (day: string): void => product.setNow(new Date(`${day}T12:00:00Z`));

const purchase = (id: string, amount: string, kind = 'purchase') => ({
  id,
  purchasedOn: today,
  quantity: '1',
  amount,
  kind,
  item: '',
  staffId: '',
  branchId: '',
  remark: '',
});

describe('R1.6 the tier on the record', () => {
  test('says why, and what is lacking for the next tier', async () => {
    const { id } = await createCustomer(product.deps);
    expect(await cardText(manager, id)).toContain('No tier');
    expect(await cardText(manager, id)).toContain('1 more purchase to Silver');
    await createPurchase(product.deps, { customerId: id, amount: '680.00', purchasedOn: '2026-03-01' });
    await recalculate(product, today);
    expect(await cardText(manager, id)).toContain('1 of 1 purchases in the last 365 days');
    expect(await cardText(manager, id)).toContain('¥320.00 more and 2 more purchases to Gold');
    expect(await cardText(manager, id)).toContain('No tier → Silver');
  });

  test('follows a purchase and a refund within their own transactions', async () => {
    const { id } = await createCustomer(product.deps);
    for (const count of [1, 2, 3]) {
      const form = purchase(`00000000-0000-7000-8000-00000000000${count}`, '400');
      expect((await manager.post(`/customers/${id}/purchases`, form)).status).toBe(303);
    }
    expect((await tierRow(product, id))?.calculated_id).toBe(gold);
    expect((await tierAudit(product, id)).map(({ action }) => action)).toEqual([
      'purchases.created',
      'purchases.created',
    ]);
    expect(await cardText(manager, id)).toContain('¥1,200.00 of ¥1,000.00 in the last 365 days');
    const refund = purchase('00000000-0000-7000-8000-000000000004', '400', 'refund');
    expect((await manager.post(`/customers/${id}/purchases`, refund)).status).toBe(303);
    const text = await cardText(manager, id);
    expect(text).toContain('Gold');
    expect(text).toContain('Kept by grace until Apr 30, 2026');
    expect(text).toContain('¥200.00 more to keep Gold');
    expect(text).toContain('Gold no longer fits; kept until Apr 30, 2026');
  });

  test('is not there before tiers are defined', async () => {
    const { id } = await createCustomer(product.deps);
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.removed', (tx) =>
      tx.tier.deleteMany(),
    );
    expect(await cardText(manager, id)).toBe('');
  });

  test('follows an import, and its undo', async () => {
    const customer = await createCustomer(product.deps);
    const file = csv(
      'purchases.csv',
      'Customer no,Purchase date,Amount',
      ...['2026-03-01', '2026-03-02', '2026-03-03'].map((day) => `${customer.customerNo},${day},500`),
    );
    const importId = await importFile(product, manager, file, { target: 'purchases' });
    expect((await tierRow(product, customer.id))?.calculated_id).toBe(gold);
    await undoImport(product, manager, importId);
    expect(await tierRow(product, customer.id)).toBeUndefined();
  });

  test('follows the undo of an import also where somebody bought more in the meantime', async () => {
    const customer = await createCustomer(product.deps);
    const lines = ['2026-03-01', '2026-03-02'].map((day) => `${customer.customerNo},${day},300`);
    const file = csv('purchases.csv', 'Customer no,Purchase date,Amount', ...lines);
    const importId = await importFile(product, manager, file, { target: 'purchases' });
    expect((await tierRow(product, customer.id))?.calculated_id).toBe(silver);
    const form = purchase('00000000-0000-7000-8000-000000000005', '900');
    await manager.post(`/customers/${customer.id}/purchases`, form);
    expect((await tierRow(product, customer.id))?.calculated_id).toBe(gold);
    await undoImport(product, manager, importId);
    expect(await cardText(manager, customer.id)).toContain('¥100.00 more and 2 more purchases to keep Gold');
    expect(await cardText(manager, customer.id)).toContain('Kept by grace until Apr 30, 2026');
  });
});

describe('R1.6 the tier of merged customers', () => {
  test('is calculated from the purchases of both; undoing gives both theirs back', async () => {
    const survivor = await createCustomer(product.deps, { name: 'Merged A' });
    const other = await createCustomer(product.deps, { name: 'Merged B' });
    for (const { id } of [survivor, other, other])
      await createPurchase(product.deps, { customerId: id, amount: '400', purchasedOn: today });
    await recalculate(product, today);
    const before = [await tierRow(product, survivor.id), await tierRow(product, other.id)];
    expect(before.map((row) => row?.calculated_id)).toEqual([silver, silver]);
    const pairId = await createDuplicatePair(product.deps, { customerIds: [survivor.id, other.id] });
    const { action, fields } = await proposedForm(manager, `/duplicates/${pairId}`);
    expect((await manager.post(action, { ...fields, survivor: 'first' })).status).toBe(303);
    expect((await tierRow(product, survivor.id))?.calculated_id).toBe(gold);
    expect((await manager.post(await lastUndo(manager))).status).toBe(303);
    expect([await tierRow(product, survivor.id), await tierRow(product, other.id)]).toEqual(before);
  });
});
