import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayOf } from '../../src/core/format.js';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import { startBrowserProduct, type BrowserProduct } from '../support/browser.js';
import { accessibilityProblems, markupProblems, sidewaysOverflow } from '../support/page-checks.js';
import { createCustomer } from '../support/factories/customer.js';
import { createFollowUp } from '../support/factories/follow-up.js';
import { createUser } from '../support/factories/user.js';

const today = dayOf(new Date());

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

test('R1.3 R1.4 an agent logs a call with the next date in one form, and works the list until it is empty', async () => {
  const { deps } = browserProduct.product;
  const user = await createUser(deps, { role: 'agent', name: 'Li Wei' });
  const customer = await createCustomer(deps, { name: '王小明' });
  const plan = { customerId: customer.id, ownerId: user.id, action: 'Ask about the visit' };
  await createFollowUp(deps, { ...plan, dueOn: addDays(today, -1) });
  const { page } = await browserProduct.openPage({ user });

  await page.goto('/');
  await page.getByRole('link', { name: 'Notifications: 1 waiting' }).click();
  await page.getByRole('link', { name: 'Open the list' }).click();
  await page.getByRole('link', { name: '王小明' }).first().click();

  const form = page.locator('form[action$="/contact-records"]');
  await form.getByLabel('What was said').fill('She liked it');
  expect(await form.getByLabel('Ask about the visit (yesterday)').isChecked()).toBe(true);
  await form.getByRole('group', { name: 'Next' }).getByLabel('Date').fill(today);
  await form.getByRole('group', { name: 'Next' }).getByLabel('Time').fill('1530');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('Say what is to be done').waitFor();
  expect(await page.getByLabel('What was said').inputValue()).toBe('She liked it');
  await page.getByLabel('What is to be done').fill('Send the voucher');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The contact is saved. Next follow-up').waitFor();
  await page.locator('.timeline-list').getByText('Follow-up done: Ask about the visit').waitFor();

  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await page.getByText('Today 15:30').waitFor();
  await page.getByRole('button', { name: 'Put off +1 day: 王小明' }).click();
  await page.getByText('put off once').waitFor();
  await page.getByRole('link', { name: 'Done: 王小明' }).click();
  await page.getByLabel('Outcome').selectOption('No contact: only done');
  await page.getByRole('button', { name: 'Mark as done' }).click();
  await page.locator('#list').getByText('Nothing to follow up').waitFor();
  await page.getByRole('link', { name: 'Notifications: nothing new' }).waitFor();
});

test('R1.4 a manager looks at everybody’s list, gives one away on a phone, and cancels one with undo', async () => {
  const { deps } = browserProduct.product;
  const owner = await createUser(deps, { role: 'agent', name: 'Zhao Min' });
  const colleague = await createUser(deps, { role: 'agent', name: 'Wang Fang' });
  const customer = await createCustomer(deps, { name: 'Anna Berg' });
  const plan = { customerId: customer.id, ownerId: owner.id, dueOn: today };
  await createFollowUp(deps, { ...plan, action: 'Give me away' });
  await createFollowUp(deps, { ...plan, action: 'Cancel me' });
  const { page } = await browserProduct.openPage({ role: 'manager', width: 390 });

  await page.goto('/follow-ups');
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByLabel('Who').selectOption('Zhao Min');
  await page.getByRole('link', { name: 'Give me away' }).waitFor();
  await page.getByRole('link', { name: 'Today 2' }).click();
  await page.getByText('Due: Today').waitFor();
  await page.getByRole('link', { name: 'Give me away' }).click();
  await page.getByRole('link', { name: 'Change or hand over' }).click();
  await page.getByLabel('Who').selectOption('Wang Fang');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('.definitions').getByText('Wang Fang').waitFor();

  await page.goto(`/follow-ups?owner=${owner.id}`);
  await page.getByRole('link', { name: 'Cancel me' }).click();
  await page.getByLabel('Reason').fill('Moved away');
  await page.getByRole('button', { name: 'Cancel the follow-up' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.goto(`/follow-ups?owner=${owner.id}`);
  await page.getByRole('link', { name: 'Cancel me' }).waitFor();

  const told = await browserProduct.openPage({ user: colleague, locale: 'zh-CN' });
  await told.page.goto('/notifications');
  await told.page.getByRole('button', { name: /gave you a follow-up for Anna Berg|Anna Berg/ }).click();
  await told.page.getByRole('heading', { name: 'Give me away' }).waitFor();
});

test('R1.4 a calendar address is shown once, works, and stops when it is revoked', async () => {
  const { page } = await browserProduct.openPage({ role: 'agent' });
  await page.goto('/profile/reminders');
  await page.getByRole('button', { name: 'Create an address' }).click();
  const address = await page.getByLabel('Copy this address').inputValue();
  const path = new URL(address).pathname;
  const feed = await page.request.get(path);
  expect(feed.headers()['content-type']).toBe('text/calendar; charset=utf-8');
  await page.getByRole('button', { name: 'Revoke the address' }).click();
  await page.getByText('no longer works').waitFor();
  expect((await page.request.get(path)).status()).toBe(404);
});

test('R6.7 a list with rows is valid and accessible, wide and narrow', async () => {
  const { deps } = browserProduct.product;
  const { page, user } = await browserProduct.openPage({ role: 'manager' });
  const customer = await createCustomer(deps, { name: '欧阳修' });
  for (const days of [-3, 0, 2, 40]) {
    const dueOn = addDays(today, days);
    const action = 'Something that takes many words to say, so that the cell has to break it';
    await createFollowUp(deps, { customerId: customer.id, ownerId: user.id, dueOn, dueMinute: 600, action });
  }
  for (const path of ['/follow-ups', '/follow-ups?owner=all&sort=-due', `/customers/${customer.id}`]) {
    const response = await page.goto(path);
    expect(await markupProblems((await response?.text()) ?? ''), path).toEqual([]);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await accessibilityProblems(page, 'whole'), `${path} at ${width}`).toEqual([]);
      expect(await sidewaysOverflow(page), `${path} at ${width}`).toBe(0);
    }
  }
});
