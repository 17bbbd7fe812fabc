import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { listTouchedCustomers } from '../../src/modules/home/home.queries.js';
import { administratorContext } from '../admin/viewer-context.js';
import { createCustomer } from '../support/factories/customer.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

test('R1.1 the start page shows whom the viewer worked on last, and does not look through a million other changes', async () => {
  const viewer = await createUser(product.deps);
  const context = administratorContext(product, viewer);
  const change = { deps: product.deps, actor: { id: viewer.id, name: viewer.name } };
  const [first, second] = [await createCustomer(product.deps), await createCustomer(product.deps)];
  const rename = ({ id }: { id: string }, city: string) =>
    unitOfWork(change, 'customers.updated', (tx) =>
      tx.customer.update({ where: { id }, data: { city }, select: { id: true } }),
    );
  await rename(first, 'Suzhou');
  await rename(second, 'Wuxi');
  await rename(first, 'Nanjing');
  const touched = async () => (await listTouchedCustomers(context)).map(({ id }) => id);
  expect(await touched()).toEqual([first.id, second.id]);

  const makeTags = (count: number) =>
    unitOfWork(change, 'factory.created', (tx) =>
      tx.tag.createMany({ data: Array.from({ length: count }, () => ({ id: newId(), name: newId() })) }),
    );
  await makeTags(1_999);
  expect(await touched()).toEqual([first.id]);
  await makeTags(1);
  expect(await touched()).toEqual([]);
});
