import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayOf } from '../../src/core/format.js';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import { startBrowserProduct, takeScreenshot, type BrowserProduct } from '../support/browser.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { createTier } from '../support/factories/tier.js';
import { accessibilityProblems, sidewaysOverflow } from '../support/page-checks.js';

const today = dayOf(new Date());

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

test('R1.6 a manager makes two tiers after reading who would move, and a customer climbs by a purchase', async () => {
  const { deps } = browserProduct.product;
  const customer = await createCustomer(deps, { name: '王小明' });
  await createPurchase(deps, { customerId: customer.id, amount: '600', purchasedOn: addDays(today, -10) });
  const { page } = await browserProduct.openPage({ role: 'manager', name: 'Zhao Min' });

  await page.goto('/tiers');
  await page.getByRole('link', { name: 'New tier' }).first().click();
  await page.getByLabel('Name').fill('Silver');
  await page.getByLabel('Purchases at least').fill('1');
  await page.getByRole('button', { name: 'See who would move' }).click();
  await page.getByText('1 customer: No tier → Silver (for example 王小明)').waitFor();
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);
  await page.getByRole('button', { name: 'Save and calculate' }).click();
  await page.getByText('Tier Silver created').waitFor();

  await page.goto('/tiers/new');
  await page.getByLabel('Name').fill('Gold');
  await page.getByLabel('Spent at least').fill('1000');
  await page.getByRole('button', { name: 'See who would move' }).click();
  await page.getByText('No customer would move.').waitFor();
  await page.getByRole('button', { name: 'Save and calculate' }).click();
  await page.getByRole('link', { name: 'Silver: 1' }).click();
  await page.getByRole('link', { name: '王小明' }).first().click();

  const card = page.getByRole('region', { name: 'Tier' });
  await card.getByText('¥400.00 more to Gold').waitFor();
  await page.getByRole('link', { name: 'Add purchase' }).click();
  await page.getByLabel('Amount').fill('400');
  await page.getByRole('button', { name: /purchase/i }).click();
  await card.getByText('¥1,000.00 of ¥1,000.00 in the last 365 days').waitFor();
  await takeScreenshot(page, 'tiers-record');
  await page.goto('/tiers');
  await takeScreenshot(page, 'tiers-index');
});

test('R1.6 a tier set by hand on a phone holds until its last day and is gone the day after', async () => {
  const { deps } = browserProduct.product;
  const customer = await createCustomer(deps, { name: 'Anna Berg' });
  await createTier(deps, { name: 'Diamond', rank: 50, color: 'blue', minimumAmount: '9000' });
  const { page } = await browserProduct.openPage({ role: 'manager', name: 'Zhao Min', width: 390 });
  await page.goto(`/customers/${customer.id}`);
  const card = page.getByRole('region', { name: 'Tier' });
  await card.getByRole('link', { name: 'Set tier by hand' }).click();
  await page.getByLabel('Tier').selectOption('Diamond');
  await page.getByLabel('Until').fill(addDays(today, 1));
  await page.getByRole('button', { name: 'Set tier' }).click();
  await page.getByRole('alert').getByText('This is required').waitFor();
  await page.getByLabel('Reason').fill('Brings her whole company');
  await page.getByRole('button', { name: 'Set tier' }).click();
  await card.getByText('Brings her whole company').first().waitFor();
  await card.getByText('Diamond', { exact: true }).waitFor();
  expect(await sidewaysOverflow(page)).toBe(0);
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);

  browserProduct.product.setNow(new Date(Date.now() + 2 * 86_400_000));
  await page.reload();
  await card.getByText('No tier', { exact: true }).waitFor();
  await card.getByText('History').click();
  await card.getByText('Zhao Min set Diamond until').waitFor();
  browserProduct.product.setNow(undefined);
});
