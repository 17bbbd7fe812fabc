import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowserProduct, type BrowserProduct } from '../support/browser.js';
import { createCustomerContact } from '../support/factories/customer-contact.js';
import { createCustomer } from '../support/factories/customer.js';
import { createThing, createThingKind, createThingService } from '../support/factories/served-thing.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';
import { accessibilityProblems, markupProblems, sidewaysOverflow } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

test('R1.14 a manager defines cars; a receptionist records contact, car and service of a company', async () => {
  const { deps } = browserProduct.product;
  const manager = await browserProduct.openPage();
  await manager.page.goto('/');
  await manager.page.getByRole('link', { name: 'Kinds of things' }).click();
  await manager.page.getByRole('main').getByRole('link', { name: 'New kind' }).first().click();
  await manager.page.getByLabel('Kind').fill('Car');
  await manager.page.getByLabel('What its identifier is called').fill('Plate number');
  await manager.page.getByLabel('Days from one service to the next').fill('180');
  await manager.page.getByRole('button', { name: 'Create kind' }).click();
  await manager.page.getByText('The kind Car can be chosen now.').waitFor();

  const teamId = await createTeam(deps);
  const user = await createUser(deps, { role: 'agent', teamIds: [teamId] });
  const customer = await createCustomer(deps, {
    name: 'Blue Harbour Ltd',
    kind: 'company',
    ownerId: user.id,
    teamId,
  });
  const { page } = await browserProduct.openPage({ user });
  await page.goto(`/customers/${customer.id}`);
  await page.getByRole('link', { name: 'Add a contact' }).click();
  await page.getByLabel('Name').fill('Ms Li');
  await page.getByLabel('Phone').fill('138 1234 5678');
  await page.getByLabel('Call first').check();
  await page.getByRole('button', { name: 'Add contact' }).click();
  await page.getByText('Ms Li is added as a contact.').waitFor();
  await page.getByRole('button', { name: 'Show Phone of Ms Li' }).click();
  await page.getByText('138 1234 5678').waitFor();

  await page.getByRole('link', { name: 'Add a thing' }).click();
  await page.getByLabel('Kind').selectOption('Car');
  await page.getByLabel('Name').fill('Audi A4');
  await page.getByLabel('Identifier').fill('HH-AB 1234');
  await page.getByRole('button', { name: 'Add thing' }).click();
  await page.getByText('Audi A4 is recorded.').waitFor();
  await page.getByRole('link', { name: 'Record a service' }).click();
  await page.getByLabel('Work done').fill('Oil changed');
  await page.getByRole('button', { name: 'Record a service' }).click();
  await page.getByText('The service is recorded.').waitFor();
  await page.locator('.definitions').getByText('in 6 months').waitFor();

  await page.goto('/customers?q=hhab1234');
  await page.locator('#list').getByRole('link', { name: 'Blue Harbour Ltd' }).click();
  await page.getByText('Service: Audi A4').waitFor();
});

test('R6.7 the record of a company with contacts and things is valid and accessible, wide and narrow', async () => {
  const { deps } = browserProduct.product;
  const { id: customerId } = await createCustomer(deps, { name: '蓝湾物业有限公司', kind: 'company' });
  const contact = { customerId, name: '陈经理', position: '采购', isPrimary: true };
  await createCustomerContact(deps, { ...contact, phone: '+8613812345678', email: 'chen@example.com' });
  const kindId = await createThingKind(deps, { name: '车辆', identifierLabel: '车牌号' });
  const thing = { customerId, kindId, name: 'Audi A4', identifier: '沪A·12345', nextDueOn: '2026-01-31' };
  const thingId = await createThing(deps, thing);
  await createThingService(deps, { thingId, servedOn: '2025-08-04', work: '更换机油' });
  const { page } = await browserProduct.openPage();
  const response = await page.goto(`/customers/${customerId}`);
  expect(await markupProblems((await response?.text()) ?? '')).toEqual([]);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await accessibilityProblems(page, 'whole'), `at ${width}`).toEqual([]);
    expect(await sidewaysOverflow(page), `at ${width}`).toBe(0);
  }
});
