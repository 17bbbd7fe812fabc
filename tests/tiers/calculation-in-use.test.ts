import { setTimeout as delay } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Transaction } from '../../src/core/database.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { calculateTiersInUse, calculateTiersOf } from '../../src/modules/tiers/tier-calculation.service.js';
import { everybody } from '../../src/modules/tiers/tier-decisions.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { resetToTwoTiers, tierAudit, tierRow } from './tier-state.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
  product.setNow(new Date('2026-03-31T12:00:00Z'));
});
afterAll(() => product.close());

const work = <Result>(
  action: 'purchases.created' | 'tiers.recalculated',
  run: (tx: Transaction) => Promise<Result>,
): Promise<Result> => unitOfWork({ deps: product.deps, actor: factoryActor }, action, run);

/** Waits until somebody waits for a lock: the calculation, for the customer whose purchase is being stored. */
async function calculationWaits(): Promise<void> {
  for (;;) {
    const waiting = await product.query(
      z.unknown(),
      'SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()',
    );
    if (waiting.length > 0) return;
    await delay(10);
  }
}

test('R1.6 a purchase that is stored while everybody is calculated is not overwritten by what was read before it', async () => {
  const { silver, gold } = await resetToTwoTiers(product);
  const { id: buyer } = await createCustomer(product.deps);
  const { id: other } = await createCustomer(product.deps);
  for (const customerId of [buyer, other])
    await createPurchase(product.deps, { customerId, amount: '400.00' });
  await createPurchase(product.deps, { customerId: buyer, amount: '400.00' });

  let calculation: Promise<number> | undefined;
  await work('purchases.created', async (tx) => {
    const purchase = {
      id: newId(),
      customerId: buyer,
      purchasedOn: new Date('2026-03-30'),
      amount: '400.00',
    };
    await tx.purchase.create({ data: purchase });
    await calculateTiersOf(tx, product.deps, [buyer]);
    calculation = work('tiers.recalculated', (own) => calculateTiersInUse(own, product.deps, everybody));
    await calculationWaits();
  });

  expect(await calculation).toBe(2);
  expect((await tierRow(product, buyer))?.calculated_id).toBe(gold);
  expect((await tierRow(product, other))?.calculated_id).toBe(silver);
  expect((await tierAudit(product, other)).map(({ action }) => action)).toEqual(['tiers.recalculated']);
  expect((await tierAudit(product, buyer)).map(({ action }) => action)).toEqual([
    'purchases.created',
    'tiers.recalculated',
    'tiers.recalculated',
  ]);
  expect(await work('tiers.recalculated', (tx) => calculateTiersInUse(tx, product.deps, everybody))).toBe(0);
});
