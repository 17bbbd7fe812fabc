import { load, type CheerioAPI } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { confirm, factsOf, fieldsOf, resultsOf } from '../bulk-changes/bulk-steps.js';
import type { TestClient } from '../support/client.js';
import { createRequestState, createTransition } from '../support/factories/request-state.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createRequest, stateIdOf } from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { confirmRequests, everythingOf, undo } from './bulk-steps.js';

let product: TestProduct;
let manager: TestClient;
const states = { new: '', onHold: '', lost: '', free: '' };
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager', name: 'Mei Lin' });
  states.new = await stateIdOf(product.deps, 'new');
  for (const name of ['onHold', 'lost', 'free'] as const)
    states[name] = await createRequestState(product.deps, { name });
  const from = states.new;
  await createTransition(product.deps, { from, to: states.onHold, requiredFields: ['reason'] });
  await createTransition(product.deps, { from, to: states.lost, requiredFields: ['reason', 'resolution'] });
  await createTransition(product.deps, { from, to: states.free });
});
afterAll(() => product.close());

const open = async (): Promise<string> =>
  (await createRequest(product.deps, { assigneeId: manager.user.id })).id;

const reasonField = (document: CheerioAPI) => document('form[method="post"] [name="reason"]');

const reasons = async (ids: readonly string[]): Promise<(string | null)[]> => {
  const rows = await product.query(
    z.object({ reason: z.string().nullable() }),
    `SELECT reason FROM request_state_changes WHERE request_id = ANY($1::uuid[]) AND from_state_id IS NOT NULL`,
    [ids],
  );
  return rows.map(({ reason }) => reason);
};

const send = (fields: Record<string, string>) => manager.post('/bulk-changes/service-requests', fields);

describe('R2.5 one reason for many requests', () => {
  test('is asked for when a step needs it, and stands in the history of each; undo puts everything back', async () => {
    const ids = [await open(), await open()];
    const before = await everythingOf(product, ids);
    const confirmation = await confirmRequests(manager, 'state', ids, states.onHold);
    expect(reasonField(confirmation).attr('required')).toBeDefined();
    confirmation('[name="reason"]').attr('value', 'Parts are on order');
    const path = await confirm(product, manager, confirmation);
    expect(await resultsOf(manager, path)).toEqual({ Changed: '2' });
    expect(await reasons(ids)).toEqual(['Parts are on order', 'Parts are on order']);
    const logged = await product.query(
      z.object({ action: z.string(), reason: z.string() }),
      `SELECT action, after->>'reason' AS reason FROM audit_log
       WHERE table_name = 'request_state_changes' AND after->>'reason' IS NOT NULL`,
    );
    expect(logged).toEqual([
      { action: 'bulk-changes.run', reason: 'Parts are on order' },
      { action: 'bulk-changes.run', reason: 'Parts are on order' },
    ]);
    await undo(product, manager, path);
    expect(await everythingOf(product, ids)).toEqual(before);
  });

  test('is refused when it lacks or is too long, and what was typed is kept: 422', async () => {
    const ids = [await open()];
    const fields = fieldsOf(await confirmRequests(manager, 'state', ids, states.onHold));
    const lacking = await send({ ...fields, reason: ' ' });
    expect(lacking.status).toBe(422);
    expect(load(lacking.text)('[role="alert"]').text()).toContain('Say why.');
    const long = 'x'.repeat(501);
    const refused = await send({ ...fields, reason: long });
    expect(refused.status).toBe(422);
    expect(reasonField(load(refused.text)).val()).toBe(long);
    expect(await reasons(ids)).toEqual([]);
  });

  test('can be left out where no step needs it', async () => {
    const ids = [await open()];
    const confirmation = await confirmRequests(manager, 'state', ids, states.free);
    expect(reasonField(confirmation).attr('required')).toBeUndefined();
    await confirm(product, manager, confirmation);
    expect(await reasons(ids)).toEqual([null]);
  });

  test('does not stand for another field: such requests are left out, and counted', async () => {
    const ids = [await open(), await open()];
    const confirmation = await confirmRequests(manager, 'state', ids, states.lost);
    expect(factsOf(confirmation)).toContain('2 of them are left out: something has to be filled in');
    expect(reasonField(confirmation)).toHaveLength(0);
  });

  test('that a step asks for only after the confirmation leaves the request out', async () => {
    const ids = [await open()];
    const late = await createRequestState(product.deps, { name: 'late' });
    await createTransition(product.deps, { from: states.new, to: late });
    const fields = fieldsOf(await confirmRequests(manager, 'state', ids, late));
    const response = await send(fields);
    expect(response.status).toBe(303);
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', (tx) =>
      tx.requestTransition.updateMany({ where: { toStateId: late }, data: { requiredFields: ['reason'] } }),
    );
    await product.runTasks();
    expect(await resultsOf(manager, response.headers['location'] ?? '')).toEqual({
      Changed: '0',
      'Left out: something has to be filled in': '1',
    });
  });

  test('is kept encrypted with the task', async () => {
    const ids = [await open()];
    const confirmation = await confirmRequests(manager, 'state', ids, states.onHold);
    await send({ ...fieldsOf(confirmation), reason: 'Asked by Mrs Zhang' });
    const found = await product.query(
      z.object({ count: z.number() }),
      `SELECT count(*)::integer AS count FROM background_tasks WHERE payload::text LIKE '%Zhang%'`,
    );
    expect(found).toEqual([{ count: 0 }]);
    await product.runTasks();
    expect(await reasons(ids)).toEqual(['Asked by Mrs Zhang']);
  });
});
