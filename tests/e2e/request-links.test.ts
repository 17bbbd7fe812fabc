import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowserProduct, type BrowserProduct } from '../support/browser.js';
import { createCustomer } from '../support/factories/customer.js';
import { createEntry, createRequest } from '../support/factories/service-request.js';
import { accessibilityProblems, sidewaysOverflow } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

const numberOf = async (id: string): Promise<string> => {
  const { models } = browserProduct.product.deps.database;
  return (await models.serviceRequest.findUniqueOrThrow({ where: { id } })).requestNo;
};

const expectGoodPage = async (page: Page): Promise<void> => {
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);
  expect(await sidewaysOverflow(page)).toBe(0);
};

const openMore = async (page: Page, name: string): Promise<void> => {
  await page.locator('.action-menu summary').click();
  await page.locator('.action-menu').getByRole('link', { name }).click();
};

test('R2.5 an agent links two requests of a customer, merges them, and takes it back', async () => {
  const { deps } = browserProduct.product;
  const { page, user } = await browserProduct.openPage({ role: 'agent', width: 390 });
  const { id: customerId } = await createCustomer(deps, { name: '王小明' });
  const mine = { customerId, assigneeId: user.id };
  const going = await createRequest(deps, { ...mine, subject: '空调滴水' });
  const staying = await createRequest(deps, { ...mine, subject: 'The air conditioner leaks' });
  await createEntry(deps, { requestId: going.id, body: 'Called at noon', authorId: user.id });
  const [goingNo, stayingNo] = await Promise.all([numberOf(going.id), numberOf(staying.id)]);

  await page.goto(`/service-requests/${going.id}`);
  await page.locator('.action-menu summary').click();
  await expectGoodPage(page);
  await page.keyboard.press('Escape');
  await openMore(page, 'Link a request');
  await page.getByLabel('Other request').fill(stayingNo.slice(-6));
  await page.getByRole('status').getByText('One request found').waitFor();
  await expectGoodPage(page);
  await page.getByRole('radio', { name: 'The air conditioner leaks' }).check();
  await page.getByRole('button', { name: 'Link', exact: true }).click();
  await page.getByText('The requests are linked.').waitFor();
  await page.locator('.record').getByRole('link', { name: 'The air conditioner leaks' }).waitFor();

  await openMore(page, 'Merge');
  await expectGoodPage(page);
  await page.getByRole('link', { name: 'The air conditioner leaks' }).click();
  await page.getByText(`These move to ${stayingNo}: one word or note.`).waitFor();
  await expectGoodPage(page);
  await page.getByRole('button', { name: 'Merge' }).click();
  await page.getByText(`${goingNo} is merged into ${stayingNo}.`).waitFor();
  await page.locator('.record-timeline').getByText('Called at noon').waitFor();
  await page.locator('.record-timeline').getByText(`${goingNo} was merged into this one`).waitFor();
  await page.goto(`/service-requests/${going.id}`);
  expect(new URL(page.url()).pathname).toBe(`/service-requests/${staying.id}`);
  await page.getByRole('main').getByText(`${goingNo} was merged into this one.`).first().waitFor();

  await page.goto('/recent-actions');
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await page.getByText('records are back as they were').waitFor();
  await page.goto(`/service-requests/${going.id}`);
  expect(new URL(page.url()).pathname).toBe(`/service-requests/${going.id}`);
  await page.locator('.record-timeline').getByText('Called at noon').waitFor();
});

test('R2.5 a note becomes a request of its own', async () => {
  const { deps } = browserProduct.product;
  const { page, user } = await browserProduct.openPage({ role: 'agent' });
  const { id } = await createRequest(deps, { assigneeId: user.id, subject: 'A dripping tap' });
  await createEntry(deps, { requestId: id, body: 'The lamp is broken too', authorId: user.id });
  await page.goto(`/service-requests/${id}`);
  await page.getByRole('link', { name: 'A request of its own' }).click();
  expect(await page.locator('#field-description').inputValue()).toBe('The lamp is broken too');
  await page.locator('#field-subject').fill('Lamp');
  await page.locator('.form-actions').getByRole('button').click();
  await page.getByText('Was split from').waitFor();
  await page.locator('.record').getByRole('link', { name: 'A dripping tap' }).click();
  await page.getByText('A part became a request of its own').waitFor();
  await page.locator('.record-timeline').getByText('The lamp is broken too').waitFor();
});

test('R2.5 two who have the same request open see each other, and what the other one changed', async () => {
  const { deps } = browserProduct.product;
  const { id } = await createRequest(deps);
  const ping = (page: Page) => page.locator('[data-presence]').dispatchEvent('presence');
  const anna = await browserProduct.openPage({ role: 'manager', name: 'Anna' });
  const told = anna.page.waitForResponse((response) => response.url().endsWith('/presence'));
  await anna.page.goto(`/service-requests/${id}`);
  await told;
  const bert = await browserProduct.openPage({ role: 'manager', name: 'Bert' });
  await bert.page.goto(`/service-requests/${id}`);
  await bert.page.getByText('Anna has this request open').waitFor();
  await expectGoodPage(bert.page);

  await bert.page.locator('#field-body').fill('We will come on Monday');
  const heard = bert.page.waitForResponse((response) => response.url().endsWith('/presence'));
  await ping(bert.page);
  await heard;
  await ping(anna.page);
  await anna.page.getByText('Bert is writing an answer').waitFor();
  await bert.page.locator('form[action$="/entries"]').getByRole('button', { name: 'Save' }).click();
  await bert.page.locator('.record-timeline').getByText('We will come on Monday').waitFor();
  await ping(anna.page);
  await anna.page.getByText('Changed since you opened it by Bert').waitFor();
  await anna.page.locator('[data-presence]').getByRole('link', { name: 'reload' }).click();
  await anna.page.locator('.record-timeline').getByText('We will come on Monday').waitFor();
});
