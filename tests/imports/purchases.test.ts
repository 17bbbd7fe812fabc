import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { businessRows } from './business-rows.js';
import { checkFile, createLines, importCounts, importLines, rowReports, undoImport } from './wizard.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager', name: '王店长' });
});
afterAll(() => product.close());

const target = 'purchases';
const header = '客户编号,手机,日期,数量,金额,项目,员工,门店';

const Stored = z.object({
  purchased_on: z.string(),
  quantity: z.number(),
  amount: z.string(),
  item: z.string().nullable(),
  staff: z.string().nullable(),
});

const purchasesOf = (customerNo: string) =>
  product.query(
    Stored,
    `SELECT purchased_on::text, quantity, amount::text, item, users.name AS staff
     FROM purchases JOIN customers ON customers.id = customer_id LEFT JOIN users ON users.id = staff_id
     WHERE customer_no = $1 ORDER BY purchased_on, purchases.id`,
    [customerNo],
  );

describe('R1.7 R1.8 importing purchases', () => {
  test('stores purchases and refunds of known customers, and rejects the rest with all reasons', async () => {
    await createCustomer(product.deps, { customerNo: 'P1', phone: '+8613800138111' });
    const id = await importLines(
      product,
      manager,
      [
        header,
        'P1,,2026-01-02,2,¥199.90,面部护理,王店长,',
        ',138 0013 8111,2026/1/3,,-50,退款,,',
        'P404,,2026-01-02,1,10,,,',
        'P1,,2026-02-30,0,1.234,,某人,某店',
        ',,2026-01-02,1,10,,,',
        'P1,,,1,,,,',
      ],
      { target },
    );
    expect(await rowReports(product, id)).toEqual([
      [2, 'created'],
      [3, 'created'],
      [4, 'rejected', 'problem.unknownCustomer'],
      [
        ...[
          5,
          'rejected',
          'problem.date.impossible',
          'problem.quantity.outOfRange',
          'problem.amount.ambiguous',
        ],
        ...['problem.unknownName', 'problem.unknownName'],
      ],
      [6, 'rejected', 'problem.customerMissing'],
      [7, 'rejected', 'problem.missing', 'problem.missing'],
    ]);
    expect(await purchasesOf('P1')).toEqual([
      { purchased_on: '2026-01-02', quantity: 2, amount: '199.90', item: '面部护理', staff: '王店长' },
      { purchased_on: '2026-01-03', quantity: 1, amount: '-50.00', item: '退款', staff: null },
    ]);
    const page = await manager.page(`/imports/${id}?outcome=created`);
    expect(page('#list tbody a').first().text()).toContain('P1');
    const audited = await product.query(
      z.object({ action: z.string() }),
      `SELECT action FROM audit_log WHERE table_name = 'purchases' AND actor_id = $1`,
      [manager.user.id],
    );
    expect(audited).toEqual([{ action: 'imports.run' }, { action: 'imports.run' }]);
  });

  test('creates unknown customers once, names them, and takes all of it back', async () => {
    const before = await businessRows(product);
    const lines = [
      '客户编号,客户姓名,手机,日期,金额',
      'U1,,,2026-03-01,10',
      'U1,,,2026-03-02,20',
      'U2,赵敏,,2026-03-01,30',
      ',,13800138222,2026-03-01,40',
      ',,138-0013-8222,2026-03-02,50',
      'U3,,,2026-03-01,nothing',
    ];
    const choices = { createCustomers: 'on' };
    const id = await importLines(product, manager, lines, { target, choices, rowsPerChunk: 2 });
    expect(await importCounts(product, id)).toMatchObject({ created: 5, rejected: 1, newCustomers: 3 });
    const names = await product.query(
      z.object({ customer_no: z.string(), name: z.string(), name_pinyin: z.string() }),
      `SELECT customer_no, name, name_pinyin FROM customers WHERE customer_no LIKE 'U%' ORDER BY 1`,
    );
    expect(names).toEqual([
      { customer_no: 'U1', name: 'U1', name_pinyin: 'u1' },
      { customer_no: 'U2', name: '赵敏', name_pinyin: 'zhaomin' },
    ]);
    expect((await manager.page(`/imports/${id}`))('.numbers').text()).toMatch(/3\s*New customers/);
    const page = await manager.page(`/imports/${id}/undo`);
    expect(page('main').text()).toContain('8 records that the import created are removed');
    await undoImport(product, manager, id);
    expect(await businessRows(product)).toEqual(before);
  });

  test('skips what was stored before, keeps equal rows of one file, or stores once more when told', async () => {
    const { id: customerId } = await createCustomer(product.deps, { customerNo: 'S1' });
    await createPurchase(product.deps, {
      customerId,
      purchasedOn: '2026-01-01',
      amount: '10.00',
      item: '洗发',
    });
    const lines = [header, 'S1,,2026-01-01,1,10,洗发,,', 'S1,,2026-01-05,1,10,,,', 'S1,,2026-01-05,1,10,,,'];
    const first = await importLines(product, manager, lines, { target, rowsPerChunk: 1 });
    expect(await rowReports(product, first)).toEqual([
      [2, 'skipped', 'remark.purchaseIsStored'],
      [3, 'created'],
      [4, 'created'],
    ]);
    const again = await createLines(product, manager, lines, { target });
    await checkFile(product, manager, again);
    expect(await importCounts(product, again)).toMatchObject({ skipped: 3, created: 0 });
    await checkFile(product, manager, again, { policy: 'create' });
    expect(await importCounts(product, again)).toMatchObject({ skipped: 0, created: 3 });
  });

  test('is limited to the customers for whom the importer may add purchases', async () => {
    await createCustomer(product.deps, { customerNo: 'F1' });
    const cashier = await product.signIn({ grants: { 'imports:run': 'all', 'purchases:create': 'own' } });
    const id = await createLines(product, cashier, [header, 'F1,,2026-01-01,1,10,,,'], { target });
    await checkFile(product, cashier, id);
    expect(await rowReports(product, id)).toEqual([[2, 'rejected', 'problem.notYours']]);
  });
});
