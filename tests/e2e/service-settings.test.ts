import { afterAll, beforeAll, test } from 'vitest';
import { startBrowserProduct, type BrowserProduct } from '../support/browser.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

test('R2.1 R2.2 R2.3 R2.4 a manager sets up categories, a step of the lifecycle and a rule, and tries it', async () => {
  const { page } = await browserProduct.openPage();
  await page.goto('/');
  await page.getByRole('link', { name: 'Service settings' }).click();
  await page.getByRole('link', { name: 'Request categories' }).click();
  await page.locator('.page-actions').getByRole('link', { name: 'New category' }).click();
  await page.getByLabel('Name').fill('Hair');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByText('Hair is there.').waitFor();
  await page.locator('.page-actions').getByRole('link', { name: 'New category' }).click();
  await page.getByLabel('Name').fill('Colouring');
  await page.getByLabel('Below').selectOption('Hair');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByText('Colouring is there.').waitFor();

  await page.goto('/admin/request-states');
  await page.getByRole('link', { name: 'Change the steps from Waiting for customer' }).click();
  await page.getByLabel('New: Who may take this step').selectOption('Work on service requests');
  await page.getByRole('group', { name: 'New: What must be filled in' }).getByLabel('Reason').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The steps are saved.').waitFor();
  await page.getByText('Asks for: Reason', { exact: true }).first().waitFor();

  await page.goto('/admin/classification-rules');
  await page.locator('.page-actions').getByRole('link', { name: 'New rule' }).click();
  await page.getByLabel('Name').fill('Colour gone wrong');
  await page.getByLabel('If it says one of these words').fill('colour, 染坏');
  await page.getByLabel('Set the category to').selectOption('Hair › Colouring');
  await page.getByLabel('Set the priority to').selectOption('High');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByText('Colour gone wrong is there.').waitFor();
  await page.getByLabel('What the customer says').fill('我的头发染坏了');
  await page.getByRole('button', { name: 'Try' }).click();
  await page.locator('#trial').getByText('Hair › Colouring').waitFor();
  await page.locator('#trial').getByRole('listitem').getByText('Colour gone wrong').waitFor();
});
