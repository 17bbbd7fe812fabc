import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { customerColumns } from '../../src/modules/customers/customer-columns.js';
import { downloadCsv } from '../exports/downloads.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
  await createCustomer(product.deps, {
    name: '张三',
    city: '上海',
    gender: 'female',
    birthDate: '1990-01-01',
    customerNo: 'C000001',
  });
});
afterAll(() => product.close());

const headers = async (query: string): Promise<string[]> => {
  const document = await manager.page(`/customers${query}`);
  return document('#list thead th')
    .get()
    .map((cell) => document(cell).text().trim());
};

describe('R1.11 the columns of a list', () => {
  test('are chosen and ordered by the address; the name stays and stays first', async () => {
    expect(await headers('?columns=gender,age,city')).toEqual(['Name', 'Gender', 'Age', 'City']);
    expect(await headers('?columns=city,name,gender')).toEqual(['Name', 'City', 'Gender']);
    const document = await manager.page('/customers?columns=city,gender');
    const cells = document('#list tbody tr:first-child td').get();
    expect(cells.map((cell) => document(cell).text().trim())).toEqual(['张三', '上海', 'Female']);
    expect(cells.map((cell) => document(cell).attr('data-label'))).toEqual(['Name', 'City', 'Gender']);
  });

  test('are the usual ones as long as nobody chooses', async () => {
    const usual = await headers('');
    expect(await headers('?columns=')).toEqual(usual);
    expect(usual).toContain('Phone');
    expect(usual).not.toContain('Age');
  });

  test('a form without script sends one parameter for each', async () => {
    expect(await headers('?columns=name&columns=city&columns=age')).toEqual(['Name', 'City', 'Age']);
  });

  test('an unknown column is refused', async () => {
    expect((await manager.get('/customers?columns=name,nosuch')).status).toBe(422);
    expect((await manager.get('/customers.csv?columns=nosuch')).status).toBe(422);
  });

  test('stay through sorting, filtering and clearing; the panel keeps filters and order', async () => {
    const document = await manager.page('/customers?city=上海&sort=name&columns=city,age&choose=columns');
    const links = document('#list thead a, .chip, .active-filters > a')
      .get()
      .map((link) => document(link).attr('href') ?? '');
    expect(links.length).toBeGreaterThan(2);
    for (const link of links) {
      expect(new URL(link, 'http://x').searchParams.get('columns'), link).toBe('city,age');
    }
    const filterForm = document('.list-filters input[type="hidden"]').get();
    expect(filterForm.map((input) => document(input).attr('name'))).toEqual(['sort', 'columns']);
    const sent = document('.column-panel').serializeArray();
    expect(sent.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'city=上海',
      'sort=name',
      'columns=name',
      'columns=city',
      'columns=age',
    ]);
  });

  test('the panel is there once it is asked for, by a link that keeps the list as it is', async () => {
    const closed = await manager.page('/customers?city=上海&columns=city,age');
    expect(closed('.column-panel input')).toHaveLength(0);
    const href = closed('.column-panel a').attr('href') ?? '';
    expect(closed('.column-choice').attr('hx-get')).toBe(href);
    const open = await manager.page(href);
    expect(open('.column-choice').is('[open]')).toBe(true);
    expect(open('.column-panel input:checked').length).toBe(3);
    expect(open('.chip')).toHaveLength(1);
    expect((await manager.get('/customers?choose=rows')).status).toBe(422);
    expect((await manager.get('/customers.csv?choose=columns')).status).toBe(422);
  });

  test('are moved by links', async () => {
    const document = await manager.page('/customers?columns=name,city,age,gender&choose=columns');
    const target = (label: string): string =>
      new URL(document(`[aria-label="${label}"]`).attr('href') ?? '', 'http://x').searchParams.get(
        'columns',
      ) ?? '';
    expect(target('Move Age up')).toBe('name,age,city,gender');
    expect(target('Move Age down')).toBe('name,city,gender,age');
    expect(document('[aria-label="Move City up"]').attr('href')).toBe('#list');
    expect(document('[aria-label^="Move Name"]')).toHaveLength(0);
  });
});

describe('R1.9 R1.11 an export', () => {
  test('holds exactly the chosen columns, whichever they are', async () => {
    const document = await manager.page('/customers?columns=age,city');
    const href = document('.downloads a').last().attr('href') ?? '';
    const { records } = await downloadCsv(manager, href);
    expect(records.map((record) => Object.keys(record))).toEqual([['Name', 'Age', 'City']]);
    expect(records[0]).toMatchObject({ Name: '张三', City: '上海' });
    const all = await downloadCsv(
      manager,
      `/customers.csv?columns=${customerColumns.map(({ name }) => name).join()}`,
    );
    expect(Object.keys(all.records[0] ?? {})).toHaveLength(customerColumns.length);
  });

  test('holds all columns of the record when nobody chose', async () => {
    const { records } = await downloadCsv(manager, '/customers.csv');
    expect(Object.keys(records[0] ?? {})).toEqual(expect.arrayContaining(['Birth date', 'E-mail', 'Remark']));
    expect(Object.keys(records[0] ?? {})).not.toContain('Age');
  });
});
