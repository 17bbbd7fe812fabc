import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createImport } from '../support/factories/import.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { checkFile, importCounts, mappingForm, startRun, uploadFile } from './wizard.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager', locale: 'zh-CN' });
});
afterAll(() => product.close());

async function sheetOf(content: Buffer): Promise<string[][]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Uint8Array.from(content).buffer);
  const rows: string[][] = [];
  workbook.worksheets[0]?.eachRow((row) => {
    const cells: string[] = [];
    row.eachCell({ includeEmpty: true }, (cell) => {
      expect(cell.type, cell.address).not.toBe(ExcelJS.ValueType.Formula);
      cells.push(cell.text);
    });
    rows.push(cells);
  });
  return rows;
}

const download = async (id: string): Promise<Buffer> => {
  const response = await manager.download(`/imports/${id}/rejected.xlsx`);
  expect(response.status).toBe(200);
  expect(response.headers['content-type']).toContain('spreadsheetml');
  return z.instanceof(Buffer).parse(response.body);
};

test('R1.8 rejected rows come back exactly as they were with the reason, and can be mended and uploaded again', async () => {
  const rows = [
    ['张三', '13800138000', ''],
    ['', ' 138-0013-8001 ', '=HYPERLINK("http://example.com")'],
    ['王五', '12', '"quoted",\nsecond line'],
  ];
  const header = ['姓名', '手机', '备注'];
  const id = await createImport(product.deps, { createdById: manager.user.id, header, rows });
  await checkFile(product, manager, id);
  await startRun(manager, id);
  await product.runTasks();

  const content = await download(id);
  expect(await sheetOf(content)).toEqual([
    ['姓名', '手机', '备注', '拒绝原因'],
    ['', ' 138-0013-8001 ', '=HYPERLINK("http://example.com")', '姓名：缺失'],
    ['王五', '12', '"quoted",\nsecond line', '电话：不存在这样的电话号码'],
  ]);
  const logged = await product.query(
    z.object({ action: z.string() }),
    `SELECT action FROM audit_log WHERE actor_id = $1 AND action LIKE 'exports.%' ORDER BY id`,
    [manager.user.id],
  );
  expect(logged.map(({ action }) => action)).toEqual(['exports.started', 'exports.finished']);

  const again = await uploadFile(manager, { name: '拒绝.xlsx', content });
  expect((await mappingForm(manager, again))['columns']).toEqual(['name', 'phone', 'remark', '']);
  await checkFile(product, manager, again);
  expect(await importCounts(product, again)).toMatchObject({ rejected: 2 });
  expect((await sheetOf(await download(again)))[0]).toEqual(['姓名', '手机', '备注', '拒绝原因']);
});
