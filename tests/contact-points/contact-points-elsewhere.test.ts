import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startScan } from '../../src/modules/duplicates/duplicates.service.js';
import { lastUndo, proposedForm } from '../duplicates/merge-support.js';
import { importLines } from '../imports/wizard.js';
import type { TestClient } from '../support/client.js';
import { createContactPoint } from '../support/factories/contact-point.js';
import { createCustomer } from '../support/factories/customer.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { shownContacts } from './contact-card.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

describe('R1.10 further phones and e-mail addresses tell duplicates', () => {
  test('to whoever types a new customer, and where to ask outside the scope', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Known', phone: '+8613812347001' });
    await createContactPoint(product.deps, { customerId: id, value: '+8613912347002' });
    const fields = { id: newId(), name: 'New', phone: '13912347002' };
    const response = await manager.post('/customers', fields);
    expect(response.status).toBe(422);
    expect(response.text).toContain('Known');
    const account = await product.signIn({ role: 'account' });
    const list = await account.page('/customers?q=13912347002');
    expect(list('#list').text()).toContain('public pool');
  });

  test('to the scan: first ones and further ones, two shared values making one pair', async () => {
    const one = await createCustomer(product.deps, { name: 'One', phone: '+8613812348001' });
    const two = await createCustomer(product.deps, { name: 'Two', phone: '+8613812348002' });
    await createContactPoint(product.deps, { customerId: one.id, value: '+8613812348002' });
    await createContactPoint(product.deps, { customerId: two.id, value: '+8613812348001' });
    for (const customerId of [one.id, two.id])
      await createContactPoint(product.deps, { customerId, kind: 'email', value: 'both@example.com' });
    await startScan({ deps: product.deps, actor: factoryActor });
    await product.runTasks();
    const pairs = await product.query(
      z.object({ first_id: z.string(), second_id: z.string(), reasons: z.unknown() }),
      'SELECT first_id, second_id, reasons FROM duplicate_pairs WHERE first_id = $1',
      [one.id],
    );
    expect(pairs).toEqual([{ first_id: one.id, second_id: two.id, reasons: { phone: 2, email: 2 } }]);
  });
});

test('R1.10 a merge keeps the phones and e-mail addresses that were not chosen, and undo takes them back', async () => {
  const first = await createCustomer(product.deps, {
    ...{ name: 'Stays', phone: '+8613812349001', email: 'stays@example.com' },
  });
  const second = await createCustomer(product.deps, {
    ...{ name: 'Goes', phone: '+8613812349002', email: 'goes@example.com' },
  });
  await createContactPoint(product.deps, { customerId: second.id, value: '+8613812349001', label: 'work' });
  await createContactPoint(product.deps, { customerId: first.id, kind: 'email', value: 'goes@example.com' });
  const before = [await shownContacts(manager, first.id), await shownContacts(manager, second.id)];
  const { action, fields } = await proposedForm(manager, `/customers/${first.id}/merge?with=${second.id}`);
  const choices = { ...fields, survivor: 'first', phone: 'first', email: 'second' };
  expect((await manager.post(action, choices)).status).toBe(303);
  expect((await shownContacts(manager, first.id)).slice(0, 4)).toEqual([
    ['Phone', '138****9001'],
    ['Phone (other)', '138****9002'],
    ['E-mail', 'g***@example.com'],
    ['E-mail (other)', 's***@example.com'],
  ]);
  expect((await manager.post(await lastUndo(manager))).status).toBe(303);
  expect([await shownContacts(manager, first.id), await shownContacts(manager, second.id)]).toEqual(before);
});

test('R1.6 an export has the further ones in columns of their own, masked like the first', async () => {
  const { id } = await createCustomer(product.deps, { name: 'Exported', phone: '+8613812350001' });
  for (const value of ['+8613912350002', '+8613912350003'])
    await createContactPoint(product.deps, { customerId: id, value });
  await createContactPoint(product.deps, { customerId: id, kind: 'email', value: 'more@example.com' });
  const exported = async (client: TestClient): Promise<string> =>
    (await client.get('/customers.csv?q=Exported')).text;
  const masked = await exported(manager);
  expect(masked).toContain('Other phones');
  expect(masked).toContain('139****0002, 139****0003');
  expect(masked).toContain('m***@example.com');
  const clear = await exported(await product.signIn({ role: 'administrator' }));
  expect(clear).toContain('139 1235 0002, 139 1235 0003');
  expect(clear).toContain('more@example.com');
});

test('R1.6 an import knows a customer by a further phone, and leaves their first one alone', async () => {
  const { id } = await createCustomer(product.deps, { name: 'Imported', phone: '+8613812351001' });
  await createContactPoint(product.deps, { customerId: id, value: '+8613912351002' });
  const administrator = await product.signIn();
  const lines = ['Name,Phone,City', 'Imported,13912351002,Shanghai'];
  await importLines(product, administrator, lines, { choices: { policy: 'update' } });
  const rows = await product.query(
    z.object({ id: z.string(), city: z.string().nullable() }),
    `SELECT id, city FROM customers WHERE name = 'Imported'`,
  );
  expect(rows).toEqual([{ id, city: 'Shanghai' }]);
  expect((await shownContacts(manager, id)).slice(0, 2)).toEqual([
    ['Phone', '138****1001'],
    ['Phone (mobile)', '139****1002'],
  ]);
});
