import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowserProduct, takeScreenshot, type BrowserProduct } from '../support/browser.js';
import { createCustomer } from '../support/factories/customer.js';
import { accessibilityProblems } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

test('R1.7 account staff record a purchase and a refund, correct one, delete it and take that back', async () => {
  const { page, user } = await browserProduct.openPage({ role: 'account', name: 'Li Na' });
  const customer = await createCustomer(browserProduct.product.deps, { name: '王小明', ownerId: user.id });
  await page.goto(`/customers/${customer.id}`);
  const consumption = page.getByRole('region', { name: 'Consumption' });

  await consumption.getByRole('link', { name: 'Add purchase' }).click();
  await page.getByLabel('Item or service').fill('染发');
  await page.getByLabel('Amount').fill('400');
  await page.getByRole('button', { name: 'Save purchase' }).click();
  await consumption.getByText('¥400.00').waitFor();

  await consumption.getByRole('link', { name: 'Add purchase' }).click();
  await page.getByLabel('Kind').selectOption('Refund');
  await page.getByLabel('Amount').fill('150');
  await page.getByRole('button', { name: 'Save purchase' }).click();
  await consumption.getByText('¥250.00').waitFor();

  await page.getByRole('link', { name: 'Refund of ¥150.00' }).click();
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Amount').fill('50');
  await page.getByRole('button', { name: 'Save' }).click();
  await consumption.getByText('¥350.00').waitFor();
  await takeScreenshot(page, 'purchases-record');

  await page.getByRole('link', { name: 'Purchase of ¥400.00' }).click();
  await page.getByRole('link', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete purchase' }).click();
  await consumption.getByText('-¥50.00').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.goto(`/customers/${customer.id}`);
  await consumption.getByText('¥350.00').waitFor();
});
