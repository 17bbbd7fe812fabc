import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { checkFile, csv, importCounts, importFile, uploadFile } from './wizard.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

test('R1.8 smoke', async () => {
  const id = await importFile(product, manager, csv('a.csv', '姓名,手机', '张三,13800138000', ',138', '李四,13800138001'));
  expect(await importCounts(product, id)).toMatchObject({ state: 'done', created: 2, rejected: 1 });
  const page = await manager.page(`/imports/${id}`);
  console.log(page('main').text().replace(/\s+/g, ' '));
});
