import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { registerUndoable } from '../../src/core/undo/undo.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { mostRowsAtOnce } from '../../src/modules/recent-actions/recent-actions.service.js';
import type { TestClient } from '../support/client.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
let undoPath = '';
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

/** A change of one more customer than a request takes back. */
beforeEach(async () => {
  const { deps } = product;
  const context = { deps, actor: factoryActor };
  const actionId = newId();
  const city = `City ${actionId}`;
  await unitOfWork(context, 'factory.created', async (tx) => {
    await tx.$executeRaw`
      INSERT INTO customers (id, customer_no, name, name_pinyin, name_initials, city)
      SELECT gen_random_uuid(), ${actionId} || n, 'Many ' || n, 'many', 'm', ${city}
      FROM generate_series(1, ${mostRowsAtOnce + 1}) AS n`;
    const summary = { label: 'Changed', count: mostRowsAtOnce + 1 };
    const action = { id: actionId, kind: 'bulkChanges.source', summary, actorId: manager.user.id };
    await registerUndoable(tx, action, deps.now());
  });
  await unitOfWork(
    context,
    'customers.changed',
    (tx) => tx.$executeRaw`UPDATE customers SET source = 'Changed' WHERE city = ${city}`,
    { undoableActionId: actionId },
  );
  undoPath = `/recent-actions/${actionId}/undo`;
});

const changedCount = async (): Promise<number> => {
  const city = `City ${undoPath.split('/')[2] ?? ''}`;
  const [row] = await product.query(
    z.object({ count: z.number() }),
    `SELECT count(*)::integer AS count FROM customers WHERE source = 'Changed' AND city = $1`,
    [city],
  );
  return row?.count ?? -1;
};

const bell = async (): Promise<string> => (await manager.page('/notifications'))('main').text();

describe('R1.11 undoing a change of many rows', () => {
  test('goes on in the background, once, and is reported', async () => {
    const answer = await manager.post(undoPath);
    expect(answer.headers['location']).toBe('/recent-actions');
    const list = await manager.page('/recent-actions');
    expect(list('body').text()).toContain('in the background');
    expect(list('main').text()).toContain('being undone');
    expect(await changedCount()).toBe(mostRowsAtOnce + 1);
    const again = await manager.post(undoPath);
    expect(again.status).toBe(409);
    expect(again.text).toContain('being undone already');

    await product.runTasks();
    expect(await changedCount()).toBe(0);
    expect(await bell()).toContain(`${mostRowsAtOnce + 1} records are back`);
    expect((await manager.post(undoPath)).status).toBe(409);
  });

  test('that is too late by the time it begins changes nothing and says so', async () => {
    await manager.post(undoPath);
    product.setNow(new Date(Date.now() + 31 * 86_400_000));
    await product.runTasks();
    product.setNow(undefined);
    expect(await changedCount()).toBe(mostRowsAtOnce + 1);
    expect(await bell()).toContain('could not be done');
    expect((await manager.post(undoPath)).status).toBe(303);
  });

  test('is not for others', async () => {
    const other = await product.signIn({ role: 'manager' });
    expect((await other.post(undoPath)).status).toBe(404);
  });
});
