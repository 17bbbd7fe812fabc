import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowserProduct, type BrowserProduct } from '../support/browser.js';
import { createRequest } from '../support/factories/service-request.js';
import { createStaffSchedule } from '../support/factories/staff-schedule.js';
import { createUser } from '../support/factories/user.js';
import { accessibilityProblems, markupProblems, sidewaysOverflow } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
  const { deps } = browserProduct.product;
  const anna = await createUser(deps, { role: 'agent', name: 'Anna' });
  await createStaffSchedule(deps, { userId: anna.id, maximumOpen: 2, takesAutomatic: false });
  for (const subject of ['Filter drips', 'Door squeaks', 'Lamp flickers', 'Window jams'])
    await createRequest(deps, { subject });
});
afterAll(() => browserProduct.close());

test('R2.5 a manager ticks three requests, assigns them after reading the numbers, and undoes it', async () => {
  const { page } = await browserProduct.openPage({ role: 'manager' });
  await page.goto('/service-requests');
  const boxes = await page.locator('#list tbody .row-choice').all();
  for (const box of boxes.slice(0, 3)) await box.check();
  await page.locator('.bulk-bar').getByText('Selected: 3').waitFor();
  await page.locator('.bulk-bar').getByRole('combobox').selectOption('Assign to somebody');
  await page.getByRole('button', { name: 'Continue' }).click();

  await page.getByText('3 requests are selected.').waitFor();
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').getByText('Give to').waitFor();
  await page.getByLabel('Give to').selectOption('Anna (0 of 2 open)');
  await page.getByRole('button', { name: 'Continue' }).click();

  await page.getByText('0 of 2 open requests now, 3 afterwards. That is more than they can take.').waitFor();
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);
  await page.getByRole('button', { name: 'Assign 3 requests' }).click();
  await page.waitForURL(/\/bulk-changes\/[-0-9a-f]+$/);
  await page
    .getByRole('link', { name: 'Show the result' })
    .or(page.getByRole('button', { name: 'Undo' }))
    .waitFor();
  if ((await page.getByRole('button', { name: 'Undo' }).count()) === 0)
    await page.getByRole('link', { name: 'Show the result' }).click();
  await page.locator('.definitions').getByText('3').waitFor();
  await page.goto('/service-requests');
  expect(await page.locator('#list tbody').getByText('Anna').count()).toBe(3);

  await page.goto('/recent-actions');
  await page.getByRole('row', { name: 'Assigned 3 requests to: Anna' }).getByRole('button').click();
  await page.getByRole('row', { name: 'undone' }).waitFor();
  await page.goto('/service-requests');
  expect(await page.locator('#list tbody').getByText('Anna').count()).toBe(0);
});

const begin = '/bulk-changes/service-requests/new?action=priority&all=on';

test.each([
  ['en', 1440],
  ['zh-CN', 390],
] as const)(
  'R6.7 the list, the choice and the confirmation are valid and accessible: %s at %i',
  async (locale, width) => {
    const { page } = await browserProduct.openPage({ role: 'manager', locale, width });
    for (const address of ['/service-requests', begin, `${begin}&value=4`]) {
      const response = await page.goto(address);
      if (address === '/service-requests') await page.locator('.row-choice').nth(1).check();
      expect(await accessibilityProblems(page, 'whole'), address).toEqual([]);
      expect(await markupProblems((await response?.text()) ?? ''), address).toEqual([]);
      expect(await sidewaysOverflow(page), address).toBe(0);
    }
  },
);
