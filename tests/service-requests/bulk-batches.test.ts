import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { translator } from '../../src/core/i18n.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { bulkChangeTask } from '../../src/modules/bulk-changes/bulk-change.task.js';
import { fieldsOf, resultsOf } from '../bulk-changes/bulk-steps.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createRequest, stateIdOf } from '../support/factories/service-request.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

/** More than two batches of a change of state, and more than one of any other. */
const requests = 203;

let product: TestProduct;
let customerId: string;
let waitingId: string;
beforeAll(async () => {
  product = await startTestProduct();
  customerId = (await createCustomer(product.deps)).id;
  waitingId = await stateIdOf(product.deps, 'waiting');
  for (let each = 0; each < requests; each += 1) await createRequest(product.deps, { customerId });
}, 120_000);
afterAll(() => product.close());

const grants = { 'service-requests:read': 'all', 'service-requests:work': 'all' } as const;

/** Sends the change of all requests; returns the path of its result. */
async function start(client: TestClient, action: string, value: string): Promise<string> {
  const address = new URLSearchParams({ action, filter: '', count: '0', all: 'on', value });
  const confirmation = await client.page(`/bulk-changes/service-requests/new?${address.toString()}`);
  const response = await client.post('/bulk-changes/service-requests', fieldsOf(confirmation));
  return response.headers['location'] ?? '';
}

/** A worker that does one batch and dies before it can note how far it came. */
async function runOneBatch(client: TestClient): Promise<void> {
  const [task] = await product.query(
    z.object({ id: z.string(), payload: z.unknown() }),
    `SELECT id::text, payload FROM background_tasks WHERE state = 'queued'`,
  );
  const context = { deps: product.deps, locale: 'en', t: translator('en'), actor: client.user } as const;
  await bulkChangeTask.step(context, task?.id ?? '', task?.payload);
}

const moves = async (): Promise<Record<string, number>> => {
  const rows = await product.query(
    z.object({ id: z.string(), count: z.number() }),
    `SELECT request_id::text AS id, count(*)::integer AS count FROM request_state_changes
     WHERE from_state_id IS NOT NULL GROUP BY request_id`,
  );
  return Object.fromEntries(rows.map(({ id, count }) => [id, count]));
};

test('R2.5 two workers at once move each request once; a right that is lost midway ends it there', async () => {
  const leaver = await product.signIn({ grants });
  const path = await start(leaver, 'state', waitingId);
  await Promise.all([runOneBatch(leaver), runOneBatch(leaver)]);
  expect(Object.values(await moves())).toEqual(Array.from({ length: 50 }, () => 1));
  await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', (tx) =>
    tx.roleGrant.deleteMany({
      where: { permission: 'service-requests:work', role: { users: { some: { userId: leaver.user.id } } } },
    }),
  );
  await product.runTasks();
  expect(Object.keys(await moves())).toHaveLength(50);
  const page = await leaver.page(path);
  expect(page('.notice').text()).toContain('may no longer change these requests');
  expect(await resultsOf(leaver, path)).toMatchObject({ Changed: '50' });
});

test('R2.5 each batch is one transaction of few statements, with what follows from it', async () => {
  const manager = await product.signIn({ grants });
  const path = await start(manager, 'priority', '4');
  await product.runTasks();
  expect(await resultsOf(manager, path)).toEqual({ Changed: '203' });
  const [run] = await product.query(
    z.object({ transactions: z.number(), requests: z.number() }),
    `SELECT count(DISTINCT transaction_id)::integer AS transactions, count(DISTINCT record_id)::integer AS requests
     FROM audit_log WHERE undoable_action_id = $1`,
    [path.split('/').at(-1)],
  );
  expect(run).toEqual({ transactions: 2, requests: 203 });
});
