import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowserProduct, takeScreenshot, type BrowserProduct } from '../support/browser.js';
import { createRequest } from '../support/factories/service-request.js';
import { accessibilityProblems, sidewaysOverflow } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

const storedBodies = async (requestId: string): Promise<string[]> => {
  const { models } = browserProduct.product.deps.database;
  return (await models.requestDraft.findMany({ where: { requestId } })).map(({ body }) => body);
};

test('R2.5 what is typed is kept while typing and on leaving, is there again, and goes when it is sent', async () => {
  const { page, user } = await browserProduct.openPage({ role: 'agent', width: 390 });
  const { id } = await createRequest(browserProduct.product.deps, { assigneeId: user.id });
  const path = `/service-requests/${id}`;
  const words = page.locator('#field-body');
  const discard = page.getByRole('button', { name: 'Discard draft' });

  await page.goto(path);
  expect(await discard.isVisible()).toBe(false);
  await words.fill('Dear Ms Li');
  await page.getByText('Draft kept at').waitFor();
  expect(await storedBodies(id)).toEqual(['Dear Ms Li']);
  expect(await accessibilityProblems(page, 'whole')).toEqual([]);
  expect(await sidewaysOverflow(page)).toBe(0);
  await takeScreenshot(page, 'request-draft');

  await words.fill('Dear Ms Li, we');
  page.once('dialog', (dialog) => dialog.accept());
  await page.goto('/service-requests');
  await expect.poll(() => storedBodies(id)).toEqual(['Dear Ms Li, we']);

  await page.goto(path);
  expect(await words.inputValue()).toBe('Dear Ms Li, we');
  await page.getByText('Draft kept at').waitFor();
  await words.fill('Dear Ms Li, we are on our way');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('.timeline-list').getByText('Dear Ms Li, we are on our way').waitFor();
  expect(await words.inputValue()).toBe('');
  expect(await storedBodies(id)).toEqual([]);

  await words.fill('Never mind');
  await discard.click();
  await page.getByText('The draft is gone.').waitFor();
  expect(await words.inputValue()).toBe('');
  expect(await storedBodies(id)).toEqual([]);
});

test('R2.5 words that cannot be kept are said to be, and stay on the page', async () => {
  const opened = await browserProduct.openPage({ role: 'agent' });
  const { page, user } = opened;
  const { id } = await createRequest(browserProduct.product.deps, { assigneeId: user.id });
  await page.goto(`/service-requests/${id}`);
  await page.context().clearCookies();
  await page.locator('#field-body').fill('Dear Ms Li');
  await page.getByText('These words are not kept just now').waitFor();
  expect(await page.locator('#field-body').inputValue()).toBe('Dear Ms Li');
  expect(await storedBodies(id)).toEqual([]);
  expect(opened.takeProblems().join('\n')).toContain('401');
});
