import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readArchive } from '../personal-data/read-archive.js';
import { startBrowserProduct, type BrowserProduct } from '../support/browser.js';
import { createContactRecord } from '../support/factories/contact-record.js';
import { createCustomer } from '../support/factories/customer.js';
import { markupProblems } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

test('R1.12 somebody asks for their data, gets it, and asks to be forgotten', async () => {
  const { deps } = browserProduct.product;
  const customer = await createCustomer(deps, { name: 'Ada Wong', phone: '+8613812340201', source: 'Fair' });
  await createContactRecord(deps, { customerId: customer.id, summary: 'Told us about the twins' });
  const { page } = await browserProduct.openPage();

  await page.goto(`/customers/${customer.id}`);
  await page.locator('.action-menu summary').click();
  await page.getByRole('link', { name: 'Hand out personal data' }).click();
  const [archive] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  const overview =
    readArchive(await readFile(await archive.path()))
      .get('overview.html')
      ?.toString('utf8') ?? '';
  expect(overview).toContain('Told us about the twins');
  expect(overview).toContain('138 1234 0201');
  expect(await markupProblems(overview)).toEqual([]);

  await page.goto(`/customers/${customer.id}`);
  await page.locator('.action-menu summary').click();
  await page.getByRole('link', { name: 'Erase personal data' }).click();
  await page.getByText('This cannot be undone').waitFor();
  await page.getByText('The words of 1 contact record').waitFor();
  await page.getByLabel('Customer number, typed again').fill('T1');
  await page.getByLabel('Why').selectOption('The person asked for it');
  await page.getByRole('button', { name: 'Erase for good' }).click();
  await page.getByRole('alert').getByText('not the number of this customer').waitFor();
  await page.getByLabel('Customer number, typed again').fill(customer.customerNo);
  await page.getByRole('button', { name: 'Erase for good' }).click();
  await page.getByText(`The personal data of customer ${customer.customerNo} was erased.`).waitFor();
  await page.locator('#list').getByRole('link', { name: customer.customerNo }).click();
  await page.getByText('(contents erased)').first().waitFor();
  expect(await page.getByText('Ada Wong').count()).toBe(0);
});
