import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { translator } from '../../src/core/i18n.js';
import { startBrowserProduct, type BrowserProduct } from '../support/browser.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

test('R6.7 the sentence about a change stands on the next page, however slowly the session is stored', async () => {
  const t = translator('en');
  const { page } = await browserProduct.openPage();
  const run = (statement: string) => browserProduct.product.query(z.unknown(), statement);
  await page.goto('/profile');
  await run('BEGIN');
  await run('LOCK TABLE sessions IN EXCLUSIVE MODE');
  const submitted = page.getByRole('button', { name: t('form.save') }).click();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await run('COMMIT');
  await submitted;
  await page.getByText(t('auth.profileSaved')).waitFor();
  await page.reload();
  expect(await page.getByText(t('auth.profileSaved')).count()).toBe(0);
});
