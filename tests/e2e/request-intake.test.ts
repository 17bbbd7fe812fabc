import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowserProduct, takeScreenshot, type BrowserProduct } from '../support/browser.js';
import { createCustomer } from '../support/factories/customer.js';
import { accessibilityProblems, sidewaysOverflow } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

const picture = {
  name: 'cheek.jpg',
  mimeType: 'image/jpeg',
  buffer: Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF\0', 'latin1'),
};
const takeIn = (page: Page) => page.locator('.form-actions').getByRole('button', { name: 'Take in' }).click();
const attachments = (page: Page) => page.getByRole('region', { name: 'Attachments' });

test('R2.1 on the phone: found by phone number, taken in with a picture, numbered, and on the list', async () => {
  await createCustomer(browserProduct.product.deps, { name: '李梅', phone: '+8613800138123' });
  const { page } = await browserProduct.openPage({ role: 'agent', width: 390 });
  await page.goto('/service-requests/new');
  await page.getByLabel('Find the customer').fill('138 0013 8123');
  await page.getByRole('radio', { name: /李梅/ }).waitFor();
  expect(await page.getByRole('radio', { name: /李梅/ }).isChecked()).toBe(true);
  await page.getByLabel('Type').selectOption('Complaint');
  await page.getByLabel('Subject').fill('Blister after the peeling');
  await page.getByLabel('What it is about').fill('Since yesterday evening');
  await page.getByLabel('Attachments').setInputFiles([picture, { ...picture, name: 'chin.jpg' }]);
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);
  expect(await sidewaysOverflow(page)).toBe(0);
  await takeScreenshot(page, 'request-intake-phone');
  await takeIn(page);
  await page.getByText('“Blister after the peeling” is taken in.').waitFor();
  const number = /SR-\d{4}-\d{6}/.exec(await page.locator('main').innerText())?.[0] ?? '';
  expect(number).not.toBe('');
  await attachments(page).getByRole('link', { name: 'cheek.jpg' }).waitFor();
  expect(await attachments(page).getByRole('link').count()).toBe(2);
  expect(await sidewaysOverflow(page)).toBe(0);
  await takeScreenshot(page, 'request-record-phone');
  await page.goto('/service-requests');
  await page.locator('#list').getByText(number).waitFor();
});

test('R2.1 a new customer is made along the way', async () => {
  const { page } = await browserProduct.openPage({ role: 'agent' });
  await page.goto('/service-requests/new');
  await page.getByText('Not there? Add a new customer').click();
  await page.getByLabel('Name', { exact: true }).fill('赵六');
  await page.getByLabel('Phone', { exact: true }).fill('139 0013 9778');
  await page.getByLabel('Subject').fill('Wants to know the opening hours');
  await takeIn(page);
  await page.getByText('“Wants to know the opening hours” is taken in.').waitFor();
  await page.locator('main').getByText('赵六').first().waitFor();
  await page.goto('/customers?q=13900139778');
  await page.locator('#list').getByText('赵六').waitFor();
});

test('R2.1 a refused form keeps all that was typed, and asks for the files again', async () => {
  const { page } = await browserProduct.openPage({ role: 'agent' });
  await page.goto('/service-requests/new');
  await page.getByLabel('Subject').fill('Colour too dark');
  await page.getByLabel('What it is about').fill('Chestnut was agreed.\nIt is nearly black.');
  await page.getByLabel('How it came in').selectOption({ index: 2 });
  const channel = await page.getByLabel('How it came in').inputValue();
  await page.getByLabel('Attachments').setInputFiles([picture]);
  await takeIn(page);
  await page.getByRole('alert').getByText('Find the customer and choose them').waitFor();
  expect(await page.getByLabel('Subject').inputValue()).toBe('Colour too dark');
  const words = await page.getByLabel('What it is about').inputValue();
  expect(words).toBe('Chestnut was agreed.\nIt is nearly black.');
  expect(await page.getByLabel('How it came in').inputValue()).toBe(channel);
  await page.getByText('If you had chosen files, choose them again.').waitFor();
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);
  await takeScreenshot(page, 'request-intake-refused');
});

test('R2.1 staff add files to a request, delete one and take that back', async () => {
  const { deps } = browserProduct.product;
  const { id: customerId } = await createCustomer(deps, { name: '王小明' });
  const { page } = await browserProduct.openPage({ role: 'manager' });
  await page.goto(`/service-requests/new?customerId=${customerId}`);
  await page.getByLabel('Subject').fill('Bill is too high');
  await takeIn(page);
  await attachments(page).getByText('Add files').click();
  await attachments(page)
    .getByLabel('Files')
    .setInputFiles([picture, { name: 'bill.html', mimeType: 'text/html', buffer: Buffer.from('<html>') }]);
  await attachments(page).getByRole('button', { name: 'Upload' }).click();
  await attachments(page)
    .getByRole('alert')
    .getByText('bill.html: Files of this kind are not kept')
    .waitFor();
  await attachments(page)
    .getByLabel('Files')
    .setInputFiles([picture, { ...picture, name: 'chin.jpg' }]);
  await attachments(page).getByRole('button', { name: 'Upload' }).click();
  await page.getByText('2 files are kept with the request.').waitFor();
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);
  await takeScreenshot(page, 'request-attachments');
  await attachments(page).getByRole('button', { name: 'Delete cheek.jpg' }).click();
  await page.getByText('The file is deleted.').waitFor();
  expect(await attachments(page).getByRole('link').count()).toBe(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.goBack();
  await page.reload();
  await attachments(page).getByRole('link', { name: 'cheek.jpg' }).waitFor();
});
