import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowserProduct, type BrowserProduct } from '../support/browser.js';
import { createArticle } from '../support/factories/answer.js';
import { createCustomer } from '../support/factories/customer.js';
import { createRequest } from '../support/factories/service-request.js';
import { accessibilityProblems, sidewaysOverflow } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

test('R2.5 an administrator writes an answer, and whoever answers finds and inserts it and an article', async () => {
  const { deps } = browserProduct.product;
  const administrator = await browserProduct.openPage();
  await administrator.page.goto('/admin/service-settings');
  await administrator.page.getByRole('link', { name: 'Canned answers' }).click();
  await administrator.page.getByRole('link', { name: 'New canned answer' }).first().click();
  await administrator.page.locator('#field-name').fill('Received');
  await administrator.page.locator('#field-shortcut').fill('got');
  await administrator.page.locator('#field-body').fill('Dear {{customer}}, {{price}}');
  await administrator.page.getByRole('button', { name: 'Create' }).click();
  await administrator.page.getByRole('alert').getByText('{{price}} cannot be filled in').waitFor();
  await administrator.page.locator('#field-body').fill('Dear {{customer}}, we are on it.');
  await administrator.page.getByRole('button', { name: 'Create' }).click();
  await administrator.page.getByText('Received is there.').waitFor();

  const articleId = await createArticle(deps, { title: 'Washing', body: 'Wait two days.', isPublic: true });
  const { id: customerId } = await createCustomer(deps, { name: '王小明' });
  const { page, user } = await browserProduct.openPage({ role: 'agent', width: 390 });
  const { id } = await createRequest(deps, { customerId, assigneeId: user.id });
  await page.goto(`/service-requests/${id}`);
  const words = page.locator('#field-body');
  await words.fill('Hello!');
  const search = page.getByRole('searchbox', { name: 'Find an answer' });
  await search.fill('/got');
  await page.locator('#offered-answers').getByText('we are on it').waitFor();
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);
  expect(await sidewaysOverflow(page)).toBe(0);
  await page.getByRole('link', { name: 'Use it: Received' }).click();
  expect(await words.inputValue()).toBe('Hello!\nDear 王小明, we are on it.');
  await search.fill('washing');
  await page.getByRole('link', { name: 'Use it: Washing' }).click();
  expect(await words.inputValue()).toBe('Hello!\nDear 王小明, we are on it.\nWait two days.');
  await page.locator('form[action$="/entries"]').getByRole('button', { name: 'Save' }).click();
  await page.locator('.record-timeline').getByText('Wait two days.').waitFor();
  await page.goto(`/articles/${articleId}`);
  await page.getByText('1 time', { exact: true }).waitFor();
});
