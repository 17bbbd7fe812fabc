import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { createCustomer } from '../support/factories/customer.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { lastRequestOf } from './audit-of.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

async function changedCustomer() {
  const customer = await createCustomer(product.deps, {
    name: '张三',
    city: '长沙',
    phone: '+8613912345678',
  });
  const owner = await createUser(product.deps, { name: '=王小明' });
  await unitOfWork({ deps: product.deps, actor: { id: null, name: 'Li Wei' } }, 'customers.changed', (tx) =>
    tx.customer.update({
      where: { id: customer.id },
      data: { city: '北京', ownerId: owner.id, phoneHash: 'canary' },
    }),
  );
  return customer;
}

describe('R5.3 exporting the audit log', () => {
  test('gives exactly the filtered rows, as sentences and field by field, without secrets', async () => {
    const auditor = await product.signIn({ role: 'auditor' });
    const { id, customerNo } = await changedCustomer();
    const query = `table=customers&record=${id}`;
    const list = await auditor.page(`/admin/audit-log?${query}`);
    const link = list('.downloads a[href^="/admin/audit-log.csv"]').attr('href') ?? '';
    const csv = String((await auditor.download(link)).body);
    expect(csv.trim().match(/Li Wei|factory/g)?.length).toBeGreaterThanOrEqual(2);
    expect(csv).toContain(`Li Wei changed customer ${customerNo} 张三: city 长沙 → 北京`);
    expect(csv).toContain('phone changed');
    expect(csv).not.toMatch(/canary|13912345678|v1\.[a-z0-9]+\.|_hash/);
    await vi.waitFor(async () => {
      expect(await lastRequestOf(product, auditor.user.id)).toMatchObject([
        {
          action: 'exports.started',
          after: {
            name: 'audit-log',
            format: 'csv',
            filter: ['Kind of record: customer', `Record: ${customerNo} 张三`],
          },
        },
        { action: 'exports.finished', after: { rows: 2 } },
      ]);
    });

    const workbook = new ExcelJS.Workbook();
    const file = await auditor.download(`/admin/audit-log.xlsx?${query}`);
    await workbook.xlsx.load(file.body as ArrayBuffer);
    const sheet = workbook.worksheets[0];
    expect(sheet?.rowCount).toBe(3);
    expect(sheet?.getRow(2).getCell(3).text).toContain('city 长沙 → 北京');
  });

  test('needs its own permission', async () => {
    const manager = await product.signIn({ role: 'manager' });
    expect((await manager.page('/admin/audit-log'))('.downloads').length).toBe(0);
    expect((await manager.get('/admin/audit-log.csv')).status).toBe(403);
    const auditor = await product.signIn({ role: 'auditor' });
    expect((await auditor.get('/admin/audit-log.csv?after=x')).status).toBe(422);
    expect((await auditor.get('/admin/audit-log.xlsx?from=2026-02-02&to=2026-02-01')).status).toBe(422);
  });
});
