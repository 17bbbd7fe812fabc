import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { translator } from '../../src/core/i18n.js';
import {
  startBrowserProduct,
  takeScreenshot,
  type BrowserProduct,
  type OpenPage,
} from '../support/browser.js';
import { createUser, type TestUser } from '../support/factories/user.js';
import { readDownloadedRows } from '../support/workbook.js';
import { customerFile, goodNames, rejectedRemarks } from './customer-file.js';

const t = translator('en');
const recordAddress = /\/customers\/[-0-9a-f]{36}$/;
const counts = { created: goodNames.length, updated: 0, rejected: rejectedRemarks.length };

let browserProduct: BrowserProduct;
let manager: TestUser;
let opened: OpenPage;
let page: Page;

beforeAll(async () => {
  browserProduct = await startBrowserProduct();
  manager = await createUser(browserProduct.product.deps, { role: 'manager', name: 'Mei Lin' });
  opened = await browserProduct.open({ user: manager, isSignedOut: true });
  page = opened.page;
});
afterAll(async () => {
  const problems = opened.takeProblems();
  await browserProduct.close();
  expect(problems).toEqual([]);
});

const button = (name: string | RegExp) => page.getByRole('main').getByRole('button', { name });
const link = (name: string | RegExp) => page.getByRole('main').getByRole('link', { name });
const notice = () => page.locator('.notice').first();
const listedNames = () => page.locator('#list .row-link').allTextContents();
/** Quick work is done before its page is there; otherwise the progress ends in a link to the result. */
const seeResult = async (sentence: string): Promise<void> => {
  const result = page.getByText(sentence);
  const done = link(t('imports.showResult'));
  await result.or(done).first().waitFor();
  if (await done.isVisible()) await done.click();
  await result.waitFor();
};
const openCustomer = async (name: string): Promise<void> => {
  await page.goto('/customers');
  await link(name).click();
  await page.waitForURL(recordAddress);
};

