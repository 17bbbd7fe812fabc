import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { translator } from '../../src/core/i18n.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { bulkChangeTask } from '../../src/modules/bulk-changes/bulk-change.task.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { confirm, confirmAll, factsOf, fieldsOf, resultsOf } from './bulk-steps.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager', name: 'Mei Lin' });
});
afterAll(() => product.close());

const filter = (city: string): string => new URLSearchParams({ city }).toString();

const createMany = (city: string) =>
  unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.created', async (tx) => {
    await tx.$executeRaw`
      INSERT INTO customers (id, customer_no, name, name_pinyin, name_initials, city)
      SELECT gen_random_uuid(), ${city} || n, 'Batch ' || n, 'batch', 'b', ${city} FROM generate_series(1, 1103) AS n`;
  });

const countWith = async (source: string): Promise<number> => {
  const [row] = await product.query(
    z.object({ count: z.number() }),
    'SELECT count(*)::integer AS count FROM customers WHERE source = $1',
    [source],
  );
  return row?.count ?? -1;
};

/** A worker that dies after its first batch, before it could note how far it came. */
const runOneBatch = async (): Promise<void> => {
  const [task] = await product.query(
    z.object({ id: z.string(), payload: z.unknown() }),
    `SELECT id::text, payload FROM background_tasks WHERE state = 'queued'`,
  );
  const context = { deps: product.deps, locale: 'en', t: translator('en'), actor: manager.user } as const;
  await bulkChangeTask.step(context, task?.id ?? '', task?.payload);
};

describe('R1.11 a change of many customers', () => {
  test('runs in batches, once, however often the form is sent and wherever a worker dies', async () => {
    await createMany('Once');
    const confirmation = await confirmAll(manager, 'source', filter('Once'), 1103);
    expect(factsOf(confirmation)).toContain('and 1,093 more');
    await manager.post('/bulk-changes', { ...fieldsOf(confirmation), value: 'Twice' });
    await runOneBatch();
    expect(await countWith('Twice')).toBe(500);
    const path = await confirm(product, manager, confirmation, 'Twice');
    expect(await resultsOf(manager, path)).toEqual({ Changed: '1,103' });
    const [transactions] = await product.query(
      z.object({ count: z.number(), rows: z.number() }),
      `SELECT count(DISTINCT transaction_id)::integer AS count, count(*)::integer AS rows FROM audit_log
       WHERE undoable_action_id = $1`,
      [path.split('/').at(-1)],
    );
    expect(transactions).toEqual({ count: 3, rows: 1103 });
  });

  test('that is taken back under way stops where it is', async () => {
    await createMany('Half');
    const confirmation = await confirmAll(manager, 'source', filter('Half'), 1103);
    const response = await manager.post('/bulk-changes', { ...fieldsOf(confirmation), value: 'Half' });
    await runOneBatch();
    expect(await countWith('Half')).toBe(500);
    const path = response.headers['location'] ?? '';
    await manager.post(`/recent-actions/${path.split('/').at(-1) ?? ''}/undo`);
    await product.runTasks();
    expect(await countWith('Half')).toBe(0);
    expect((await manager.page(path))('.notice').text()).toContain('Undone');
  });

  test('stops when whoever started it loses the permission, and says so', async () => {
    const leaver = await product.signIn({ grants: { 'customers:read': 'all', 'customers:edit': 'all' } });
    const confirmation = await confirmAll(leaver, 'source');
    const response = await leaver.post('/bulk-changes', { ...fieldsOf(confirmation), value: 'Never' });
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.created', (tx) =>
      tx.roleGrant.deleteMany({
        where: { permission: 'customers:edit', role: { users: { some: { userId: leaver.user.id } } } },
      }),
    );
    await product.runTasks();
    expect(await countWith('Never')).toBe(0);
    const document = await leaver.page(response.headers['location'] ?? '');
    expect(document('.notice').text()).toContain('may no longer');
    expect(document('form[action$="/undo"]')).toHaveLength(0);
  });

  test('keeps no phone number that somebody searched for', async () => {
    const customer = await createCustomer(product.deps, { phone: '+8613912345678' });
    const confirmation = await confirmAll(manager, 'source', 'q=13912345678', 1);
    await confirm(product, manager, confirmation, 'Found by phone');
    const payloads = await product.query(
      z.object({ text: z.string() }),
      'SELECT payload::text AS text FROM background_tasks',
    );
    expect(payloads.some(({ text }) => text.includes('13912345678'))).toBe(false);
    const [row] = await product.query(
      z.object({ source: z.string() }),
      'SELECT source FROM customers WHERE id = $1',
      [customer.id],
    );
    expect(row?.source).toBe('Found by phone');
  });
});

test('R1.11 a change of customers from before requests could be changed too still runs, and is undone', async () => {
  await createMany('Older');
  const confirmation = await confirmAll(manager, 'source', filter('Older'), 1103);
  const response = await manager.post('/bulk-changes', { ...fieldsOf(confirmation), value: 'Older' });
  await product.query(
    z.object({}),
    `UPDATE background_tasks SET payload = payload - 'subject' WHERE state = 'queued' RETURNING 1`,
  );
  await product.runTasks();
  expect(await countWith('Older')).toBe(1103);
  const path = response.headers['location'] ?? '';
  expect((await manager.page(path))('h1').text()).toContain('Change source: Older');
  await manager.post(`/recent-actions/${path.split('/').at(-1) ?? ''}/undo`);
  await product.runTasks();
  expect(await countWith('Older')).toBe(0);
});
