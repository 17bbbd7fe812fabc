import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { nextCustomerNo, nextCustomerNos } from '../../src/modules/customers/customer-numbers.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

test('R1.1 numbers grow by a digit after C999999, and none comes twice', async () => {
  await product.query(z.unknown(), `SELECT setval('customer_numbers', 999998)`);
  const context = { deps: product.deps, actor: factoryActor };
  const drawn = await unitOfWork(context, 'factory.created', async (tx) => [
    ...(await nextCustomerNos(tx, 3)),
    await nextCustomerNo(tx),
  ]);
  expect(drawn).toEqual(['C999999', 'C1000000', 'C1000001', 'C1000002']);
});
