import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { load } from 'cheerio';
import { expect, onTestFinished } from 'vitest';
import type { Locale } from '../../src/core/i18n.js';
import { projectRoot } from '../../src/core/paths.js';
import { serve, type RunningServer } from '../../src/serve.js';
import { startChromium } from './chromium.js';
import { createUser, type TestUser, type UserOptions } from './factories/user.js';
import { collectProblems } from './page-problems.js';
import { startTestProduct, type TestProduct } from './product.js';

export interface PageOptions extends UserOptions {
  /** A user who is there already, instead of a new one. */
  readonly user?: TestUser;
  /** Leaves the signing in to the test. */
  readonly isSignedOut?: boolean;
  readonly locale?: Locale;
  /** In CSS pixels; 1,440 unless told. */
  readonly width?: 1440 | 390;
  readonly theme?: 'light' | 'dark';
}

export interface OpenPage {
  readonly page: Page;
  readonly user: TestUser;
  /** What the browser complained of since the last call: errors on its console, scripts and styles that were stopped. */
  takeProblems(): string[];
  close(): Promise<void>;
}

/** The product on a real port with a Chromium in front of it. Background tasks run in this process as they are woken. */
export interface BrowserProduct {
  readonly product: TestProduct;
  readonly address: string;
  /** Opens a page of somebody who is signed in. Close it yourself; within a test use `openPage`. */
  open(options?: PageOptions): Promise<OpenPage>;
  /** Opens a page for one test: closed after it, which fails when the browser complained of anything. */
  openPage(options?: PageOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

const taskPollMillis = 100;
/** Less than a test has, so that a failure names the step that waited in vain. */
const actionTimeoutMillis = 10_000;

/** Starts product and browser for one test file; close them afterwards. */
export async function startBrowserProduct(): Promise<BrowserProduct> {
  const product = await startTestProduct({ environment: { PORT: '0', HOST: '127.0.0.1' } });
  const server = await serve(product.deps);
  const browser = await startChromium();
  const address = `http://127.0.0.1:${server.port}`;
  const stopTasks = runTasksAsTheyCome(product);
  const open = (options: PageOptions = {}) => openSignedIn(product, browser, address, options);
  return {
    product,
    address,
    open,
    async openPage(options) {
      const opened = await open(options);
      onTestFinished(async () => {
        const problems = opened.takeProblems();
        await opened.close();
        expect(problems).toEqual([]);
      });
      return opened;
    },
    close: () => closeAll(browser, server, stopTasks, product),
  };
}

/** Saves what the page shows under test-output/, for looking at. */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  const folder = join(projectRoot, 'test-output/screens');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

async function openSignedIn(
  product: TestProduct,
  browser: Browser,
  address: string,
  {
    user: known,
    isSignedOut = false,
    locale = 'en',
    width = 1440,
    theme = 'light',
    ...userOptions
  }: PageOptions,
): Promise<OpenPage> {
  const user = known ?? (await createUser(product.deps, { ...userOptions, locale }));
  const context = await browser.newContext({
    baseURL: address,
    locale,
    colorScheme: theme,
    viewport: { width, height: width === 390 ? 844 : 900 },
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(actionTimeoutMillis);
  if (!isSignedOut) await signIn(context, user);
  const page = await context.newPage();
  return { page, user, takeProblems: collectProblems(page), close: () => context.close() };
}

/** Without a page, which is quicker; the test of signing in uses the page. */
async function signIn(context: BrowserContext, { username, password }: TestUser): Promise<void> {
  const form = load(await (await context.request.get('/login')).text());
  const token = form('input[name="_csrf"]').first().attr('value') ?? '';
  const response = await context.request.post('/login', {
    form: { _csrf: token, username, password },
    maxRedirects: 0,
  });
  if (response.status() !== 303) throw new Error(`signing in answered ${response.status()}`);
}

function runTasksAsTheyCome(product: TestProduct): () => Promise<void> {
  let handled = 0;
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    if (product.woken.length === handled) return;
    handled = product.woken.length;
    running = running.then(() => product.runTasks());
  }, taskPollMillis);
  return () => {
    clearInterval(timer);
    return running;
  };
}

async function closeAll(
  browser: Browser,
  server: RunningServer,
  stopTasks: () => Promise<void>,
  product: TestProduct,
): Promise<void> {
  await browser.close();
  await stopTasks();
  await server.close();
  await product.close();
}
