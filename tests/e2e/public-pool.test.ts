import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowserProduct, takeScreenshot, type BrowserProduct } from '../support/browser.js';
import { createCustomer } from '../support/factories/customer.js';
import { createUser } from '../support/factories/user.js';
import { accessibilityProblems, sidewaysOverflow } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

test('R1.15 a manager sets the rules and releases a customer, whom account staff on a phone claims', async () => {
  const { deps } = browserProduct.product;
  const owner = await createUser(deps, { role: 'account' });
  const customer = await createCustomer(deps, { name: '王小明', ownerId: owner.id });
  const { page } = await browserProduct.openPage({ role: 'manager', name: 'Zhao Min' });

  await page.goto('/admin/public-pool');
  await page.getByLabel('Take customers into the pool every night').check();
  await page.getByLabel('Days without contact: everybody else').fill('60');
  await takeScreenshot(page, 'public-pool-rules');
  await page.getByRole('button', { name: 'See who would move' }).click();
  await page.getByText('All customers: 0 tonight, 0 within 7 days of warning').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The rules of the public pool are saved.').waitFor();

  await page.goto(`/customers/${customer.id}`);
  await page.locator('.action-menu summary').click();
  await page.getByRole('link', { name: 'Release into the pool' }).click();
  await page.getByRole('button', { name: 'Release into the pool' }).click();
  await page.getByText('The customer is in the public pool.').waitFor();

  const phone = await browserProduct.openPage({ role: 'account', name: 'Li Na', width: 390 });
  await phone.page.goto('/public-pool');
  await phone.page.getByText('王小明').waitFor();
  expect(await accessibilityProblems(phone.page, 'whole')).toEqual([]);
  expect(await sidewaysOverflow(phone.page)).toBe(0);
  await phone.page.getByRole('button', { name: 'Claim 王小明' }).click();
  await phone.page.getByText('The customer is yours now.').waitFor();
  expect(new URL(phone.page.url()).pathname).toBe(`/customers/${customer.id}`);
});

test('R1.15 a manager hands over the customers of somebody who leaves, and takes it back', async () => {
  const { deps } = browserProduct.product;
  const leaver = await createUser(deps, { role: 'account', name: 'Wang Fang' });
  await createUser(deps, { role: 'account', name: 'Chen Jie' });
  await createCustomer(deps, { name: 'Anna Berg', ownerId: leaver.id });
  const { page } = await browserProduct.openPage({ role: 'manager', name: 'Zhao Min' });

  await page.goto('/handovers/new');
  await page.getByLabel('Who leaves').selectOption('Wang Fang');
  await page.getByLabel('How the customers are split').selectOption('All to one person');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Who receives them').selectOption('Chen Jie');
  await page.getByRole('button', { name: 'See the numbers' }).click();
  await page.getByText('Chen Jie receives 1 customer').waitFor();
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);
  await page.getByRole('button', { name: 'Hand over' }).click();
  await page.waitForURL(/\/handovers\/[0-9a-f-]+$/);
  await browserProduct.product.runTasks();
  await page.reload();
  await page.getByText('Chen Jie').first().waitFor();
  await takeScreenshot(page, 'handover-result');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForURL(/recent-actions/);
});
