import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { checkFile, createLines, mappingForm } from './wizard.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const people = ['会员姓名,手机,备用,到店', '张三,138 0013 8000,x,31/12/2020', '李四,,,02/01/2021'];

describe('R1.8 mapping columns to fields', () => {
  test('guesses from the headings and shows samples and what the file itself says about dates', async () => {
    const id = await createLines(product, manager, ['姓名,手机,备用,生日', '张三,13800138000,x,31/12/1990']);
    const page = await manager.page(`/imports/${id}/mapping`);
    const form = await mappingForm(manager, id);
    expect(form).toMatchObject({
      columns: ['name', 'phone', '', 'birthDate'],
      policy: 'skip',
      identifyBy: 'phone',
      owner: 'nobody',
      dateOrder: 'day-first',
    });
    expect(page('tbody tr').eq(1).text()).toContain('13800138000');
  });

  test('a required field that is missing, and one that is mapped twice, are 422; what was chosen stays', async () => {
    const id = await createLines(product, manager, people);
    const form = await mappingForm(manager, id);
    const incomplete = await manager.post(`/imports/${id}/mapping`, {
      ...form,
      columns: ['', 'phone', 'remark', 'remark'],
    });
    expect(incomplete.status).toBe(422);
    expect(incomplete.text).toContain('Choose the column that holds the names');
    expect(incomplete.text).toContain('Two columns go into the same field');
    expect(incomplete.text.match(/<option value="remark" selected>/g)).toHaveLength(2);
    const short = await manager.post(`/imports/${id}/mapping`, { ...form, columns: ['name'] });
    expect(short.status).toBe(422);
    const unknown = await manager.post(`/imports/${id}/mapping`, {
      ...form,
      columns: ['name', 'passwordHash', '', ''],
    });
    expect(unknown.status).toBe(422);
    expect((await manager.post(`/imports/${id}/mapping`, { ...form, policy: 'erase' })).status).toBe(422);
    expect((await manager.post(`/imports/${id}/mapping`, { ...form, ownerId: 'x' })).status).toBe(422);
    const [row] = await product.query(
      z.object({ state: z.string() }),
      'SELECT state FROM imports WHERE id = $1',
      [id],
    );
    expect(row?.state).toBe('mapping');
  });

  test('purchases need a date, an amount and a customer', async () => {
    const id = await createLines(product, manager, ['日期,金额,客户编号', '2026-01-01,10,1'], {
      target: 'purchases',
    });
    const form = await mappingForm(manager, id);
    expect(form['columns']).toEqual(['purchasedOn', 'amount', 'customerNo']);
    const response = await manager.post(`/imports/${id}/mapping`, {
      ...form,
      columns: ['purchasedOn', '', 'customerNo'],
    });
    expect(response.status).toBe(422);
    expect(response.text).toContain('Choose the columns for the date, the amount');
  });

  test('is remembered for files of the same shape', async () => {
    const first = await createLines(product, manager, people);
    const chosen = { columns: ['name', 'phone', 'wechat', 'firstVisitOn'], dateOrder: 'day-first' };
    await checkFile(product, manager, first, chosen);
    const second = await createLines(product, manager, people);
    expect(await mappingForm(manager, second)).toMatchObject(chosen);
    const page = await manager.page(`/imports/${second}/mapping`);
    expect(page('.notice').text()).toContain('went last time');
    const audited = await product.query(
      z.object({ operation: z.string() }),
      `SELECT operation FROM audit_log WHERE table_name = 'import_mappings' ORDER BY id`,
    );
    expect(audited).toEqual([{ operation: 'insert' }]);
  });

  test('starts a check that stores nothing, and can be changed until the import has begun', async () => {
    const id = await createLines(product, manager, ['name,phone', 'Anna Berg,13800138077']);
    const form = await mappingForm(manager, id);
    expect((await manager.post(`/imports/${id}/mapping`, form)).status).toBe(303);
    expect((await manager.page(`/imports/${id}`))('progress')).toHaveLength(1);
    expect((await manager.get(`/imports/${id}/mapping`)).status).toBe(303);
    expect((await manager.post(`/imports/${id}/mapping`, form)).status).toBe(409);
    const progress = await manager.page(`/imports/${id}/progress`);
    expect(progress('[hx-get]')).toHaveLength(1);
    await product.runTasks();
    const done = await manager.page(`/imports/${id}/progress`);
    expect(done('[hx-get]')).toHaveLength(0);
    expect(done('a').attr('href')).toBe(`/imports/${id}`);

    const ready = await manager.page(`/imports/${id}`);
    expect(ready('main').text()).toContain('Import 1 row');
    expect(ready('main').text()).toContain('138****8077');
    expect(ready('main').text()).not.toContain('13800138077');
    await checkFile(product, manager, id, { columns: ['name', ''] });
    expect((await manager.page(`/imports/${id}`))('main').text()).not.toContain('8077');
  });

  test('updating needs the permission to edit, creating customers that to create', async () => {
    const grants = { 'imports:run': 'all', 'customers:create': 'all', 'purchases:create': 'all' } as const;
    const clerk = await product.signIn({ grants });
    const id = await createLines(product, clerk, ['name', 'Anna']);
    const page = await clerk.page(`/imports/${id}/mapping`);
    expect(page('select[name="policy"] option[value="update"]')).toHaveLength(0);
    const form = await mappingForm(clerk, id);
    expect(form['owner']).toBe('importer');
    expect((await clerk.post(`/imports/${id}/mapping`, { ...form, policy: 'update' })).status).toBe(403);
    const cashier = await product.signIn({ grants: { 'imports:run': 'all', 'purchases:create': 'all' } });
    const purchases = await createLines(product, cashier, ['日期,金额,客户编号', '2026-01-01,10,1'], {
      target: 'purchases',
    });
    const choices = await mappingForm(cashier, purchases);
    expect(
      (await cashier.post(`/imports/${purchases}/mapping`, { ...choices, createCustomers: 'on' })).status,
    ).toBe(403);
    expect((await cashier.post(`/imports/${purchases}/mapping`, choices)).status).toBe(303);
  });
});
