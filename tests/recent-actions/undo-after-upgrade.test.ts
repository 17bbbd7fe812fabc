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

test('R1.12 what was deleted before an upgrade that added columns comes back, with the columns as they are', async () => {
  const customer = await createCustomer(product.deps);
  await createPurchase(product.deps, { customerId: customer.id });
  const deletion = await manager.page(`/customers/${customer.id}/deletion`);
  const version = deletion('input[name="version"]').attr('value') ?? '';
  await manager.post(`/customers/${customer.id}/deletion`, { version });
  await product.query(
    z.unknown(),
    `UPDATE audit_log SET before = before - 'kind' - 'owned_since', after = after - 'kind' - 'owned_since'
     WHERE record_id = $1 AND operation = 'update'`,
    [customer.id],
  );
  const undo = (await manager.page('/recent-actions'))('form[action$="/undo"]').attr('action') ?? '';
  expect((await manager.post(undo)).status).toBe(303);
  const Row = z.object({ kind: z.string(), owned_since: z.date(), deleted_at: z.date().nullable() });
  const [row] = await product.query(
    Row,
    'SELECT kind, owned_since, deleted_at FROM customers WHERE id = $1',
    [customer.id],
  );
  expect(row).toMatchObject({ kind: 'person', deleted_at: null });
});
