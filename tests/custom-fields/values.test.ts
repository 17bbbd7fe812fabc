import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createCustomField } from '../support/factories/custom-field.js';
import { createCustomer } from '../support/factories/customer.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const Values = z.object({ custom_values: z.record(z.string(), z.unknown()) });

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
  const { deps } = product;
  await createCustomField(deps, { key: 'pet', label: 'Pet name' });
  await createCustomField(deps, { key: 'shoe', label: 'Shoe size', kind: 'number' });
  await createCustomField(deps, { key: 'wedding', label: '结婚纪念日', kind: 'date' });
  await createCustomField(deps, { key: 'club', label: 'In the club', kind: 'yesNo' });
  await createCustomField(deps, { key: 'skin', label: 'Skin', kind: 'choice', choices: ['Dry', '油性'] });
});
afterAll(() => product.close());

const stored = async (id: string) => {
  const [row] = await product.query(Values, 'SELECT custom_values FROM customers WHERE id = $1', [id]);
  return row?.custom_values;
};

const filled = {
  'custom-pet': ' 豆豆 ',
  'custom-shoe': '1,038.50',
  'custom-wedding': '2015-05-20',
  'custom-club': 'false',
  'custom-skin': '油性',
};
const asStored = { pet: '豆豆', shoe: 1038.5, wedding: '2015-05-20', club: false, skin: '油性' };

describe('R1.1 custom fields on the form of customers', () => {
  test('a new customer is stored with typed values, which stand on the record in the viewer’s words', async () => {
    const id = newId();
    expect((await manager.post('/customers', { id, name: 'Full', ...filled })).status).toBe(303);
    expect(await stored(id)).toEqual(asStored);
    const text = (await manager.page(`/customers/${id}`))('[aria-labelledby="custom-fields-heading"]').text();
    for (const shown of ['豆豆', '1,038.5', 'May 20, 2015', 'No', '油性']) expect(text).toContain(shown);
    const chinese = await product.signIn({ role: 'manager', locale: 'zh-CN' });
    const translated = (await chinese.page(`/customers/${id}`))(
      '[aria-labelledby="custom-fields-heading"]',
    ).text();
    expect(translated).toContain('2015年5月20日');
    expect(translated).toContain('否');
  });

  test('what cannot be is refused beside each field, with everything as it was typed', async () => {
    const id = newId();
    const wrong = {
      'custom-pet': 'x'.repeat(501),
      'custom-shoe': 'forty',
      'custom-wedding': '2015-02-30',
      'custom-club': 'perhaps',
      'custom-skin': 'Wet',
    };
    const response = await manager.post('/customers', { id, name: 'Wrong', habits: 'Kept', ...wrong });
    expect(response.status).toBe(422);
    const page = load(response.text);
    for (const name of Object.keys(wrong)) {
      expect(page(`#field-${name}-error`).text().trim(), name).not.toBe('');
    }
    expect(page('.form-problems').text()).toContain('结婚纪念日');
    expect(page('#field-custom-shoe').attr('value')).toBe('forty');
    expect(page('#field-habits').val()).toBe('Kept');
    expect(await stored(id)).toBeUndefined();
  });

  test('what is wrong with other fields is told at the same time', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Both wrong' });
    const form = { name: '', 'custom-shoe': 'forty' };
    for (const [path, own] of [
      ['/customers', { id: newId() }],
      [`/customers/${id}`, { version: '1' }],
    ] as const) {
      const response = await manager.post(path, { ...form, ...own });
      expect(response.status).toBe(422);
      const page = load(response.text);
      expect(page('#field-name-error').text().trim(), path).not.toBe('');
      expect(page('#field-custom-shoe-error').text().trim(), path).not.toBe('');
      expect(page('.form-problems li'), path).toHaveLength(2);
    }
  });

  test('a change stores, empties, and is written to the log with the fields’ labels', async () => {
    const customer = await createCustomer(product.deps, {
      name: 'Changed',
      customValues: { pet: 'Rex', old: 'stays' },
    });
    const form = { version: '1', name: 'Changed', ...filled, 'custom-pet': '' };
    expect((await manager.post(`/customers/${customer.id}`, form)).status).toBe(303);
    const { pet, ...rest } = asStored;
    expect(pet).not.toBe('');
    expect(await stored(customer.id)).toEqual({ ...rest, old: 'stays' });

    const [entry] = await product.query(
      z.object({ id: z.string() }),
      `SELECT id::text FROM audit_log WHERE record_id = $1 AND action = 'customers.changed'`,
      [customer.id],
    );
    const page = await manager.page(`/admin/audit-log/${entry?.id ?? ''}`);
    const lines = page('[aria-labelledby="changes"] tbody tr')
      .toArray()
      .map((row) =>
        page(row)
          .find('td')
          .toArray()
          .map((cell) => page(cell).text()),
      );
    expect(lines).toContainEqual(['Pet name', 'Rex', '']);
    expect(lines).toContainEqual(['In the club', '', 'No']);
    expect(lines).toContainEqual(['结婚纪念日', '', 'May 20, 2015']);
    expect(page('main').text()).not.toContain('custom_values');
  });

  test('a version that is no longer the latest meets the conflict page with its values', async () => {
    const customer = await createCustomer(product.deps, { name: 'Both', customValues: { skin: 'Dry' } });
    const form = { version: '7', name: 'Both', 'custom-skin': '油性' };
    const response = await manager.post(`/customers/${customer.id}`, form);
    expect(response.status).toBe(409);
    const row = load(response.text)('tr:contains("Skin")');
    expect(row.text()).toMatch(/Dry[\s\S]*油性/);
    expect(await stored(customer.id)).toEqual({ skin: 'Dry' });
  });

  test('a required field must be filled in, whoever saves', async () => {
    const fieldId = await createCustomField(product.deps, { key: 'must', label: 'Must', isRequired: true });
    const id = newId();
    const response = await manager.post('/customers', { id, name: 'Nobody' });
    expect(response.status).toBe(422);
    expect(load(response.text)('#field-custom-must-error').text()).toContain('required');
    expect((await manager.post('/customers', { id, name: 'Somebody', 'custom-must': 'x' })).status).toBe(303);
    const administrator = await product.signIn();
    await administrator.post(`/admin/custom-fields/${fieldId}/archival`);
  });

  test('a field that there is not is refused', async () => {
    const response = await manager.post('/customers', { id: newId(), name: 'Odd', 'custom-nothing': '1' });
    expect(response.status).toBe(422);
    expect(response.text).toContain('custom-nothing');
  });
});

