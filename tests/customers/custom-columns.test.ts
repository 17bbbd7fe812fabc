import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { downloadCsv } from '../exports/downloads.js';
import type { TestClient } from '../support/client.js';
import { createCustomField } from '../support/factories/custom-field.js';
import { createCustomer } from '../support/factories/customer.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
  await createCustomField(product.deps, { key: 'points', label: 'Points', kind: 'number' });
  await createCustomField(product.deps, { key: 'member', label: 'Age', kind: 'yesNo' });
  const id = await createCustomField(product.deps, { key: 'old', label: 'Old' });
  await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', (tx) =>
    tx.customField.update({ where: { id }, data: { archivedAt: new Date() } }),
  );
  await createCustomer(product.deps, {
    name: 'Anna',
    customValues: { points: 1234.5, member: true, old: 'kept' },
  });
});
afterAll(() => product.close());

const row = async (query: string): Promise<Record<string, string>> => {
  const document = await manager.page(`/customers${query}`);
  const cells = document('#list tbody tr:first-child td').get();
  return Object.fromEntries(
    cells.map((cell) => [document(cell).attr('data-label') ?? '', document(cell).text().trim()]),
  );
};

describe('R1.11 custom fields as columns of the list', () => {
  test('are there once somebody chooses them, in the chosen order', async () => {
    expect(await row('?columns=custom.points,name,custom.member')).toEqual({
      ...{ Name: 'Anna', Points: '1,234.5', Age: 'Yes' },
    });
    expect(Object.keys(await row(''))).not.toContain('Points');
    const document = await manager.page('/customers?choose=columns');
    expect(document('.column-panel [value="custom.points"]').length).toBe(1);
    expect(document('.column-panel [value="custom.points"]').attr('checked')).toBeUndefined();
  });

  test('are moved by links, which keep them in the address', async () => {
    const document = await manager.page('/customers?columns=name,city,custom.points&choose=columns');
    const href = document('[aria-label="Move Points up"]').attr('href') ?? '';
    expect(new URL(href, 'http://x').searchParams.get('columns')).toBe('name,custom.points,city');
  });

  test('of a field that is not in use any more are left out; names that are none are refused', async () => {
    expect(await row('?columns=name,custom.old')).toEqual({ Name: 'Anna' });
    expect((await manager.get('/customers?columns=name,custom.1')).status).toBe(422);
    expect((await manager.get('/customers?columns=name,custom.constructor')).status).toBe(422);
    expect((await manager.get('/customers?columns=name,points')).status).toBe(422);
  });

  test('are in an export that asks for them, even with the label of another column', async () => {
    const { records } = await downloadCsv(manager, '/customers.csv?columns=name,custom.member,custom.points');
    expect(records).toEqual([{ Name: 'Anna', Age: 'Yes', Points: '1234.5' }]);
  });
});
