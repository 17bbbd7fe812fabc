import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { businessRows } from './business-rows.js';
import { importCounts, importLines, undoImport } from './wizard.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const CustomerRow = z.object({ id: z.string(), name: z.string(), version: z.number() });
const customer = async (customerNo: string) =>
  (
    await product.query(CustomerRow, 'SELECT id::text, name, version FROM customers WHERE customer_no = $1', [
      customerNo,
    ])
  )[0];

describe('R1.8 undoing an import', () => {
  test('brings every business row back as it was, created ones and updated ones', async () => {
    await createCustomer(product.deps, {
      customerNo: 'A1',
      name: '旧名',
      phone: '+8613800138001',
      city: '上海',
    });
    await createCustomer(product.deps, { customerNo: 'A2', name: '不变' });
    const before = await businessRows(product);
    const lines = [
      '客户编号,姓名,手机,城市',
      'A1,新名,13800138002,杭州',
      'A2,不变,,',
      'A3,新客户,13800138003,',
      ',无编号,,',
    ];
    const choices = { policy: 'update' };
    const id = await importLines(product, manager, lines, { choices, rowsPerChunk: 2 });
    expect(await importCounts(product, id)).toMatchObject({ created: 2, updated: 1, unchanged: 1 });
    expect(await businessRows(product)).not.toEqual(before);

    const page = await manager.page(`/imports/${id}/undo`);
    expect(page('main').text()).toContain('2 records that the import created are removed');
    expect(page('main').text()).toContain('1 record that it updated becomes what it was before');
    await undoImport(product, manager, id);
    expect(await businessRows(product)).toEqual(before);
    expect(await importCounts(product, id)).toMatchObject({ state: 'undone' });
    const report = await manager.page(`/imports/${id}`);
    expect(report('.notice').text()).toContain('2 removed, 1 restored, 0 left');
    expect(report('a[href$="/undo"]')).toHaveLength(0);
    const audited = await product.query(
      z.object({ operation: z.string() }),
      `SELECT operation FROM audit_log WHERE action = 'undo.applied' AND table_name = 'customers' ORDER BY id`,
    );
    expect(audited.map(({ operation }) => operation).sort()).toEqual(['delete', 'delete', 'update']);
  });

  test('leaves what was changed since or what something hangs on, and says how much', async () => {
    const id = await importLines(product, manager, ['客户编号,姓名', 'B1,一', 'B2,二', 'B3,三']);
    const [first, second] = [await customer('B1'), await customer('B2')];
    await manager.post(`/customers/${first?.id ?? ''}`, {
      version: '1',
      name: '改过',
      birthCalendar: 'solar',
    });
    await createPurchase(product.deps, { customerId: second?.id ?? '' });
    const page = await manager.page(`/imports/${id}/undo`);
    expect(page('main').text()).toContain('1 record that the import created is removed');
    expect(page('main').text()).toContain('2 records were changed since');
    await undoImport(product, manager, id);
    expect((await manager.page(`/imports/${id}`))('.notice').text()).toContain(
      '1 removed, 0 restored, 2 left',
    );
    expect(await customer('B1')).toMatchObject({ name: '改过', version: 2 });
    expect(await customer('B2')).toBeDefined();
    expect(await customer('B3')).toBeUndefined();
  });

  test('works once, and not after 30 days', async () => {
    const id = await importLines(product, manager, ['客户编号,姓名', 'C1,一']);
    const version =
      (await manager.page(`/imports/${id}/undo`))('form[action$="/undo"] input[name="version"]').attr(
        'value',
      ) ?? '';
    product.setNow(new Date(Date.now() + 31 * 86_400_000));
    expect((await manager.post(`/imports/${id}/undo`, { version })).status).toBe(409);
    expect((await manager.page(`/imports/${id}`))('a[href$="/undo"]')).toHaveLength(0);
    product.setNow(undefined);
    const presses = await Promise.all([1, 2].map(() => manager.post(`/imports/${id}/undo`, { version })));
    expect(presses.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect((await manager.get(`/imports/${id}/undo`)).status).toBe(303);
    await product.runTasks();
    expect((await manager.post(`/imports/${id}/undo`, { version })).status).toBe(409);
    expect((await manager.post(`/imports/${id}/undo`, {})).status).toBe(422);
    expect(await customer('C1')).toBeUndefined();
  });

  test('that failed says why and leaves the import as it was', async () => {
    const id = await importLines(product, manager, ['客户编号,姓名', 'D1,一']);
    const version =
      (await manager.page(`/imports/${id}/undo`))('form[action$="/undo"] input[name="version"]').attr(
        'value',
      ) ?? '';
    await manager.post(`/imports/${id}/undo`, { version });
    product.setNow(new Date(Date.now() + 31 * 86_400_000));
    await product.runTasks();
    product.setNow(undefined);
    expect(await importCounts(product, id)).toMatchObject({ state: 'done' });
    expect((await manager.page(`/imports/${id}`))('.notice').text()).toContain('too long ago to be undone');
    expect(await customer('D1')).toBeDefined();
  });

  test('in the undo centre shows on the import as well', async () => {
    const id = await importLines(product, manager, ['客户编号,姓名', 'E1,一']);
    const centre = await manager.page('/recent-actions');
    expect(centre('main').text()).toContain('1 created, 0 updated');
    const action = centre('form[action$="/undo"]').first().attr('action') ?? '';
    expect((await manager.post(action)).status).toBe(303);
    expect((await manager.page(`/imports/${id}`))('.notice').text()).toContain('The import was undone');
    expect(await customer('E1')).toBeUndefined();
  });
});
