import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowserProduct, type BrowserProduct } from '../support/browser.js';
import { createCustomField } from '../support/factories/custom-field.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { accessibilityProblems, markupProblems, sidewaysOverflow } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
  const { deps } = browserProduct.product;
  await createCustomField(deps, { key: 'points', label: 'Points', kind: 'number' });
  for (const [name, points] of [
    ['Anna', 5],
    ['Berta', 50],
  ] as const) {
    const { id } = await createCustomer(deps, { name, customValues: { points } });
    await createPurchase(deps, { customerId: id, amount: `${points}.00` });
  }
});
afterAll(() => browserProduct.close());

test('R1.11 somebody opens the further filters, sets two, sees them in words and shows a custom field', async () => {
  const { page } = await browserProduct.openPage();
  await page.goto('/customers');
  const filters = page.locator('.list-filters');
  expect(await filters.getByLabel('Total spent from').isVisible()).toBe(false);
  await page.getByText('More filters').click();
  await filters.getByLabel('Total spent from').fill('1');
  await filters.getByLabel('Total spent from').blur();
  await page.locator('.active-filters').getByText('Total spent from: ¥1.00').waitFor();
  await filters.getByLabel('Points from').fill('10');
  await filters.getByLabel('Points from').blur();
  await page.locator('.active-filters').getByText('Points from: 10').waitFor();
  expect(await page.locator('#list tbody tr').count()).toBe(1);

  const response = await page.reload();
  expect(await markupProblems((await response?.text()) ?? '')).toEqual([]);
  expect(await filters.getByLabel('Points from').isVisible()).toBe(true);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    if (width === 390) await page.getByRole('button', { name: 'Filters', exact: true }).click();
    expect(await sidewaysOverflow(page), `at ${width}`).toBe(0);
    expect(await accessibilityProblems(page, 'whole'), `at ${width}`).toEqual([]);
  }

  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator('.column-choice summary').click();
  await page.locator('.column-panel').getByLabel('Points', { exact: true }).check();
  await page.locator('.column-panel').getByRole('button').click();
  await page.locator('#list thead').getByText('Points').waitFor();
  await page.locator('#list tbody').getByText('50', { exact: true }).waitFor();
});
