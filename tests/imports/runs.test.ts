import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { forgetOldRows } from '../../src/modules/imports/import-expiry.js';
import type { TestClient } from '../support/client.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { checkFile, createLines, importCounts, importLines, startRun } from './wizard.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const lines = (prefix: string, count: number) => [
  '客户编号,姓名',
  ...Array.from({ length: count }, (_, index) => `${prefix}${index + 1},姓名`),
];

const Count = z.object({ count: z.number() });
const count = async (rows: string): Promise<number> =>
  (await product.query(Count, `SELECT count(*)::integer AS count FROM ${rows}`))[0]?.count ?? -1;

describe('R1.8 storing a checked file', () => {
  test('is told in numbers before, is in the audit step by step, and reports when done', async () => {
    const id = await createLines(product, manager, lines('A', 3));
    await checkFile(product, manager, id);
    expect((await manager.page(`/imports/${id}`))('form[action$="/run"] button').text()).toBe(
      'Import 3 rows',
    );
    await startRun(manager, id);
    const running = await manager.page(`/imports/${id}`);
    expect(running('progress')).toHaveLength(1);
    expect(running('form[action$="/cancellation"]')).toHaveLength(1);
    await product.runTasks();
    expect((await manager.page(`/imports/${id}`))('main').text()).toContain(
      '3 created, 0 updated, 0 rejected',
    );
    const steps = await product.query(
      z.object({ action: z.string(), state: z.string() }),
      `SELECT action, after->>'state' AS state FROM audit_log WHERE record_id = $1 ORDER BY id`,
      [id],
    );
    expect(steps.slice(1)).toEqual([
      { action: 'imports.mapped', state: 'checking' },
      { action: 'imports.checked', state: 'ready' },
      { action: 'imports.started', state: 'running' },
      { action: 'imports.finished', state: 'done' },
    ]);
    const audited = await product.query(
      z.object({ action: z.string(), actor_id: z.string().nullable() }),
      `SELECT DISTINCT action, actor_id::text FROM audit_log WHERE table_name = 'customers'`,
    );
    expect(audited).toEqual([{ action: 'imports.run', actor_id: manager.user.id }]);
    expect(await count(`import_keys WHERE import_id = '${id}'`)).toBe(0);
  });

  test('starts once: a second press, or a page that is not the newest, is 409', async () => {
    const id = await createLines(product, manager, lines('B', 2));
    await checkFile(product, manager, id);
    const page = await manager.page(`/imports/${id}`);
    const version = page('form[action$="/run"] input[name="version"]').attr('value') ?? '';
    expect((await manager.post(`/imports/${id}/run`, { version: '1' })).status).toBe(409);
    expect((await manager.post(`/imports/${id}/run`, {})).status).toBe(422);
    const presses = await Promise.all([1, 2, 3].map(() => manager.post(`/imports/${id}/run`, { version })));
    expect(presses.map(({ status }) => status).sort()).toEqual([303, 409, 409]);
    await product.runTasks();
    expect(await count(`customers WHERE customer_no LIKE 'B%'`)).toBe(2);
  });

  test('can be stopped: what is stored stays, the rest is skipped', async () => {
    const id = await createLines(product, manager, lines('D', 45), { rowsPerChunk: 1 });
    await checkFile(product, manager, id);
    await startRun(manager, id);
    const working = product.runTasks();
    while ((await count(`customers WHERE customer_no LIKE 'D%'`)) < 5)
      await new Promise((next) => setTimeout(next, 5));
    const cancelled = await manager.post(`/imports/${id}/cancellation`, { version: '1' });
    expect(cancelled.status).toBe(303);
    await working;
    const counts = await importCounts(product, id);
    expect(counts).toMatchObject({ state: 'cancelled', rejected: 0 });
    expect(counts.created).toBeGreaterThanOrEqual(5);
    expect(counts.created).toBeLessThan(45);
    expect(counts.created + counts.skipped).toBe(45);
    expect(await count(`customers WHERE customer_no LIKE 'D%'`)).toBe(counts.created);
    const page = await manager.page(`/imports/${id}`);
    expect(page('main').text()).toContain('The import was stopped');
    expect(page('a[href$="/undo"]')).toHaveLength(1);
    expect((await manager.post(`/imports/${id}/cancellation`, { version: '1' })).status).toBe(409);
  });

  test('stops when whoever started it may not import any more', async () => {
    const clerk = await product.signIn({ grants: { 'imports:run': 'all', 'customers:create': 'all' } });
    const id = await createLines(product, clerk, lines('E', 2));
    await checkFile(product, clerk, id);
    await startRun(clerk, id);
    await product.query(
      z.object({}),
      `DO $$ BEGIN PERFORM set_config('audit.actor_name', 'test', true), set_config('audit.action', 'test.changed', true);
       DELETE FROM role_grants WHERE permission = 'customers:create' AND role_id IN (SELECT role_id FROM user_roles WHERE user_id = '${clerk.user.id}'); END $$`,
    );
    await product.runTasks();
    expect(await importCounts(product, id)).toMatchObject({ state: 'failed' });
    expect(await count(`customers WHERE customer_no LIKE 'E%'`)).toBe(0);
    expect((await clerk.page(`/imports/${id}`))('.notice').text()).toContain(
      'may not import such data any more',
    );
  });

  test('the rows of a file are forgotten after 30 days, the report stays', async () => {
    const id = await importLines(product, manager, ['姓名,手机', '张三,12', '李四,']);
    const fresh = await createLines(product, manager, lines('G', 1));
    product.setNow(new Date(Date.now() + 31 * 86_400_000));
    const other = await createLines(product, manager, lines('H', 1));
    await forgetOldRows({ ...product.deps, now: () => new Date(Date.now() + 29 * 86_400_000) });
    expect(await count(`import_chunks WHERE import_id = '${fresh}'`)).toBe(1);
    await forgetOldRows(product.deps);
    product.setNow(undefined);
    expect(await count(`import_chunks WHERE import_id IN ('${id}', '${other}')`)).toBe(0);
    const page = await manager.page(`/imports/${id}`);
    expect(page('#list').text()).toContain('no such phone number exists');
    expect(page('a[href$="/rejected.xlsx"]')).toHaveLength(0);
    expect((await manager.get(`/imports/${id}/rejected.xlsx`)).status).toBe(404);
  });
});
