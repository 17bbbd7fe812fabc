import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { fillDemo } from '../../src/modules/demo/demo.service.js';
import { calculateTiers } from '../../src/modules/tiers/tier-calculation.service.js';
import { everybody } from '../../src/modules/tiers/tier-decisions.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
  await fillDemo(product.deps, { scale: 0.1 });
});
afterAll(() => product.close());

test('R1.6 R6.1 the demo has three tiers, each with customers, calculated by its own rules, and one set by hand', async () => {
  const tiers = await product.query(
    z.object({ name: z.string(), customers: z.number() }),
    `SELECT name, (SELECT count(*)::integer FROM customer_tiers WHERE calculated_id = tiers.id) AS customers
     FROM tiers ORDER BY rank`,
  );
  expect(tiers.map(({ name }) => name)).toEqual(['银卡', '金卡', '钻石']);
  for (const { name, customers } of tiers) expect(customers, name).toBeGreaterThan(0);
  const byHand = await product.query(
    z.object({ name: z.string() }),
    'SELECT name FROM customer_tiers JOIN users ON users.id = overridden_by_id',
  );
  expect(byHand).toHaveLength(1);
  const changed = await unitOfWork({ deps: product.deps, actor: factoryActor }, 'tiers.recalculated', (tx) =>
    calculateTiers(tx, product.deps, everybody),
  );
  expect(changed).toBe(0);
});