describe('R1.11 custom fields in the list', () => {
  const found = async (query: string) => {
    const page = await manager.page(`/customers?${query}`);
    return page('tbody .row-link')
      .toArray()
      .map((link) => page(link).text())
      .sort();
  };

  test('texts, yes or no, and choices filter by what they hold exactly', async () => {
    await createCustomer(product.deps, {
      name: 'Filter A',
      customValues: { pet: 'Momo', club: true, skin: 'Dry' },
    });
    await createCustomer(product.deps, { name: 'Filter B', customValues: { pet: 'true', club: true } });
    await createCustomer(product.deps, { name: 'Filter C', customValues: { pet: 'Momo 2' } });
    expect(await found('custom-pet=Momo&q=Filter')).toEqual(['Filter A']);
    expect(await found('custom-pet=true&q=Filter')).toEqual(['Filter B']);
    expect(await found('custom-club=true&q=Filter')).toEqual(['Filter A', 'Filter B']);
    expect(await found('custom-club=true&custom-skin=Dry&custom-pet=&q=Filter')).toEqual(['Filter A']);
    const page = await manager.page('/customers?custom-club=true');
    expect(page('.active-filters').text()).toContain('In the club: Yes');
    expect(page('#field-custom-club option[selected]').attr('value')).toBe('true');
  });

  test('the filter can use the index of values', async () => {
    const Plan = z.object({ 'QUERY PLAN': z.string() });
    await product.query(z.unknown(), 'SET enable_seqscan = off');
    const plan = await product.query(
      Plan,
      `EXPLAIN SELECT FROM customers WHERE custom_values @> '{"pet": "Momo"}'::jsonb`,
    );
    await product.query(z.unknown(), 'RESET enable_seqscan');
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('customers_custom_values_idx');
  });

  test('a field that there is not, or that takes no filter, is refused; so by the export', async () => {
    for (const path of ['/customers', '/customers.csv']) {
      expect((await manager.get(`${path}?custom-nothing=1`)).status, path).toBe(422);
      expect((await manager.get(`${path}?custom-shoe=38`)).status, path).toBe(422);
    }
  });

  test('the export has a column for each, and says the filter', async () => {
    await createCustomer(product.deps, {
      name: 'Exported',
      habits: 'Mornings',
      customValues: { ...asStored, pet: 'Exported pet' },
    });
    const response = await manager.download('/customers.csv?custom-pet=Exported%20pet');
    const { body } = z.object({ body: z.instanceof(Buffer) }).parse(response);
    const [header = '', row = ''] = z
      .instanceof(Buffer)
      .parse(body)
      .toString('utf8')
      .replace('\uFEFF', '')
      .split('\r\n');
    const cells = Object.fromEntries(header.split(',').map((name, index) => [name, row.split(',')[index]]));
    expect(cells).toMatchObject({
      Name: 'Exported',
      Habits: 'Mornings',
      'Pet name': 'Exported pet',
      'Shoe size': '1038.5',
      结婚纪念日: '2015-05-20',
      'In the club': 'No',
      Skin: '油性',
    });
  });
});
