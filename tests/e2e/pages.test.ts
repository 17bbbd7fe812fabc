import type { APIResponse } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { locales } from '../../src/core/i18n.js';
import { isDownload, plainPaths, recordPaths } from '../architecture/route-paths.js';
import { startBrowserProduct, type BrowserProduct, type OpenPage } from '../support/browser.js';
import { accessibilityProblems, markupProblems, sidewaysOverflow } from '../support/page-checks.js';
import { populate } from '../support/populate.js';
import { recordPath } from '../support/record-paths.js';

const pages = [...plainPaths, ...recordPaths].filter((path) => !isDownload(path));
const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
  await populate(browserProduct.product);
});
afterAll(() => browserProduct.close());

describe.each(locales)('R6.7 pages in %s', (locale) => {
  let opened: OpenPage;
  beforeAll(async () => {
    opened = await browserProduct.open({ locale });
  });
  afterAll(() => opened.close());

  test.each(pages)('%s', async (path) => {
    const { page } = opened;
    opened.takeProblems();
    const address = path.includes(':id') ? await recordPath(browserProduct.product, path) : path;
    const answer = await page.request.get(address);
    expect(answer.status()).toBe(200);
    const html = await answer.text();
    if (!isWholePage(answer, html)) return;
    expect(await markupProblems(html), 'markup').toEqual([]);
    await page.setViewportSize(sizes.desktop);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(address);
    expect(await accessibilityProblems(page), 'wide and light').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await accessibilityProblems(page, 'colours'), 'wide and dark').toEqual([]);
    await page.setViewportSize(sizes.phone);
    expect(await sidewaysOverflow(page), 'pixels too wide for a phone').toBe(0);
    expect(await accessibilityProblems(page, 'colours'), 'narrow and dark').toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await accessibilityProblems(page), 'narrow and light').toEqual([]);
    expect(opened.takeProblems(), 'console').toEqual([]);
  });
});

/** False for probes, calendars and the pieces that htmx puts into pages. */
function isWholePage(answer: APIResponse, text: string): boolean {
  return (
    (answer.headers()['content-type'] ?? '').startsWith('text/html') && text.startsWith('<!DOCTYPE html>')
  );
}
