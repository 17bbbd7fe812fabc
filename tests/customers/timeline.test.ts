import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import type { TestClient } from '../support/client.js';
import { createAttachment } from '../support/factories/attachment.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
let customerId: string;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager', name: 'Mei Lin' });
  customerId = (await createCustomer(product.deps, { name: 'Anna' })).id;
});
afterAll(() => product.close());

/** The lines of the timeline by their addresses. */
const lines = async (): Promise<Map<string, string>> => {
  const document = await manager.page(`/customers/${customerId}`);
  const items = document('.timeline-list > li').get();
  return new Map(
    items.map((item) => [
      document(item).find('a.timeline-title').attr('href') ?? '',
      document(item).text().replace(/\s+/g, ' ').trim(),
    ]),
  );
};

describe('R1.7 the timeline of a customer', () => {
  test('says of a purchase where it was, who served, and the number of its receipt', async () => {
    const plain = await createPurchase(product.deps, { customerId, item: 'Facial' });
    const id = await createPurchase(product.deps, { customerId, item: 'Massage', quantity: 2 });
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', async (tx) => {
      await tx.branch.create({ data: { id: customerId, name: 'Main branch' } });
      const data = { branchId: customerId, staffId: manager.user.id, purchaseNo: 'R-17' };
      await tx.purchase.update({ where: { id }, data });
    });
    const shown = await lines();
    expect(shown.get(`/purchases/${id}`)).toContain('Massage × 2 Main branch, Mei Lin, Receipt R-17');
    expect(shown.get(`/purchases/${plain}`)).toMatch(/Facial$/);
  });

  test('has a line for each file, which leads to the file; a deleted one is gone', async () => {
    const options = { customerId, userId: manager.user.id };
    const id = await createAttachment(product.deps, { ...options, name: 'consent.pdf' });
    const deleted = await createAttachment(product.deps, { ...options, name: 'wrong.pdf' });
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', (tx) =>
      tx.attachment.update({ where: { id: deleted }, data: { deletedAt: new Date() } }),
    );
    const shown = await lines();
    const href = `/customers/${customerId}/attachments/${id}`;
    expect(shown.get(href)).toMatch(/Mei Lin added a file .* consent\.pdf$/);
    expect((await manager.get(href)).status).toBe(200);
    expect([...shown.values()].join(' ')).not.toContain('wrong.pdf');
  });

  test('pages on: a moment back shows what was before it, and nonsense is refused', async () => {
    const id = await createPurchase(product.deps, { customerId, purchasedOn: '2020-05-05' });
    const page = await manager.page(`/customers/${customerId}?before=2021-01-01T00:00:00.000Z`);
    expect(page('.timeline-list > li').length).toBe(1);
    expect(page('a.timeline-title').attr('href')).toBe(`/purchases/${id}`);
    expect((await manager.get(`/customers/${customerId}?before=yesterday`)).status).toBe(422);
  });
});
