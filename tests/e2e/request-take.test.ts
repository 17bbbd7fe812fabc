import { afterAll, beforeAll, expect, test } from 'vitest';
import { workOffQueue } from '../../src/modules/assignment/assignment.service.js';
import { startBrowserProduct, takeScreenshot, type BrowserProduct } from '../support/browser.js';
import { createRequest } from '../support/factories/service-request.js';
import { createStaffSchedule } from '../support/factories/staff-schedule.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';
import { accessibilityProblems, sidewaysOverflow } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

test('R2.2 a request that nobody has says why, is taken, given to a colleague, and given back', async () => {
  const { deps } = browserProduct.product;
  const teamId = await createTeam(deps, { name: 'Front desk' });
  const colleague = await createUser(deps, { role: 'agent', name: 'Chen Yu', teamIds: [teamId] });
  await createRequest(deps, { subject: 'Colour too dark', teamId });

  const { page } = await browserProduct.openPage({ role: 'manager', name: 'Zhao Min' });
  await page.goto('/service-requests');
  await page.getByRole('link', { name: 'Nobody has' }).click();
  await page
    .getByRole('row', { name: /Colour too dark/ })
    .getByRole('link')
    .first()
    .click();
  await page.getByText('Nobody takes requests automatically.').first().waitFor();
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);
  await takeScreenshot(page, 'request-nobody');
  await page.getByRole('button', { name: 'Take it' }).click();
  await page.getByText('The request is yours.').waitFor();
  await page.getByLabel('Give to').selectOption('Chen Yu');
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.getByText('The request is assigned.').waitFor();
  await page.getByText('Zhao Min assigned it to Chen Yu').first().waitFor();

  const phone = await browserProduct.openPage({ user: colleague, width: 390 });
  await phone.page.goto('/service-requests?group=mine');
  await phone.page
    .getByRole('row', { name: /Colour too dark/ })
    .getByRole('link')
    .first()
    .click();
  expect(await sidewaysOverflow(phone.page)).toBe(0);
  await phone.page.getByRole('button', { name: 'Give it back' }).click();
  await phone.page.getByText('Chen Yu gave it back').first().waitFor();

  await createStaffSchedule(deps, { userId: colleague.id });
  expect(await workOffQueue(deps)).toBe(1);
  await page.reload();
  await page.getByText('They had it and it was given back, but nobody else could take it.').first().waitFor();
  await takeScreenshot(page, 'request-given-back');
});

test('R2.2 the reason why nobody could take a request names what is missing', async () => {
  const { deps } = browserProduct.product;
  await createStaffSchedule(deps, { userId: (await createUser(deps, { role: 'agent' })).id });
  const teamId = await createTeam(deps, { name: 'Repairs' });
  const { id } = await createRequest(deps, { subject: 'Dryer is broken', teamId });
  const { page } = await browserProduct.openPage({ role: 'manager', width: 390 });
  await page.goto(`/service-requests/${id}`);
  await page.getByText('Nobody in the team Repairs takes requests automatically.').first().waitFor();
  expect(await sidewaysOverflow(page)).toBe(0);
});
