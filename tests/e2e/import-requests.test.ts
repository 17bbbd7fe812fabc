import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowserProduct, type BrowserProduct } from '../support/browser.js';
import { accessibilityProblems, sidewaysOverflow } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

test('R2.1 R2.9 requests of another system are imported, found by their number and shown on the record', async () => {
  const { product } = browserProduct;
  const { page } = await browserProduct.openPage();
  await page.goto('/imports/new');
  await page.getByLabel('What does the file hold?').selectOption('Service requests');
  const lines = [
    'Ticket no,Created,Closed,Type,Subject',
    'T-77,2026-01-02 09:30,2026-01-03 18:00,Noise,Too loud',
  ];
  await page.locator('input[type="file"]').setInputFiles({
    name: 'tickets.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`${lines.join('\n')}\n`),
  });
  await page.getByRole('button', { name: 'Upload and read' }).click();
  await page.getByText('Times in the file are read in the time zone').waitFor();
  await page.getByLabel('Type for rows without a known one').selectOption('Complaint');
  expect(await accessibilityProblems(page, 'look')).toEqual([]);
  expect(await sidewaysOverflow(page)).toBe(0);
  await page.getByRole('button', { name: 'Check all rows' }).click();
  await product.runTasks();
  await page.reload();
  await page.getByRole('button', { name: 'Import 1 row' }).click();
  await product.runTasks();

  await page.goto('/search?q=T-77');
  await page.getByRole('heading', { name: 'Too loud' }).waitFor();
  await page.getByText('Noise').first().waitFor();
});
