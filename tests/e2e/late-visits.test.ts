import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayOf } from '../../src/core/format.js';
import { startBrowserProduct, takeScreenshot, type BrowserProduct } from '../support/browser.js';
import { accessibilityProblems, sidewaysOverflow } from '../support/page-checks.js';
import { createVisitor } from '../visit-rhythm/visits.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

test('R1.15 a receptionist works through the late customers without leaving the list', async () => {
  const { product } = browserProduct;
  const daysAgo = [126, 98, 70, 42];
  await createVisitor(product, dayOf(new Date()), { name: '王小明', daysAgo });
  await createVisitor(product, dayOf(new Date()), { name: 'Anna Berg', daysAgo });
  const { page } = await browserProduct.openPage({ role: 'agent', name: 'Zhao Min' });

  await page.goto('/late-visits');
  await page.getByText('Every 28 days, own rhythm').first().waitFor();
  await takeScreenshot(page, 'late-visits');
  await page.getByRole('button', { name: 'Put off +1 week: Anna Berg' }).click();
  await page.getByText(/The follow-up is planned for/).waitFor();
  expect(await page.getByRole('link', { name: 'Anna Berg', exact: true }).count()).toBe(0);

  await page.getByRole('link', { name: 'Called: 王小明' }).click();
  await page.locator('#row-form').getByLabel('Outcome').selectOption('Not reached');
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);
  await takeScreenshot(page, 'late-visits-call');
  await page.locator('#row-form').getByRole('button', { name: 'Save' }).click();
  await page.locator('#list').getByText('Nobody is late').waitFor();
  expect(new URL(page.url()).pathname).toBe('/late-visits');

  const phone = await browserProduct.openPage({ role: 'agent', name: 'Li Na', width: 390 });
  await createVisitor(product, dayOf(new Date()), { name: '欧阳修', daysAgo });
  await phone.page.goto('/late-visits');
  await phone.page.getByText('欧阳修').waitFor();
  expect(await sidewaysOverflow(phone.page)).toBe(0);
  await takeScreenshot(phone.page, 'late-visits-phone');
});
