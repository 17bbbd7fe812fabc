import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowserProduct, takeScreenshot, type BrowserProduct } from '../support/browser.js';
import { createCustomer } from '../support/factories/customer.js';
import { createUser, type TestUser } from '../support/factories/user.js';
import { accessibilityProblems, markupProblems, sidewaysOverflow } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
let manager: TestUser;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
  const { deps } = browserProduct.product;
  manager = await createUser(deps, { role: 'manager', name: 'Mei Lin' });
  await createUser(deps, { role: 'agent', name: 'Wang Fang' });
  for (let number = 1; number <= 60; number += 1) {
    await createCustomer(deps, { name: `Customer ${number}`, city: number <= 55 ? '上海' : '北京' });
  }
});
afterAll(() => browserProduct.close());

const headers = (page: Page): Promise<string[]> =>
  page
    .locator('#list thead th')
    .allInnerTexts()
    .then((texts) => texts.map((text) => text.trim()));

test('R1.11 a manager chooses columns, saves the view, shares it, and somebody else opens it', async () => {
  const { page } = await browserProduct.openPage({ user: manager });
  await page.goto('/customers');
  await page.getByRole('textbox', { name: 'City' }).fill('北京');
  await page.keyboard.press('Tab');
  await page.getByText('City: 北京').waitFor();

  await page.locator('#list').getByText('Columns', { exact: true }).click();
  for (const column of ['Phone', 'Created']) await page.getByRole('checkbox', { name: column }).uncheck();
  await page.getByRole('checkbox', { name: 'Source' }).check();
  await page.getByRole('link', { name: 'Move City up' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  expect(await page.getByRole('checkbox', { name: 'Source' }).isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Show these' }).click();
  await page.waitForURL(/columns=name%2Ccity%2C/);
  const shown = await headers(page);
  expect(shown.slice(0, 2)).toEqual(['Name', 'City']);
  expect(shown.at(-1)).toBe('Source');

  await page.getByRole('link', { name: 'Save this view' }).click();
  await page.getByLabel('Name').fill('Beijing');
  await page.getByLabel('Who sees it').selectOption('Everybody with the role Service agent');
  await page.getByRole('button', { name: 'Save the view' }).click();
  await page.getByText('The view “Beijing” is saved.').waitFor();
  expect(await page.locator('.view-tab[aria-current]').innerText()).toBe('Beijing');
  await page.getByText('More filters').click();
  await page.getByRole('combobox', { name: 'Gender' }).selectOption('Female');
  await page.getByRole('button', { name: 'Save changes to the view' }).waitFor();
  await takeScreenshot(page, 'list-views');

  const agent = await browserProduct.openPage({ role: 'agent' });
  await agent.page.goto('/customers');
  await agent.page.getByRole('link', { name: 'Beijing' }).click();
  await agent.page.getByText('City: 北京').waitFor();
  expect(await headers(agent.page)).toEqual(shown);
  expect(await agent.page.locator('#list .row-link').count()).toBe(5);
  expect(await agent.page.getByRole('link', { name: 'View settings' }).count()).toBe(0);
});

test('R1.11 a manager selects all that match by the keyboard, transfers them after reading the count, and undoes it', async () => {
  const { page } = await browserProduct.openPage({ user: manager });
  await page.goto(`/customers?${new URLSearchParams({ city: '上海' }).toString()}`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).focus();
  await page.keyboard.press('Space');
  await page.locator('.bulk-bar').getByText('Selected: 50').waitFor();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Space');
  expect(await page.getByRole('checkbox', { name: 'All 55 that match' }).isChecked()).toBe(true);
  await page.locator('.bulk-bar').getByText('Selected: 55').waitFor();
  await takeScreenshot(page, 'list-selection');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Transfer');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');

  await page.getByText('55 customers are selected.').waitFor();
  await page.getByText('and 45 more').waitFor();
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);
  await takeScreenshot(page, 'bulk-confirm');
  await page.getByLabel('New owner').selectOption('Wang Fang');
  await page.getByRole('button', { name: 'Transfer 55 customers' }).click();
  await page.waitForURL(/\/bulk-changes\/[-0-9a-f]+$/);
  await page
    .getByRole('link', { name: 'Show the result' })
    .or(page.getByRole('button', { name: 'Undo' }))
    .waitFor();
  if ((await page.getByRole('button', { name: 'Undo' }).count()) === 0) {
    await page.getByRole('link', { name: 'Show the result' }).click();
  }
  await page.locator('.definitions').getByText('55').waitFor();
  await takeScreenshot(page, 'bulk-result');
  await page.goto('/customers?columns=owner');
  expect(await page.locator('#list').getByText('Wang Fang').count()).toBeGreaterThan(40);
  await page.goto('/recent-actions');
  await page.getByRole('row', { name: 'Transferred 55 customers to: Wang Fang' }).getByRole('button').click();
  await page.getByRole('row', { name: 'undone' }).waitFor();
  await page.goto('/customers?columns=owner');
  expect(await page.locator('#list').getByText('Wang Fang').count()).toBe(0);
});

test('R1.11 a tick shows what can be done, without script too; a row left out is not "all"', async () => {
  const { page } = await browserProduct.openPage({ user: manager });
  await page.goto('/customers');
  expect(await page.locator('.bulk-bar').isVisible()).toBe(false);
  await page.getByRole('checkbox', { name: 'Select Customer 60' }).check();
  await page.getByRole('checkbox', { name: 'All 60 that match' }).check();
  expect(await page.getByRole('checkbox', { name: 'Select Customer 42' }).isChecked()).toBe(true);
  await page.getByRole('checkbox', { name: 'Select Customer 42' }).uncheck();
  expect(await page.getByRole('checkbox', { name: 'All 60 that match' }).isChecked()).toBe(false);
  await page.locator('.bulk-bar').getByText('Selected: 49').waitFor();
});

test('R6.7 the list with its tools is valid and accessible, wide and narrow, in both languages', async () => {
  for (const locale of ['en', 'zh-CN'] as const) {
    const { page } = await browserProduct.openPage({ role: 'manager', locale });
    const address = `/customers?${new URLSearchParams({ city: '上海', columns: 'name,city,age' }).toString()}`;
    const response = await page.goto(address);
    expect(await markupProblems((await response?.text()) ?? '')).toEqual([]);
    await page.locator('.row-choice').nth(1).check();
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await accessibilityProblems(page, 'whole'), `${locale} at ${width}`).toEqual([]);
      await page.locator('.column-choice summary').click();
      await page.locator('.column-panel button').waitFor();
      await page.evaluate('scrollTo(0, 0)');
      expect(await accessibilityProblems(page, 'whole'), `${locale} at ${width}, open`).toEqual([]);
      expect(await sidewaysOverflow(page), `${locale} at ${width}`).toBe(0);
      await takeScreenshot(page, `list-columns-${locale}-${width}`);
      await page.locator('.column-choice summary').click();
    }
  }
});
