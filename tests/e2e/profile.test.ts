import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowserProduct, type BrowserProduct } from '../support/browser.js';
import { createCustomField } from '../support/factories/custom-field.js';
import { createCustomer } from '../support/factories/customer.js';
import { createTag } from '../support/factories/tag.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';
import { accessibilityProblems, markupProblems, sidewaysOverflow } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

test('R1.1 R1.2 R1.11 an administrator defines a field, a receptionist fills it, tags and finds the customer', async () => {
  const { deps } = browserProduct.product;
  const administrator = await browserProduct.openPage();
  await administrator.page.goto('/');
  await administrator.page.getByRole('link', { name: 'Custom fields' }).click();
  await administrator.page.getByRole('link', { name: 'New field' }).click();
  await administrator.page.getByLabel('Label').fill('Skin type');
  await administrator.page.getByLabel('Kind').selectOption('Choice');
  await administrator.page.getByRole('button', { name: 'Create field' }).click();
  await administrator.page.getByRole('alert').getByText('Enter at least one choice').waitFor();
  await administrator.page.getByLabel('Choices').fill('Dry\nOily\nCombined');
  await administrator.page.getByRole('button', { name: 'Create field' }).click();
  await administrator.page.getByText('The field Skin type is on the form').waitFor();
  await createTag(deps, { name: 'VIP', color: 'yellow' });

  const teamId = await createTeam(deps);
  const user = await createUser(deps, { role: 'agent', teamIds: [teamId] });
  await createCustomer(deps, { name: '李四', ownerId: user.id, teamId });
  const customer = await createCustomer(deps, { name: '王小明', ownerId: user.id, teamId });
  const { page } = await browserProduct.openPage({ user });
  await page.goto(`/customers/${customer.id}`);
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Habits').fill('Comes on Sundays');
  await page.getByRole('group', { name: 'Custom fields' }).getByLabel('Skin type').selectOption('Oily');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Comes on Sundays').waitFor();
  await page.locator('.definitions').getByText('Oily').waitFor();

  await page.getByLabel('Add a tag').fill('New idea');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByText('There is no such tag').waitFor();
  await page.getByLabel('Add a tag').fill('vip');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByText('The tag VIP is on.').waitFor();

  await page.goto('/customers');
  await page.locator('.list-filters').getByLabel('Tag', { exact: true }).selectOption('VIP');
  await page.locator('.active-filters').getByText('Tag: VIP').waitFor();
  await page.getByText('More filters').click();
  await page.locator('.list-filters').getByLabel('Skin type').selectOption('Oily');
  await page.locator('.active-filters').getByText('Skin type: Oily').waitFor();
  expect(await page.locator('#list tbody tr').count()).toBe(1);
  await page.locator('#list').getByRole('link', { name: '王小明' }).click();
  await page.getByRole('button', { name: 'Remove tag VIP' }).click();
  await page.getByText('The tag VIP is off.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.goto(`/customers/${customer.id}`);
  await page.getByRole('link', { name: 'VIP' }).waitFor();
});

test('R6.7 records and definitions that are filled are valid and accessible, wide and narrow', async () => {
  const { deps } = browserProduct.product;
  const customer = await createCustomer(deps, {
    name: '欧阳修',
    habits: '周末下午到店',
    customValues: {
      pets: true,
      long: `Many words, and one that is long: ${'x'.repeat(120)}`,
    },
  });
  await createCustomField(deps, { key: 'pets', label: 'Has pets', kind: 'yesNo' });
  await createCustomField(deps, { key: 'long', label: 'Something with a rather long label' });
  for (const name of ['老客户', '很长的标签名称'.repeat(5), 'Third']) {
    await createTag(deps, { name, color: 'green', customerIds: [customer.id] });
  }
  const { page } = await browserProduct.openPage();
  for (const path of [
    `/customers/${customer.id}`,
    `/customers/${customer.id}/edit`,
    '/admin/custom-fields',
    '/tags',
  ]) {
    const response = await page.goto(path);
    expect(await markupProblems((await response?.text()) ?? ''), path).toEqual([]);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await accessibilityProblems(page, 'whole'), `${path} at ${width}`).toEqual([]);
      expect(await sidewaysOverflow(page), `${path} at ${width}`).toBe(0);
    }
  }
});
