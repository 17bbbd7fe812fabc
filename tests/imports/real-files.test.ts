import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { afterEach, beforeEach, expect, test, vi, type TestContext } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { businessRows } from './business-rows.js';
import { sharedFile } from './values/shared-data.js';
import {
  checkFile,
  importCounts,
  importFile,
  remarkCounts,
  startRun,
  undoImport,
  uploadFile,
} from './wizard.js';

vi.setConfig({ testTimeout: 300_000 });

let product: TestProduct;
let manager: TestClient;
beforeEach(async () => {
  product = await startTestProduct();
  product.setNow(new Date('2026-11-22T04:00:00Z'));
  manager = await product.signIn({ role: 'manager' });
});
afterEach(() => product.close());

const file = async (context: TestContext, name: string) => {
  const path = sharedFile(context, name);
  return { name: basename(path), content: await readFile(path) };
};

const Count = z.object({ count: z.number() });
async function count(rows: string): Promise<number> {
  const [row] = await product.query(Count, `SELECT count(*)::integer AS count FROM ${rows}`);
  return row?.count ?? -1;
}

/** The defects that were planted into the 20,000 customers; 408 rows have one, and each row only one. */
const planted = {
  'imports.problem.missing on name': 83,
  'imports.problem.phone.impossible on phone': 147,
  'imports.problem.email.impossible on email': 49,
  'imports.problem.repeatedNumber on customerNo': 49,
  'imports.remark.phoneOfRow on phone': 228,
};
const plantedBirthDates = [
  'imports.problem.date.impossible on birthDate',
  'imports.problem.date.unreadable on birthDate',
  'imports.problem.date.future on birthDate',
];

const stored = { created: 19_592, updated: 0, unchanged: 0, skipped: 0, rejected: 408, duplicates: 228 };

test.for(['customers/customers-gb18030.csv', 'customers/customers-utf8.csv'])(
  'R1.8 %s: every planted defect is reported on its row, every good row is stored',
  async (name, context) => {
    const upload = await file(context, name);
    const id = await uploadFile(manager, upload);
    await checkFile(product, manager, id);
    expect(await importCounts(product, id)).toMatchObject({ state: 'ready', ...stored });
    expect(await count('customers')).toBe(0);

    await startRun(manager, id);
    await product.runTasks();
    expect(await importCounts(product, id)).toMatchObject({ state: 'done', ...stored });
    expect(await count('customers')).toBe(19_592);
    expect(await count(`import_rows WHERE outcome = 'created' AND record_id IS NULL`)).toBe(0);

    const remarks = await remarkCounts(product, id);
    expect(remarks).toMatchObject(planted);
    expect(plantedBirthDates.reduce((sum, key) => sum + (remarks[key] ?? 0), 0)).toBe(80);
    expect(await count(`audit_log WHERE table_name = 'customers'`)).toBe(19_592);
  },
);

test('R1.8 the same file again with "update" changes nothing; undoing both leaves nothing behind', async (context) => {
  const upload = await file(context, 'customers/customers-utf8.csv');
  const first = await importFile(product, manager, upload);
  const audited = await count('audit_log');

  const again = await uploadFile(manager, upload);
  const page = await manager.page(`/imports/${again}/mapping`);
  expect(page('.notice').text()).toContain('This very file was imported before');
  await checkFile(product, manager, again, { policy: 'update' });
  expect(await importCounts(product, again)).toMatchObject({
    ...{ created: 0, updated: 0, unchanged: 19_592, skipped: 0, rejected: 408, duplicates: 228 },
  });
  expect(await count(`audit_log WHERE table_name = 'customers'`)).toBe(19_592);
  expect(await count('audit_log')).toBeGreaterThan(audited);

  await undoImport(product, manager, first);
  expect(await importCounts(product, first)).toMatchObject({ state: 'undone' });
  expect(await count('customers')).toBe(0);
});

test('R1.8 Excel: an import that updates is undone to the last value', async (context) => {
  await importFile(product, manager, await file(context, 'customers/customers-utf8.csv'));
  const before = await businessRows(product);
  const workbook = await file(context, 'customers/customers.xlsx');
  const id = await uploadFile(manager, workbook);
  await checkFile(product, manager, id, { policy: 'update' });
  expect(await importCounts(product, id)).toMatchObject({
    created: 0,
    updated: 0,
    unchanged: 1_965,
    rejected: 35,
  });

  await product.query(
    z.object({}),
    `
    SELECT set_config('audit.actor_name', 'test', false), set_config('audit.action', 'test.changed', false)`,
  );
  await product.query(
    z.object({}),
    `UPDATE customers SET city = 'elsewhere', phone_hash = 'x' WHERE customer_no < 'C000101'`,
  );
  const changed = await businessRows(product);
  expect(changed).not.toEqual(before);
  const update = await importFile(product, manager, workbook, { choices: { policy: 'update' } });
  const { updated } = await importCounts(product, update);
  expect(updated).toBeGreaterThan(90);
  expect(await businessRows(product)).not.toEqual(changed);
  await undoImport(product, manager, update);
  expect(await businessRows(product)).toEqual(changed);
});

test('R1.8 CDNOW: purchases with unknown customers add up to the published totals', async (context) => {
  const purchases = await file(context, 'cdnow/purchases.csv');
  const before = await businessRows(product);
  const choices = { createCustomers: 'on' };
  const id = await importFile(product, manager, purchases, { target: 'purchases', choices });
  expect(await importCounts(product, id)).toMatchObject({
    created: 69_659,
    newCustomers: 23_570,
    rejected: 0,
  });
  const [totals] = await product.query(
    z.object({ purchases: z.number(), customers: z.number(), amount: z.string(), rollup: z.string() }),
    `SELECT count(*)::integer AS purchases, count(DISTINCT customer_id)::integer AS customers, sum(amount)::text AS amount,
            (SELECT sum(total_amount)::text FROM customer_purchase_totals) AS rollup FROM purchases`,
  );
  expect(totals).toEqual({
    purchases: 69_659,
    customers: 23_570,
    amount: '2500315.63',
    rollup: '2500315.63',
  });
  expect(await count('customers')).toBe(23_570);
  expect(await count(`audit_log WHERE table_name IN ('customers', 'purchases')`)).toBe(69_659 + 23_570);

  const again = await uploadFile(manager, purchases, 'purchases');
  await checkFile(product, manager, again, choices);
  expect(await importCounts(product, again)).toMatchObject({ created: 0, skipped: 69_659, newCustomers: 0 });

  await undoImport(product, manager, id);
  expect(await businessRows(product)).toEqual(before);
});
