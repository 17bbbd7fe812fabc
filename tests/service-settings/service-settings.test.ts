import { afterAll, beforeAll, expect, test } from 'vitest';
import { settingPages } from '../../src/modules/service-settings/setting-pages.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const path = '/admin/service-settings';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

test('R2.1 the index leads to every page of settings that the viewer may open', async () => {
  const manager = await product.signIn({ role: 'manager' });
  const cards = (await manager.page(path))('.link-cards a');
  const offered = cards.toArray().map(({ attribs }) => attribs['href'] ?? '');
  expect(offered).toEqual(settingPages.map(({ href }) => href));
  for (const href of offered) expect((await manager.get(href)).status, href).toBe(200);

  const few = await product.signIn({ grants: { 'service-settings:manage': 'all' } });
  const theirs = (await few.page(path))('.link-cards a').length;
  const permitted = settingPages.filter(({ permission }) => permission === 'service-settings:manage');
  expect(theirs).toBe(permitted.length);
  expect((await (await product.signIn({ role: 'agent' })).get(path)).status).toBe(403);
});
