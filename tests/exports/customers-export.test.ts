import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { informationOf, sheetOf } from '../core/exports/export-files.js';
import { formulaPrefixes, isLiveFormula } from '../core/exports/formula-prefixes.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { createTag } from '../support/factories/tag.js';
import { createTeam } from '../support/factories/team.js';
import type { TestClient } from '../support/client.js';
import { exportEnded } from '../support/export-ended.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { columnOf, downloadCsv, downloadCustomers, downloadWorkbook } from './downloads.js';

let product: TestProduct;
let administrator: TestClient;
let teamId: string;

const contact = {
  phone: '+8613812345678',
  email: 'li@example.com',
  wechat: 'wx_liwei',
  address: '南京西路1号',
};

beforeAll(async () => {
  product = await startTestProduct();
  administrator = await product.signIn();
  teamId = await createTeam(product.deps, { name: 'East' });
  const li = await createCustomer(product.deps, {
    ...contact,
    name: '李伟',
    customerNo: 'C000002',
    gender: 'male',
    birthDate: '1990-01-01',
    city: '上海',
    source: 'Walk-in',
    remark: 'prefers mornings',
    needs: 'a quiet room',
    ownerId: administrator.user.id,
    teamId,
    createdAt: new Date('2026-03-01T16:00:00Z'),
  });
  await createPurchase(product.deps, { customerId: li.id, amount: '1234.50', purchasedOn: '2026-02-28' });
  for (const name of ['VIP', 'Regular']) await createTag(product.deps, { name, customerIds: [li.id] });
  await createCustomer(product.deps, {
    name: '张三',
    customerNo: 'C000001',
    city: '北京',
    phone: '+85291234567',
  });
});
afterAll(() => product.close());

describe('R1.9 the export of customers to Excel', () => {
  test('holds labels and typed cells', async () => {
    const { headers, workbook } = await downloadWorkbook(administrator, '/customers.xlsx?sort=-customerNo');
    expect(headers['content-type']).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    expect(headers['content-disposition']).toMatch(/^attachment; filename=customers-\d{4}-\d\d-\d\d\.xlsx$/);
    const sheet = sheetOf(workbook, 'Customers');
    const first = Object.fromEntries(
      columnHeaders(sheet).map((header) => [header, columnOf(sheet, header)[0]]),
    );
    expect(first).toEqual({
      'Customer no.': 'C000002',
      Name: '李伟',
      'Person or company': 'Person',
      Gender: 'Male',
      'Birth date': new Date('1990-01-01T00:00:00Z'),
      Phone: '138 1234 5678',
      'Other phones': null,
      'E-mail': 'li@example.com',
      'Other e-mails': null,
      WeChat: 'wx_liwei',
      City: '上海',
      Address: '南京西路1号',
      Source: 'Walk-in',
      'First visit': null,
      Remark: 'prefers mornings',
      Habits: null,
      Preferences: null,
      Needs: 'a quiet room',
      Tier: null,
      Tags: 'Regular, VIP',
      Owner: administrator.user.name,
      Team: 'East',
      Branch: null,
      Purchases: 1,
      'Total spent': 1234.5,
      'Last purchase': new Date('2026-02-28T00:00:00Z'),
      Created: new Date('2026-03-02T00:00:00Z'),
    });
    expect(columnOf(sheet, 'Phone')[1]).toBe('+852 9123 4567');
  });

  test('is exactly the filtered list, in its order', async () => {
    for (const query of [
      '',
      '?sort=name',
      '?sort=-name',
      '?sort=totalAmount',
      '?city=上海',
      '?gender=none',
      '?q=zhang',
      '?q=138%201234%205678',
    ]) {
      const list = await administrator.page(`/customers${query}`);
      const listed = list('tbody tr td:nth-child(2)')
        .get()
        .map((cell) => list(cell).text().trim());
      expect(columnOf(await downloadCustomers(administrator, query), 'Customer no.'), query).toEqual(listed);
    }
  });

  test('says on its last sheet what it is', async () => {
    const { workbook } = await downloadWorkbook(administrator, '/customers.xlsx?city=上海&q=李');
    const information = informationOf(workbook);
    expect(information.get('Rows')).toBe(1);
    expect(information.get('Filter')).toBe('City: 上海');
    expect(information.get('Exported by')).toBe(
      `${administrator.user.name} (${administrator.user.username})`,
    );
    expect(information.get('Note')).toBe('Phone, e-mail, WeChat and address are in clear.');
  });

  test('speaks the language of whoever exports', async () => {
    const chinese = await product.signIn({ locale: 'zh-CN' });
    const { workbook } = await downloadWorkbook(chinese, '/customers.xlsx');
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['客户', '说明']);
    const { records } = await downloadCsv(chinese, '/customers.csv?gender=male');
    expect(Object.keys(records[0] ?? {})).toContain('性别');
    expect(records[0]?.['性别']).toBe('男');
  });
});

test('R1.9 the export of customers to CSV holds the same', async () => {
  const { headers, records } = await downloadCsv(administrator, '/customers.csv?sort=customerNo');
  expect(headers['content-type']).toMatch(/^text\/csv; charset=utf-8/);
  expect(headers['content-disposition']).toMatch(/^attachment; filename=customers-\d{4}-\d\d-\d\d\.csv$/);
  expect(records.map((record) => record['Customer no.'])).toEqual(['C000001', 'C000002']);
  expect(records[1]).toMatchObject({
    'Birth date': '1990-01-01',
    'Total spent': '1234.50',
    Created: '2026-03-02 00:00:00',
  });
  expect(records[0]?.['Phone']).toBe("'+852 9123 4567");
});

