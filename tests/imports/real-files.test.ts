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
async function expectPlantedDefects(id: string): Promise<void> {
  const remarks = await remarkCounts(product, id);
  const birthDates = ['impossible', 'unreadable', 'future'].map(
    (problem) => remarks[`imports.problem.date.${problem} on birthDate`] ?? 0,
  );
  expect(birthDates.reduce((sum, number) => sum + number, 0)).toBe(80);
  expect(remarks).toMatchObject({
    'imports.problem.missing on name': 83,
    'imports.problem.phone.impossible on phone': 147,
    'imports.problem.email.impossible on email': 49,
    'imports.problem.repeatedNumber on customerNo': 49,
    'imports.remark.phoneOfRow on phone': 228,
  });
}

const stored = { created: 19_592, updated: 0, unchanged: 0, skipped: 0, rejected: 408, duplicates: 228 };

test('R1.8 UTF-8: every defect is reported on its row, every good row is stored, again changes nothing, undo takes all back', async (context) => {
  const upload = await file(context, 'customers/customers-utf8.csv');
  const id = await uploadFile(manager, upload);
  await checkFile(product, manager, id);
  expect(await importCounts(product, id)).toMatchObject({ state: 'ready', ...stored });
  expect(await count('customers')).toBe(0);
  await startRun(manager, id);
  await product.runTasks();
  expect(await importCounts(product, id)).toMatchObject({ state: 'done', ...stored });
  expect(await count('customers')).toBe(19_592);
  await expectPlantedDefects(id);
  expect(
    await count(`import_rows JOIN customers ON customers.id = record_id WHERE outcome = 'created'`),
  ).toBe(19_592);
  expect(await count(`audit_log WHERE table_name = 'customers'`)).toBe(19_592);

  const again = await uploadFile(manager, upload);
  const page = await manager.page(`/imports/${again}/mapping`);
  expect(page('.notice').text()).toContain('This very file was imported before');
  await checkFile(product, manager, again, { policy: 'update' });
  expect(await importCounts(product, again)).toMatchObject({ ...stored, created: 0, unchanged: 19_592 });

  await undoImport(product, manager, id);
  expect(await importCounts(product, id)).toMatchObject({ state: 'undone' });
  expect(await count('customers')).toBe(0);
});

test('R1.8 GB18030: the same rows in another encoding mean the same', async (context) => {
  const id = await uploadFile(manager, await file(context, 'customers/customers-gb18030.csv'));
  await checkFile(product, manager, id);
  expect(await importCounts(product, id)).toMatchObject(stored);
  await expectPlantedDefects(id);
  expect((await manager.page(`/imports/${id}`))('main').text()).toContain('范义轩');
});

test('R1.8 Excel: updates are undone to the last value', async (context) => {
  const workbook = await file(context, 'customers/customers.xlsx');
  await importFile(product, manager, workbook);
  expect(await count('customers')).toBe(1_965);
  await product.query(
    z.object({}),
    `SELECT set_config('audit.actor_name', 'test', false), set_config('audit.action', 'test.changed', false)`,
  );
  const changes = `city = 'elsewhere', phone_hash = 'another', remark = NULL`;
  await product.query(z.object({}), `UPDATE customers SET ${changes} WHERE customer_no < 'C000101'`);
  const before = await businessRows(product);
  const id = await importFile(product, manager, workbook, { choices: { policy: 'update' } });
  const { updated, unchanged, created } = await importCounts(product, id);
  expect({ sum: updated + unchanged, created }).toEqual({ sum: 1_965, created: 0 });
  expect(updated).toBe(await count(`customers WHERE customer_no < 'C000101'`));
  expect(await businessRows(product)).not.toEqual(before);
  await undoImport(product, manager, id);
  expect(await businessRows(product)).toEqual(before);
});

test('R1.8 CDNOW: purchases of unknown customers add up to the published totals', async (context) => {
  const purchases = await file(context, 'cdnow/purchases.csv');
  const options = { target: 'purchases', choices: { createCustomers: 'on' } };
  const id = await importFile(product, manager, purchases, options);
  expect(await importCounts(product, id)).toMatchObject({
    created: 69_659,
    newCustomers: 23_570,
    rejected: 0,
  });
  const Totals = z.object({
    purchases: z.number(),
    buyers: z.number(),
    amount: z.string(),
    rollup: z.string(),
  });
  const totals = await product.query(
    Totals,
    `SELECT count(*)::integer AS purchases, count(DISTINCT customer_id)::integer AS buyers, sum(amount)::text AS amount,
            (SELECT sum(total_amount)::text FROM customer_purchase_totals) AS rollup FROM purchases`,
  );
  expect(totals).toEqual([{ purchases: 69_659, buyers: 23_570, amount: '2500315.63', rollup: '2500315.63' }]);
  expect(await count('customers')).toBe(23_570);
  expect(await count(`audit_log WHERE table_name IN ('customers', 'purchases')`)).toBe(69_659 + 23_570);
});
