import { afterAll, beforeAll, expect, test } from 'vitest';
import { storedRequest, createRequests } from '../assignment/requests.js';
import { workOffQueue } from '../../src/modules/assignment/assignment.service.js';
import { startBrowserProduct, type BrowserProduct } from '../support/browser.js';
import { createSkill } from '../support/factories/skill.js';
import { createUser } from '../support/factories/user.js';
import { accessibilityProblems, sidewaysOverflow } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

test('R2.2 a manager plans a week, requests are given out, and those of somebody absent are passed on', async () => {
  const { product } = browserProduct;
  const { deps } = product;
  const chen = await createUser(deps, { role: 'agent', name: 'Chen Jie' });
  const wu = await createUser(deps, { role: 'agent', name: 'Wu Lan' });
  await createSkill(deps, { name: 'Colour treatment' });
  const manager = await createUser(deps, { role: 'manager' });
  const { page } = await browserProduct.openPage({ user: manager });

  await page.goto('/admin/staff-schedules');
  await page.getByRole('link', { name: 'Chen Jie' }).click();
  await page.getByText('Without hours nothing is assigned').waitFor();
  await page.getByRole('link', { name: 'Edit' }).click();
  const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
  for (const day of days) await page.getByLabel(day).fill('0-24');
  await page.getByLabel('Monday').fill('all day');
  await page.getByLabel('Colour treatment').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('Enter hours as').waitFor();
  await page.getByLabel('Monday').fill('0-24');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The schedule was saved.').waitFor();
  await page.getByText('At work').waitFor();

  const [id = ''] = await createRequests(product);
  await workOffQueue(deps);
  expect((await storedRequest(product, id)).assignee_id).toBe(chen.id);

  await page.getByRole('link', { name: 'New absence' }).click();
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
  await page.getByLabel('First day').fill(today);
  await page.getByLabel('Last day').fill(today);
  await page.getByLabel('Substitute').selectOption(wu.id);
  await page.getByRole('button', { name: 'Save absence' }).click();
  await page.getByText('Open requests: 1.').waitFor();
  await page.getByLabel('What becomes of them').selectOption('substitute');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('1 request was passed on').waitFor();
  expect((await storedRequest(product, id)).assignee_id).toBe(wu.id);

  for (const width of [1_440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await accessibilityProblems(page, 'whole')).toEqual([]);
    expect(await sidewaysOverflow(page)).toBe(0);
  }
}, 60_000);
