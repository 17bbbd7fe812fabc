import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { closeAndAsk, openTestRequest } from '../surveys/requests.js';
import { startBrowserProduct, type BrowserProduct } from '../support/browser.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPersonalLink } from '../support/factories/personal-link.js';
import { createSurvey } from '../support/factories/survey.js';
import { createUser } from '../support/factories/user.js';
import { accessibilityProblems, markupProblems, sidewaysOverflow } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

test('R2.8 staff hand a link over, the customer rates on a phone, staff read it', async () => {
  const { product } = browserProduct;
  const staff = await createUser(product.deps, { role: 'manager', name: 'Wang Fang' });
  const customer = await createCustomer(product.deps, { name: '李四' });
  const requestId = await openTestRequest(product, { customerId: customer.id, assigneeId: staff.id });
  await closeAndAsk(product, requestId);
  const { page: desk } = await browserProduct.openPage({ user: staff });
  await desk.goto('/evaluations');
  await desk.evaluate(`(() => {
    const form = document.createElement('form');
    form.method = 'post';
    form.action = '/service-requests/${requestId}/survey-link';
    form.append(document.querySelector('input[name="_csrf"]').cloneNode());
    document.body.append(form);
    form.submit();
  })()`);
  await desk.getByAltText('QR code of the link').waitFor();
  const address = await desk.getByLabel('Link', { exact: true }).inputValue();

  const { page: phone } = await browserProduct.openPage({ isSignedOut: true, width: 390 });
  await phone.goto(new URL(address).pathname);
  await phone.getByRole('link', { name: 'English' }).click();
  await phone.getByRole('group', { name: 'The service' }).getByLabel('2 – poor').check();
  await phone.getByLabel('I waited too long').check();
  expect(await phone.getByText('What did you like?').isVisible()).toBe(false);
  await phone.getByLabel('Anything else').fill('An hour in the cold');
  await phone.waitForTimeout(2_100);
  await phone.getByRole('button', { name: 'Send rating' }).click();
  await phone.getByText('Thank you, your rating has reached us.').waitFor();

  await desk.goto('/evaluations');
  await desk.locator('#list').getByText('I waited too long · An hour in the cold').waitFor();
  await desk.locator('#list').getByText('2 of 5').waitFor();
  const recoveries = await product.query(
    z.object({ subject: z.string() }),
    `SELECT subject FROM service_requests WHERE origin LIKE 'recovery:%'`,
  );
  expect(recoveries.length).toBe(1);
});

test('R2.1 R2.3 a customer files a request, sees its state and adds a word', async () => {
  const { product } = browserProduct;
  const { id: customerId } = await createCustomer(product.deps, { name: '王小明' });
  const own = await createPersonalLink(product.deps, { customerId });
  const { page } = await browserProduct.openPage({ isSignedOut: true, width: 390, locale: 'en' });
  await page.goto(own.path);
  await page.getByLabel('What is it?').selectOption('Repair');
  await page.getByLabel('What can we do for you?').fill('The tap drips');
  await page.waitForTimeout(2_100);
  await page.getByRole('button', { name: 'Send request' }).click();
  await page.getByText('your request has reached us').waitFor();
  await page.getByText('Received', { exact: true }).waitFor();

  const [request] = await product.query(
    z.object({ id: z.string() }),
    'SELECT id FROM service_requests WHERE customer_id = $1',
    [customerId],
  );
  const link = await createPersonalLink(product.deps, { customerId, requestId: request?.id ?? '' });
  await page.goto(link.path);
  await page.getByLabel('Your message').fill('Mornings suit me');
  await page.waitForTimeout(2_100);
  await page.getByRole('button', { name: 'Send message' }).click();
  await page.getByText('your message has reached us').waitFor();
  await page.locator('.said-own').getByText('Mornings suit me').waitFor();
});

test('R6.7 pages behind personal links are valid and accessible, wide and narrow, light and dark', async () => {
  const { product } = browserProduct;
  const staff = await createUser(product.deps, { role: 'agent' });
  const { id: customerId } = await createCustomer(product.deps, { email: 'somebody@example.com' });
  const requestId = await openTestRequest(product, {
    customerId,
    assigneeId: staff.id,
    subject: 'x'.repeat(120),
  });
  const survey = await createSurvey(product.deps, { requestId, customerId, staffName: '王芳' });
  const paths = [
    `/p/survey/${survey.token}`,
    (await createPersonalLink(product.deps, { customerId })).path,
    (await createPersonalLink(product.deps, { customerId, requestId })).path,
    '/p/request/gone',
  ];
  for (const theme of ['light', 'dark'] as const) {
    const opened = await browserProduct.open({ isSignedOut: true, theme });
    const { page } = opened;
    for (const path of paths) {
      const response = await page.goto(`${path}?lang=${theme === 'light' ? 'en' : 'zh-CN'}`);
      expect(await markupProblems((await response?.text()) ?? ''), path).toEqual([]);
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await accessibilityProblems(page, 'whole'), `${path} at ${width}`).toEqual([]);
        expect(await sidewaysOverflow(page), `${path} at ${width}`).toBe(0);
      }
    }
    await opened.close();
  }
});
