import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayOf } from '../../src/core/format.js';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import { startBrowserProduct, takeScreenshot, type BrowserProduct } from '../support/browser.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { accessibilityProblems, sidewaysOverflow } from '../support/page-checks.js';

const today = dayOf(new Date());

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
  const { deps } = browserProduct.product;
  const anna = await createCustomer(deps, { name: 'Anna Berg', city: 'Suzhou', gender: 'female' });
  const ben = await createCustomer(deps, { name: 'Ben Carter', city: 'Shanghai', gender: 'male' });
  await createPurchase(deps, { customerId: anna.id, amount: '900', purchasedOn: addDays(today, -100) });
  await createPurchase(deps, { customerId: ben.id, amount: '900', purchasedOn: addDays(today, -10) });
});
afterAll(() => browserProduct.close());

/** What htmx puts into the page listens a moment after it is seen: sooner than a person, later than a test. */
async function isWired(page: Page, arrived: Locator): Promise<void> {
  await arrived.waitFor();
  await page.locator('.htmx-added, .htmx-settling').first().waitFor({ state: 'detached' });
}

test('R1.13 a manager builds rules while watching the count, opens the customers and reads why one is in', async () => {
  const { page } = await browserProduct.openPage({ role: 'manager', name: 'Zhao Min' });
  await page.goto('/segments');
  await page.getByRole('link', { name: 'New segment' }).first().click();
  await page.getByLabel('Name').fill('Not seen lately');
  await page.getByLabel('Rule 1: what to look at').selectOption('Last purchase');
  await page.getByLabel('Rule 1: how to compare').selectOption('more than … days ago');
  await page.getByLabel('Rule 1: Days').fill('90');
  await page.getByLabel('Rule 1: Days').press('Tab');
  await page.getByText('1 of 2 customers fit.').waitFor();
  await page.getByText('For example Anna Berg').waitFor();

  await page.getByRole('button', { name: 'Add group: Rules' }).click();
  const field = page.getByLabel('Rule 2.1: what to look at');
  await isWired(page, field);
  await field.selectOption('Gender');
  const male = page.getByRole('group', { name: 'Rule 2.1: Choices' }).getByLabel('Male', { exact: true });
  await isWired(page, male);
  await male.check();
  await page.getByText('0 of 2 customers fit.').waitFor();
  await page
    .getByRole('group', { name: 'Group 2', exact: true })
    .getByLabel('Customers for whom')
    .selectOption('none of these holds');
  await page.getByText('1 of 2 customers fit.').waitFor();
  await page.getByRole('button', { name: 'Add rule: Group 2' }).click();
  await page.getByRole('button', { name: 'Remove: Rule 2.2' }).click();
  await page.getByLabel('Rule 2.2: what to look at').waitFor({ state: 'detached' });
  expect(await page.getByLabel('Rule 1: Days').inputValue()).toBe('90');
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);
  await takeScreenshot(page, 'segments-form');
  await page.getByLabel('Name').press('Enter');

  await page.getByText('Last purchase: more than 90 days ago').waitFor();
  await browserProduct.product.runTasks();
  await page.reload();
  await page.getByRole('region', { name: 'Up to 20' }).getByRole('link', { name: 'Why Anna Berg?' }).click();
  await page.getByText('Anna Berg is in this segment').waitFor();
  await page.getByText('fulfilled', { exact: true }).first().waitFor();
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);
  await page.getByRole('link', { name: 'Not seen lately' }).click();
  await page.getByRole('link', { name: 'Show all in the customer list' }).click();
  await page.getByText('Segment: Not seen lately').waitFor();
  expect(await page.getByRole('link', { name: 'Ben Carter' }).count()).toBe(0);
});

test('R1.13 the form works on a phone and without script', async () => {
  const { page } = await browserProduct.openPage({ role: 'manager', width: 390 });
  await page.route('**/*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  await page.goto('/segments/new');
  await page.getByLabel('Name').fill('From Suzhou');
  await page.getByLabel('Rule 1: what to look at').selectOption('City');
  await page.getByRole('button', { name: 'Show choices: Rule 1' }).click();
  await page.getByLabel('Rule 1: Text').fill('suzhou');
  await page.getByRole('button', { name: 'Count customers' }).click();
  await page.getByText('1 of 2 customers fit.').waitFor();
  await page.waitForLoadState();
  expect(await page.getByLabel('Name').inputValue()).toBe('From Suzhou');
  expect(await sidewaysOverflow(page)).toBe(0);
  await page.getByRole('button', { name: 'Create segment' }).click();
  await page.getByText('City: contains “suzhou”').waitFor();
  await page.waitForLoadState();
  expect(await sidewaysOverflow(page)).toBe(0);
});
