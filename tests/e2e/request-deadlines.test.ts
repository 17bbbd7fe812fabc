import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayOf } from '../../src/core/format.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import { startBrowserProduct, takeScreenshot, type BrowserProduct } from '../support/browser.js';
import { createDeadlinePolicy } from '../support/factories/deadline-policy.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createRequest } from '../support/factories/service-request.js';
import { createWorkingCalendar } from '../support/factories/working-calendar.js';
import { accessibilityProblems } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

/** The coming Monday, on which the office is open from nine to six. */
function nextMonday(): string {
  const tomorrow = addDays(dayOf(new Date()), 1);
  return addDays(tomorrow, (8 - new Date(`${tomorrow}T00:00:00Z`).getUTCDay()) % 7);
}

test('R2.4 the record shows the sum, warns when it is near, and the clock stops while the customer is waited for', async () => {
  const { product } = browserProduct;
  const { deps } = product;
  const monday = nextMonday();
  const at = (time: string): void => {
    product.setNow(new Date(`${monday}T${time}:00+08:00`));
  };
  const calendarId = await createWorkingCalendar(deps, { name: 'Office' });
  await unitOfWork({ deps, actor: factoryActor }, 'factory.changed', (tx) =>
    tx.deadlinePolicy.updateMany({ data: { archivedAt: new Date() } }),
  );
  await createDeadlinePolicy(deps, { calendarId, name: 'Eight hours' });
  at('09:00');
  const { page, user } = await browserProduct.openPage({ role: 'manager' });
  const { id } = await createRequest(deps, { subject: 'Dryer is broken', assigneeId: user.id });
  const card = page.getByRole('region', { name: 'Deadlines' });
  await page.goto(`/service-requests/${id}`);
  const opened = await card.innerText();
  expect(opened).toContain('Counted by “Eight hours” in the calendar “Office”.');
  expect(opened).toMatch(/First response 1 h left/);
  expect(opened).toMatch(/8 h: Mon, \w+ \d+: 8 h/);
  expect(opened).toContain('8 h of working time left');
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);

  at('09:50');
  await page.reload();
  await card.locator('.pill-yellow, .badge').getByText('10 min left').waitFor();
  await page.goto('/service-requests?group=soon');
  await page
    .getByRole('row', { name: /Dryer is broken/ })
    .getByRole('link')
    .first()
    .click();
  await takeScreenshot(page, 'request-deadline-near');
  await page.getByRole('button', { name: 'In progress' }).click();
  await page.getByLabel('Words').fill('Which model is it?');
  await page.getByLabel('After an answer, wait for the customer').check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await card.getByText('Paused').waitFor();
  expect(await card.innerText()).toContain('took 50 min of working time');
  await takeScreenshot(page, 'request-deadline-paused');

  at('11:50');
  await page.reload();
  await card.getByText('Paused').waitFor();
  await page.getByRole('button', { name: 'In progress' }).click();
  await card.getByText('paused 2 h').waitFor();
  const resumed = await card.innerText();
  expect(resumed).toMatch(/8 h: Mon, \w+ \d+: 7 h \+ Tue, \w+ \d+: 1 h; paused 2 h/);
  expect(resumed).toContain('7 h 10 min of working time left');
  await takeScreenshot(page, 'request-deadline-resumed');
  product.setNow(undefined);
});
