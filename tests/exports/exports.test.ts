import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheerioAPI } from 'cheerio';
import { exportLog } from '../../src/core/exports/export-log.js';
import { v7 as newId } from 'uuid';
import { createCustomer } from '../support/factories/customer.js';
import type { TestClient } from '../support/client.js';
import { exportEnded } from '../support/export-ended.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let exporter: TestClient;
let auditor: TestClient;

/** Rows as texts by the label of their column. */
const rowsOf = (page: CheerioAPI): Record<string, string>[] =>
  page('tbody tr')
    .get()
    .map((row) =>
      Object.fromEntries(
        page(row)
          .find('td')
          .get()
          .map((cell) => [page(cell).attr('data-label') ?? '', page(cell).text().trim()]),
      ),
    );

beforeAll(async () => {
  product = await startTestProduct();
  exporter = await product.signIn({
    name: 'Ou Yang',
    grants: { 'customers:read': 'all', 'customers:export': 'all' },
  });
  auditor = await product.signIn({ name: 'Au Ditor', role: 'manager' });
});
afterAll(() => product.close());

describe('R5.4 the log of exports', () => {
  test('is empty in words before the first export', async () => {
    const page = await exporter.page('/exports');
    expect(page('.empty-state').text()).toContain('Nothing was exported yet');
  });

  test('shows an export with time, person, contents, filter, rows and how it ended', async () => {
    await createCustomer(product.deps, { city: '上海' });
    await exporter.download('/customers.csv?city=上海');
    await exportEnded(product, exporter.user.id);
    const [row, ...others] = rowsOf(await exporter.page('/exports'));
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      'Exported by': 'Ou Yang',
      Contents: 'Customers',
      Filter: 'City: 上海',
      Format: 'CSV',
      Rows: '1',
      State: 'Finished',
    });
    expect(row?.['Exported at']).toMatch(/\d/);
  });

  test('tells exports that ended early, and those without a known end, from whole ones', async () => {
    const context = { deps: product.deps, actor: { id: exporter.user.id, name: exporter.user.name } };
    const cancelled = exportLog(context, newId());
    await cancelled.started({ name: 'customers', format: 'xlsx', filters: [] });
    await cancelled.ended('aborted', { rows: 1234, reason: 'cancelled' });
    await exportLog(context, newId()).started({ name: 'customers', format: 'xlsx', filters: [] });

    const rows = rowsOf(await exporter.page('/exports?format=xlsx'));
    expect(rows.map((row) => [row['State'], row['Rows'], row['Filter']])).toEqual([
      ['Started', '', 'None: the whole list'],
      ['Ended early', 'at most 1,234', 'None: the whole list'],
    ]);
    const byState = async (state: string) => rowsOf(await exporter.page(`/exports?state=${state}`)).length;
    expect([await byState('started'), await byState('aborted'), await byState('finished')]).toEqual([
      1, 1, 1,
    ]);
  });

  test('finds exports by person and by filter', async () => {
    expect(rowsOf(await exporter.page('/exports?q=上海'))).toHaveLength(1);
    expect(rowsOf(await exporter.page('/exports?q=ou+yang'))).toHaveLength(3);
    expect(rowsOf(await exporter.page('/exports?q=100%25'))).toHaveLength(0);
  });

  test('shows their own to those who export, and everybody’s to those who read the audit log', async () => {
    await auditor.download('/customers.csv');
    expect(rowsOf(await exporter.page('/exports')).map((row) => row['Exported by'])).toEqual(
      Array(3).fill('Ou Yang'),
    );
    expect(rowsOf(await auditor.page('/exports')).map((row) => row['Exported by'])).toEqual([
      'Au Ditor',
      ...Array<string>(3).fill('Ou Yang'),
    ]);
  });

  test('is for those who may export', async () => {
    const agent = await product.signIn({ role: 'agent' });
    expect((await agent.get('/exports')).status).toBe(403);
    expect((await product.anonymous().get('/exports')).status).toBe(303);
    expect((await exporter.get('/exports/1')).status).toBe(404);
  });

  test.each(['?unknown=1', '?format=pdf', '?state=x', '?sort=rows', '?after=x'])(
    'refuses %s',
    async (query) => {
      expect((await exporter.get(`/exports${query}`)).status).toBe(422);
    },
  );

  test('goes through pages by keyset', async () => {
    const context = { deps: product.deps, actor: { id: auditor.user.id, name: auditor.user.name } };
    for (let count = 0; count < 52; count += 1) {
      await exportLog(context, newId()).started({ name: 'customers', format: 'csv', filters: [] });
    }
    const first = await auditor.page('/exports');
    expect(rowsOf(first)).toHaveLength(50);
    const next = first('nav.pager a[rel=next]').attr('href') ?? '';
    expect(rowsOf(await auditor.page(next))).toHaveLength(6);
  });
});
