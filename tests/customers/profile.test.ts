import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { customerLimits } from '../../src/modules/customers/customers.schemas.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const Profile = z.object({
  habits: z.string().nullable(),
  preferences: z.string().nullable(),
  needs: z.string().nullable(),
});

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const profileOf = async (id: string) => {
  const [row] = await product.query(
    Profile,
    'SELECT habits, preferences, needs FROM customers WHERE id = $1',
    [id],
  );
  return row;
};

describe('R1.1 habits, preferences and needs', () => {
  test('are stored with a new customer and stand on the record, line by line', async () => {
    const id = newId();
    const form = { id, name: 'New', habits: ' 周末来\r\n带孩子 ', preferences: 'Tea', needs: '' };
    expect((await manager.post('/customers', form)).status).toBe(303);
    expect(await profileOf(id)).toEqual({ habits: '周末来\n带孩子', preferences: 'Tea', needs: null });
    const page = await manager.page(`/customers/${id}`);
    expect(page('[aria-labelledby="habits-heading"] p').text()).toBe('周末来\n带孩子');
    expect(page('[aria-labelledby="preferences-heading"]').text()).toContain('Tea');
    expect(page('[aria-labelledby="needs-heading"]')).toHaveLength(0);
  });

  test('are changed together with the rest, and told by the log under their names', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Changed', habits: 'Mornings', needs: 'Rest' });
    const edit = await manager.page(`/customers/${id}/edit`);
    expect(edit('.edit-form fieldset:has(#field-habits) legend').text()).toBe('Profile');
    expect(edit('fieldset #field-habits').val()).toBe('Mornings');
    await manager.post(`/customers/${id}`, { version: '1', name: 'Changed', habits: 'Evenings' });
    expect(await profileOf(id)).toEqual({ habits: 'Evenings', preferences: null, needs: null });
    const history = await manager.page(`/admin/audit-log?table=customers&record=${id}`);
    expect(history('tbody').text()).toContain('Habits Mornings → Evenings');
  });

  test('have a limit, past which all that was typed is shown again', async () => {
    const long = 'x'.repeat(customerLimits.profile + 1);
    const response = await manager.post('/customers', {
      id: newId(),
      name: 'Long',
      needs: long,
      habits: 'Kept',
    });
    expect(response.status).toBe(422);
    const page = load(response.text);
    expect(page('#field-needs-error').text()).toContain(String(customerLimits.profile));
    expect(page('#field-needs').val()).toBe(long);
    expect(page('#field-habits').val()).toBe('Kept');
  });
});
