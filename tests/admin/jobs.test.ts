import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { addTask } from '../../src/core/background-tasks.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import type { TestClient } from '../support/client.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let administrator: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  administrator = await product.signIn({ name: 'Li Wei' });
});
afterAll(() => product.close());

describe('R6.4 background jobs', () => {
  test('are listed with who, state, progress and error, the newest first', async () => {
    const context = { deps: product.deps, actor: { id: null, name: 'test' } };
    const add = (kind: string, createdById: string | null) =>
      unitOfWork(context, 'test.prepared', (tx) =>
        addTask(tx, { kind, payload: { id: newId() }, createdById, total: 1_200 }),
      );
    const failed = await add('first-kind', administrator.user.id);
    await add('second-kind', null);
    await product.query(
      z.unknown(),
      `UPDATE background_tasks SET state = 'failed', progress_done = 600, error = 'tasks.unexpectedError', created_at = now() - interval '1 hour'
       WHERE id = $1`,
      [failed],
    );
    const page = await administrator.page('/admin/jobs');
    const rows = page('.list tbody tr')
      .toArray()
      .map((row) => page(row).text());
    expect(rows[0]).toContain('second-kind');
    expect(rows[0]).toContain('System');
    expect(rows[1]).toContain('Li Wei');
    expect(rows[1]).toContain('Failed');
    expect(rows[1]).toContain('600 of 1,200');
    expect(rows[1]).toContain('Something unexpected stopped this work');
    expect((await administrator.page('/admin/jobs?state=failed'))('.list tbody tr').length).toBe(1);
    expect((await administrator.page('/admin/jobs?q=li'))('.list tbody tr').length).toBe(1);
  });

  test('refuse what they do not know, and people without the permission', async () => {
    expect((await administrator.get('/admin/jobs?state=lost')).status).toBe(422);
    const manager = await product.signIn({ role: 'manager' });
    expect((await manager.get('/admin/jobs')).status).toBe(403);
  });
});
