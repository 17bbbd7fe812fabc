import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { csv, importFile } from '../imports/wizard.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let administrator: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  administrator = await product.signIn();
});
afterAll(() => product.close());

const Row = z.object({ name: z.string(), kind: z.string(), gender: z.string().nullable() });
const rowsNamed = (name: string) =>
  product.query(Row, 'SELECT name, kind, gender FROM customers WHERE name = $1', [name]);

describe('R1.14 companies as customers', () => {
  test('the form makes a company, which has neither gender nor birth date', async () => {
    const form = { id: newId(), name: 'Form Ltd', kind: 'company', birthCalendar: 'solar' };
    const personal = { gender: 'female', birthDate: '1990-01-01' };
    const refused = await administrator.post('/customers', { ...form, ...personal });
    expect(refused.status).toBe(422);
    const page = load(refused.text);
    expect(page('#field-gender-error').text()).toContain('A company has no gender');
    expect(page('#field-birthDate-error').text()).toContain('A company has no birth date');
    expect(page('#field-kind option[selected]').attr('value')).toBe('company');
    expect((await administrator.post('/customers', form)).status).toBe(303);
    expect(await rowsNamed('Form Ltd')).toEqual([{ name: 'Form Ltd', kind: 'company', gender: null }]);
    const record = await administrator.page(`/customers/${form.id}`);
    expect(record('.record-summary .pill-blue').text()).toContain('Company');
    expect(record('.record-summary').text()).not.toContain('Birth date');

    const { id, ...kept } = form;
    const change = { ...kept, version: '1', ...personal };
    expect((await administrator.post(`/customers/${id}`, change)).status).toBe(422);
    expect((await administrator.post(`/customers/${id}`, { ...change, kind: 'person' })).status).toBe(303);
    expect((await rowsNamed('Form Ltd'))[0]).toMatchObject({ kind: 'person', gender: 'female' });
    expect((await administrator.post('/customers', { ...form, kind: 'club' })).status).toBe(422);
  });

  test('the list filters by it, shows it as a column, and the export says it', async () => {
    await createCustomer(product.deps, { name: 'Listed Ltd', kind: 'company' });
    await createCustomer(product.deps, { name: 'Listed person' });
    const page = await administrator.page('/customers?q=listed&kind=company&columns=name,kind');
    expect(page('tbody tr')).toHaveLength(1);
    expect(page('tbody').text()).toContain('Company');
    expect(page('.active-filters').text()).toContain('Person or company: Company');
    expect((await administrator.get('/customers?kind=club')).status).toBe(422);
    const file = await administrator.download('/customers.csv?q=listed&kind=company');
    const [header = '', row = ''] = z.instanceof(Buffer).parse(file.body).toString('utf8').split(/\r?\n/);
    const column = header.split(',').findIndex((title) => title.includes('Person or company'));
    expect(row.split(',')[column]).toContain('Company');
  });

  test('an import reads it, and rejects a company with a birth date', async () => {
    const lines = [
      '客户名称,客户性质,性别',
      '进口公司,企业,',
      '进口个人,个人,女',
      '有性别的公司,公司,女',
      '不明,火星,',
    ];
    await importFile(product, administrator, csv('companies.csv', ...lines));
    expect(await rowsNamed('进口公司')).toMatchObject([{ kind: 'company' }]);
    expect(await rowsNamed('进口个人')).toMatchObject([{ kind: 'person', gender: 'female' }]);
    expect(await rowsNamed('有性别的公司')).toEqual([]);
    expect(await rowsNamed('不明')).toEqual([]);
  });
});
