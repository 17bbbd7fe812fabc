import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import { dayOf } from '../../src/core/format.js';
import { startBrowserProduct, takeScreenshot, type BrowserProduct } from '../support/browser.js';
import { createCustomer } from '../support/factories/customer.js';
import { createRequest } from '../support/factories/service-request.js';
import { createUser } from '../support/factories/user.js';
import { accessibilityProblems, sidewaysOverflow } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

test('R2.7 a complaint is closed, its return visit not reached, comes back, is reached, and the list is empty', async () => {
  const { product } = browserProduct;
  const { deps } = product;
  const owner = await createUser(deps, { role: 'account' });
  const { id: customerId } = await createCustomer(deps, { name: '王小明', ownerId: owner.id });
  const { page } = await browserProduct.openPage({ role: 'manager', name: 'Zhao Min' });
  const { id } = await createRequest(deps, { type: 'complaint', customerId, subject: 'Waited too long' });

  await page.goto(`/service-requests/${id}`);
  await page.getByRole('button', { name: 'Take it' }).click();
  await page.getByRole('link', { name: 'Closed', exact: true }).click();
  await page.getByLabel('Responsible').selectOption({ index: 1 });
  await page.getByLabel('Cause').selectOption({ index: 1 });
  await page.getByLabel('Remedy').fill('Refund');
  await page.getByLabel('What was done').fill('Said sorry');
  await page.locator('form.edit-form button[type="submit"]').click();
  await page.goto('/return-visits?group=upcoming');
  await page.getByText('After a complaint: Waited too long').waitFor();

  const later = (days: number): void => {
    product.setNow(new Date(`${addDays(dayOf(new Date()), days)}T03:00:00Z`));
  };
  later(3);
  await page.goto('/return-visits');
  await page.getByText('After a complaint: Waited too long').waitFor();
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);
  await takeScreenshot(page, 'return-visits');
  await page.getByRole('button', { name: 'Not reached: 王小明' }).click();
  await page.getByText(/It comes back on/).waitFor();
  expect(await page.getByText('After a complaint: Waited too long').count()).toBe(0);

  later(5);
  await page.goto('/return-visits');
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await sidewaysOverflow(page)).toBe(0);
  await takeScreenshot(page, 'return-visits-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('link', { name: 'Reached: 王小明' }).click();
  await page.locator('#row-form').getByLabel('What the customer said').fill('All is well');
  await takeScreenshot(page, 'return-visits-reached');
  await page.locator('#row-form').getByRole('button', { name: 'Save' }).click();
  await page.locator('#list').getByText('Nobody to call today').waitFor();
  product.setNow(undefined);
});
