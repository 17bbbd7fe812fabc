import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowserProduct, type BrowserProduct } from '../support/browser.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

test('R1.10 a receptionist is warned while typing, opens nothing foreign, and decides on purpose', async () => {
  const { deps } = browserProduct.product;
  const teamId = await createTeam(deps, { name: 'Team East' });
  const owner = await createUser(deps, { name: 'Wang Fang', teamIds: [teamId] });
  await createCustomer(deps, { name: '金丝雀', phone: '+8613812340001', ownerId: owner.id, teamId });
  const { page } = await browserProduct.openPage({ role: 'account' });
  await page.goto('/customers/new');
  await page.getByLabel('Name').fill('林一');
  await page.getByLabel('Phone').fill('138 1234 0001');
  const warning = page.getByText('A customer of Wang Fang, team Team East – same phone');
  await warning.waitFor();
  expect(await page.locator('main').textContent()).not.toContain('金丝雀');
  await page.getByLabel('Phone').fill('138 1234 0002');
  await warning.waitFor({ state: 'detached' });
  await page.getByLabel('Phone').fill('138 1234 0001');
  await warning.waitFor();

  await page.getByRole('button', { name: 'Create customer' }).click();
  await page.getByRole('alert').getByText('Phone: Another customer has this').waitFor();
  expect(await page.getByLabel('Name').inputValue()).toBe('林一');
  await page.getByLabel('It is somebody else').check();
  await page.getByRole('button', { name: 'Create customer' }).click();
  await page.getByText('林一 was created').waitFor();
});

test('R1.10 a manager finds duplicates in old data, merges two side by side, and takes it back', async () => {
  const { deps } = browserProduct.product;
  const known = { name: '欧阳修', birthDate: '1990-02-28' };
  const first = await createCustomer(deps, {
    ...known,
    phone: '+8613911110001',
    city: '上海市',
    remark: 'Tea',
  });
  const second = await createCustomer(deps, { ...known, phone: '+8613911110002', remark: 'Window seat' });
  await createPurchase(deps, { customerId: second.id, amount: '199.00', item: 'Massage' });
  const { page } = await browserProduct.openPage({ role: 'manager' });
  await page.goto('/duplicates');
  await page.getByRole('button', { name: 'Search now' }).click();
  // A quick search is over before its page is there; a longer one ends in a link to the result.
  const found = page.getByRole('link', { name: `欧阳修 ${first.customerNo}` });
  const result = page.getByRole('link', { name: 'Show the result' });
  await found.or(result).first().waitFor();
  if (await result.isVisible()) await result.click();
  await found.click();
  await page.getByText('same name and birth date').waitFor();
  await page.getByText('Then this moves here: one purchase').waitFor();
  expect(await page.locator('main').textContent()).not.toMatch(/1391111000/);
  await page.getByRole('radio', { name: `Phone, ${first.customerNo}` }).check();
  await page.getByRole('button', { name: 'Merge', exact: true }).click();

  await page.getByText('Merged into 欧阳修; one record moved.').waitFor();
  expect(new URL(page.url()).pathname).toBe('/duplicates');
  await page.goto(`/customers/${second.id}`);
  expect(new URL(page.url()).pathname).toBe(`/customers/${first.id}`);
  await page.getByText('Massage').first().waitFor();
  expect(await page.locator('main').textContent()).toContain('Window seat');

  await page.goto('/recent-actions');
  await page.getByText(`Merged 欧阳修 (${second.customerNo}) into 欧阳修 (${first.customerNo})`).waitFor();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  // Both records, the purchase, and the phone that was kept as a further one.
  await page.getByText('4 records are back as they were.').waitFor();
  await page.goto(`/customers/${second.id}`);
  expect(new URL(page.url()).pathname).toBe(`/customers/${second.id}`);
});

test('R1.10 two records found by search are merged from the record', async () => {
  const { deps } = browserProduct.product;
  const first = await createCustomer(deps, { name: 'Anna Berg', phone: '+8613922220001' });
  const second = await createCustomer(deps, { name: 'Anne Berg', city: 'London' });
  const { page } = await browserProduct.openPage({ role: 'manager' });
  await page.goto(`/customers/${first.id}`);
  await page.locator('.action-menu summary').click();
  await page.getByRole('link', { name: 'Merge' }).click();
  await page.getByRole('main').getByRole('searchbox').fill('anne');
  await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
  await page.getByRole('link', { name: 'Anne Berg' }).click();
  await page.getByRole('radio', { name: `Name, ${first.customerNo}` }).check();
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await page.getByText('Merged into Anna Berg').waitFor();
  expect(new URL(page.url()).pathname).toBe(`/customers/${first.id}`);
  await page.goto(`/customers/${second.id}`);
  expect(new URL(page.url()).pathname).toBe(`/customers/${first.id}`);
});