describe('R5.2 R5.5 who may export what', () => {
  test('contact data is in clear only where the permission to export it reaches', async () => {
    const owner = await product.signIn({
      grants: { 'customers:read': 'all', 'customers:export': 'all', 'customers:export-contact': 'own' },
    });
    await createCustomer(product.deps, {
      ...contact,
      name: 'Own Person',
      customerNo: 'P000001',
      ownerId: owner.user.id,
    });
    const sheet = await downloadCustomers(owner, '?sort=-customerNo');
    const shown = ['Phone', 'E-mail', 'WeChat', 'Address'].map((header) =>
      columnOf(sheet, header).slice(0, 2),
    );
    expect(columnOf(sheet, 'Customer no.').slice(0, 2)).toEqual(['P000001', 'C000002']);
    expect(shown).toEqual([
      ['138 1234 5678', '138****5678'],
      ['li@example.com', 'l***@example.com'],
      ['wx_liwei', 'wx***'],
      ['南京西路1号', '南京***'],
    ]);
  });

  test('figure 3: without that permission no contact value is anywhere in the file', async () => {
    const reader = await product.signIn({ grants: { 'customers:read': 'all', 'customers:export': 'all' } });
    const { records } = await downloadCsv(reader, '/customers.csv');
    expect(records.length).toBeGreaterThan(1);
    const said = JSON.stringify(records);
    const canaries = [...Object.values(contact), '13812345678', '1234 5678', '9123 4567'];
    expect(canaries.filter((value) => said.includes(value))).toEqual([]);
  });

  test('rows outside the permission to export are left out, and the file says so', async () => {
    const member = await product.signIn({
      grants: { 'customers:read': 'all', 'customers:export': 'team' },
      teamIds: [teamId],
    });
    const { workbook } = await downloadWorkbook(member, '/customers.xlsx');
    expect(columnOf(sheetOf(workbook, 'Customers'), 'Customer no.')).toEqual(['C000002']);
    const notes = sheetOf(workbook, 'Information').getColumn(2).values;
    expect(notes).toContain('Only customers of yours and of your teams: you may export no others.');
  });

  test('rows outside the permission to read stay out, whatever may be exported', async () => {
    const stranger = await product.signIn({ grants: { 'customers:read': 'own', 'customers:export': 'all' } });
    expect((await downloadCustomers(stranger)).rowCount).toBe(1);
  });

  test.each(['/customers.xlsx', '/customers.csv'])('%s without the permission is refused', async (path) => {
    const agent = await product.signIn({ role: 'agent' });
    expect((await agent.get(path)).status).toBe(403);
  });

  test.each(['?after=x', '?unknown=1', '?sort=phone', '?gender=x'])(
    'a query %s is refused as the list refuses it',
    async (query) => {
      const response = await administrator.get(`/customers.xlsx${query}`);
      expect(response.status).toBe(422);
      expect(response.headers['content-disposition']).toBeUndefined();
    },
  );
});

test('R5.4 an export is written down with its filter, a searched phone number masked', async () => {
  const exporter = await product.signIn();
  await downloadCsv(exporter, '/customers.csv?q=138%201234%205678&city=上海');
  await exportEnded(product, exporter.user.id);
  const events = await product.query(
    z.object({ action: z.string(), after: z.unknown() }),
    `SELECT action, after FROM audit_log WHERE actor_id = $1 AND action LIKE 'exports.%' ORDER BY id`,
    [exporter.user.id],
  );
  expect(events).toEqual([
    {
      action: 'exports.started',
      after: { name: 'customers', format: 'csv', filter: ['Search: 13***', 'City: 上海'] },
    },
    { action: 'exports.finished', after: { rows: 1 } },
  ]);
});

test('figure 11: no text of a customer becomes a formula, behind 40 prefixes in each field', async () => {
  const others = await startTestProduct();
  try {
    const client = await others.signIn();
    for (const [index, prefix] of formulaPrefixes.entries()) {
      const text = `${prefix}1+1`;
      const owner = await others.signIn({ role: null, name: text });
      await createCustomer(others.deps, {
        name: text,
        customerNo: `${text}${index}`,
        email: text,
        wechat: text,
        address: text,
        city: text,
        source: text,
        remark: text,
        ownerId: owner.user.id,
        teamId: await createTeam(others.deps, { name: `${text}${index}` }),
      });
    }
    const { records } = await downloadCsv(client, '/customers.csv');
    const cells = records.flatMap((record) => Object.values(record));
    expect(records).toHaveLength(formulaPrefixes.length);
    expect(cells.filter((cell) => cell.includes('1+1')).length).toBe(formulaPrefixes.length * 10);
    expect(cells.filter(isLiveFormula)).toEqual([]);

    const sheet = await downloadCustomers(client);
    expect(sheet.rowCount).toBe(formulaPrefixes.length + 1);
    const kinds = ['Name', 'E-mail', 'Remark', 'Owner', 'Team'].flatMap((header) =>
      columnOf(sheet, header).map((value) => typeof value),
    );
    expect(new Set(kinds)).toEqual(new Set(['string']));
  } finally {
    await others.close();
  }
});

const columnHeaders = (sheet: { getRow(number: number): { values: unknown } }): string[] => {
  const { values } = sheet.getRow(1);
  return Array.isArray(values) ? values.slice(1).map(String) : [];
};