describe('the first job: a list in a file becomes customers that are looked after', () => {
  test('R5.1 a manager signs in and lands on the page that was asked for', async () => {
    await page.goto('/customers');
    await page.getByLabel(t('auth.username')).fill(manager.username);
    await page.getByLabel(t('auth.password')).fill(manager.password);
    await button(t('auth.signIn')).click();
    await page.waitForURL('**/customers');
    expect(await page.getByRole('main').textContent()).toContain(t('customers.empty'));
  });

  test('R1.8 the file is uploaded, its columns are recognised, and its defects are found before anything is stored', async () => {
    await page
      .getByRole('navigation', { name: t('frame.navigation') })
      .getByRole('link', { name: t('navigation.imports') })
      .click();
    await link(t('imports.new')).first().click();
    await page.getByLabel(t('imports.targetQuestion')).selectOption('customers');
    await page.locator('input[type="file"]').setInputFiles(customerFile);
    await button(t('imports.upload')).click();
    await page.waitForURL('**/mapping');
    const selects = await page.getByRole('main').locator('select[name="columns"]').all();
    const chosen = await Promise.all(selects.map((select) => select.inputValue()));
    expect(chosen).toEqual(['name', 'phone', 'email', 'birthDate', 'city', 'remark']);
    await button(t('imports.check')).click();
    await seeResult(t('imports.readyNotice', counts));
    await takeScreenshot(page, 'import-checked');
    expect(await browserProduct.product.deps.database.models.customer.count()).toBe(0);
  });

  test('R1.8 the good rows are stored, the others come back as Excel with the reason', async () => {
    await button(t('imports.run', { count: goodNames.length, number: String(goodNames.length) })).click();
    await seeResult(t('imports.doneNotice', counts));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      link(
        t('imports.downloadRejected', {
          count: rejectedRemarks.length,
          number: String(rejectedRemarks.length),
        }),
      ).click(),
    ]);
    const rows = (await readDownloadedRows(download)).filter((cells) =>
      rejectedRemarks.some((remark) => cells.includes(remark)),
    );
    expect(rows).toHaveLength(rejectedRemarks.length);
    expect(rows.every((cells) => (cells.at(-1) ?? '').length > 10)).toBe(true);
  });

  test('R1.5 a customer is found by the initials of the name, from the keyboard', async () => {
    await page.goto('/');
    await page.keyboard.press('/');
    await page.keyboard.type('oyx');
    await page.keyboard.press('Enter');
    await page.waitForURL(recordAddress);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('欧阳修');
    expect(await page.getByRole('main').textContent()).toContain('=1+1');
  });

  test('R1.1 a record is corrected', async () => {
    await openCustomer('张三');
    await page.keyboard.press('e');
    await page.waitForURL('**/edit');
    await page.getByLabel(t('customers.city')).fill('杭州');
    await button(t('form.save')).click();
    await page.getByText(t('customers.saved', { name: '张三' })).waitFor();
    expect(await page.getByRole('main').textContent()).toContain('杭州');
  });

  test('R1.1 who saves second sees both versions, keeps what they typed, and can still save it', async () => {
    const second = await browserProduct.openPage({ role: 'manager', name: 'Second Editor' });
    await openCustomer('张三');
    await page.keyboard.press('e');
    await page.waitForURL('**/edit');
    await second.page.goto(page.url());
    await second.page.getByLabel(t('customers.city')).fill('南京');
    await second.page.getByRole('button', { name: t('form.save') }).click();
    await second.page.getByText(t('customers.saved', { name: '张三' })).waitFor();

    await page.getByLabel(t('customers.remark')).fill('Typed for ten minutes');
    await page.getByLabel(t('customers.city')).fill('苏州');
    const [response] = await Promise.all([
      page.waitForResponse((answer) => answer.request().method() === 'POST'),
      button(t('form.save')).click(),
    ]);
    expect(response.status()).toBe(409);
    expect(await notice().textContent()).toContain('Second Editor');
    const row = page.getByRole('row', { name: t('customers.city') });
    expect(await row.textContent()).toMatch(/南京[\s\S]*苏州/);
    await takeScreenshot(page, 'edit-conflict');
    expect(await page.getByLabel(t('customers.remark')).inputValue()).toBe('Typed for ten minutes');
    await button(t('form.save')).click();
    await page.getByText(t('customers.saved', { name: '张三' })).waitFor();
    expect(await page.getByRole('main').textContent()).toContain('苏州');
  });

  test('R1.12 a customer is deleted and brought back', async () => {
    await openCustomer('李四');
    await page.locator('.action-menu summary').click();
    await link(t('form.delete')).click();
    await button(t('customers.deleteConfirm')).click();
    await page.getByText(t('customers.deleted')).waitFor();
    expect(await listedNames()).not.toContain('李四');
    await button(t('frame.undo')).click();
    await page.getByText(t('undo.done', { count: 1 })).waitFor();
    await page.goto('/customers');
    expect((await listedNames()).sort()).toEqual([...goodNames].sort());
  });

  test('R1.9 the list that is filtered is downloaded as Excel, every row of it and no other', async () => {
    await page.goto('/customers?q=138&sort=name');
    await page.goto('/customers?sort=name');
    const [download] = await Promise.all([page.waitForEvent('download'), link(/Excel/).click()]);
    const rows = await readDownloadedRows(download);
    const found = goodNames.filter((name) => rows.some((cells) => cells.includes(name)));
    expect(found).toEqual(goodNames);
    expect(rows.flat()).toContain('=1+1');
  });

  test('R5.3 an administrator reads every change of the record, who made it and what it was before', async () => {
    const [customer] = await browserProduct.product.query(
      z.object({ id: z.string() }),
      `SELECT id::text FROM customers WHERE name = '张三'`,
    );
    const changes = await browserProduct.product.query(
      z.object({ actor_name: z.string() }),
      'SELECT actor_name FROM audit_log WHERE record_id = $1 ORDER BY id DESC',
      [customer?.id],
    );
    expect(changes.map(({ actor_name }) => actor_name)).toEqual([
      'Mei Lin',
      'Second Editor',
      'Mei Lin',
      'Mei Lin',
    ]);
    const administrator = await browserProduct.openPage({ role: 'administrator' });
    await administrator.page.goto(`/customers/${customer?.id ?? ''}`);
    await administrator.page.locator('.action-menu summary').click();
    await administrator.page.getByRole('link', { name: t('customers.history') }).click();
    const sentences = await administrator.page.locator('#list .row-link').allTextContents();
    expect(sentences).toHaveLength(changes.length);
    expect(sentences.map((sentence) => sentence.includes('Second Editor'))).toEqual([
      false,
      true,
      false,
      false,
    ]);
    await administrator.page.locator('#list .row-link').first().click();
    expect(await administrator.page.getByRole('main').textContent()).toMatch(/南京[\s\S]*苏州/);
    await takeScreenshot(administrator.page, 'audit-entry');
  });
});
