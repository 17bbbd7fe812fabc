import type { APIResponse, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Locale } from '../../src/core/i18n.js';
import { isDownload, plainPaths, recordPaths } from '../architecture/route-paths.js';
import { startBrowserProduct, type BrowserProduct, type OpenPage } from '../support/browser.js';
import { accessibilityProblems, markupProblems, sidewaysOverflow } from '../support/page-checks.js';
import { populate } from '../support/populate.js';
import { recordPath } from '../support/record-paths.js';

type Theme = 'light' | 'dark';

const pages = [...plainPaths, ...recordPaths].filter((path) => !isDownload(path));
const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/**
 * Tests every page in one language: on a desktop in one theme, on a phone in the other one. The other language takes the
 * themes the other way round, so that each pair of language, width and theme is looked at.
 */
export function walkPages(locale: Locale, themes: { readonly desktop: Theme; readonly phone: Theme }): void {
  describe(`R6.7 pages in ${locale}`, () => {
    let browserProduct: BrowserProduct;
    let opened: OpenPage;
    beforeAll(async () => {
      browserProduct = await startBrowserProduct();
      await populate(browserProduct.product);
      opened = await browserProduct.open({ locale });
    });
    afterAll(() => browserProduct.close());

    test.each(pages)('%s', async (path) => {
      const { page } = opened;
      opened.takeProblems();
      const address = path.includes(':id') ? await recordPath(browserProduct.product, path) : path;
      const answer = await page.request.get(address);
      expect(answer.status()).toBe(200);
      const html = await answer.text();
      if (!isWholePage(answer, html)) return;
      expect(await markupProblems(html), 'markup').toEqual([]);
      await show(page, 'desktop', themes.desktop);
      await page.goto(address);
      expect(await accessibilityProblems(page, 'whole'), `desktop, ${themes.desktop}`).toEqual([]);
      await show(page, 'phone', themes.phone);
      expect(await sidewaysOverflow(page), 'pixels too wide for a phone').toBe(0);
      expect(await accessibilityProblems(page, 'look'), `phone, ${themes.phone}`).toEqual([]);
      expect(opened.takeProblems(), 'console').toEqual([]);
    });
  });
}

async function show(page: Page, size: keyof typeof sizes, theme: Theme): Promise<void> {
  await page.setViewportSize(sizes[size]);
  await page.emulateMedia({ colorScheme: theme });
}

/** False for probes, calendars and the pieces that htmx puts into pages. */
function isWholePage(answer: APIResponse, text: string): boolean {
  return (
    (answer.headers()['content-type'] ?? '').startsWith('text/html') && text.startsWith('<!DOCTYPE html>')
  );
}
