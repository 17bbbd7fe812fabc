import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { factsOf, resultsOf } from '../bulk-changes/bulk-steps.js';
import type { TestClient } from '../support/client.js';
import { createPlan } from '../support/factories/return-visit.js';
import { createRequestState, createTransition } from '../support/factories/request-state.js';
import {
  createRequest,
  stateIdOf,
  typeIdOf,
  type RequestOptions,
} from '../support/factories/service-request.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { changeRequests, confirmRequests, everythingOf, undo } from './bulk-steps.js';

let product: TestProduct;
let manager: TestClient;
const states = { new: '', inProgress: '', waiting: '', closed: '' };
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager', name: 'Mei Lin' });
  for (const key of ['new', 'inProgress', 'waiting', 'closed'] as const)
    states[key] = await stateIdOf(product.deps, key);
});
afterAll(() => product.close());

const open = async (options: RequestOptions = {}): Promise<string> =>
  (await createRequest(product.deps, { assigneeId: manager.user.id, ...options })).id;

const resolve = (ids: readonly string[]) =>
  unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', (tx) =>
    tx.serviceRequest.updateMany({ where: { id: { in: [...ids] } }, data: { resolution: 'Repaired' } }),
  );

const Stored = z.object({
  state_category: z.string(),
  closed_at: z.date().nullable(),
  next_due_at: z.date().nullable(),
  reopen_count: z.number(),
  history: z.array(z.string()),
  surveys: z.number(),
});

const stored = (ids: readonly string[]) =>
  product.query(
    Stored,
    `SELECT state_category, closed_at, next_due_at, reopen_count,
            ARRAY(SELECT category FROM request_state_changes WHERE request_id = service_requests.id
                  ORDER BY changed_at, id) AS history,
            (SELECT count(*)::integer FROM surveys WHERE request_id = service_requests.id AND revoked_at IS NULL) AS surveys
     FROM service_requests WHERE id = ANY($1::uuid[]) ORDER BY id`,
    [ids],
  );

describe('R2.5 many requests are moved to a state', () => {
  test('with their history, and the clock stops where they wait; undo puts everything back', async () => {
    const ids = [await open(), await open()];
    const before = await everythingOf(product, ids);
    const path = await changeRequests(product, manager, 'state', ids, states.waiting);
    expect(await resultsOf(manager, path)).toEqual({ Changed: '2' });
    for (const request of await stored(ids)) {
      expect(request).toMatchObject({ state_category: 'waiting', history: ['open', 'waiting'] });
      expect(request.next_due_at).toBeNull();
    }
    expect((await manager.page('/recent-actions')).text()).toContain(
      'Moved 2 requests to the state Waiting for customer',
    );
    await undo(product, manager, path);
    expect(await everythingOf(product, ids)).toEqual(before);
  });

  test('only by steps that their lifecycle has, and that need nothing filled in', async () => {
    const ready = await open();
    const closed = await open();
    await resolve([ready, closed]);
    await changeRequests(product, manager, 'state', [closed], states.closed);
    const ids = [ready, closed, await open(), await createOrphan()];
    const confirmation = factsOf(await confirmRequests(manager, 'state', ids, states.closed));
    expect(confirmation).toContain('4 requests are selected.');
    expect(confirmation).toContain('1 of them is like that already.');
    expect(confirmation).toContain('2 of them are left out: something has to be filled in');
    expect(confirmation).toContain('Move 1 request');
    const backwards = factsOf(await confirmRequests(manager, 'state', ids, states.new));
    expect(backwards).toContain('1 of them is left out: this step is not allowed from its state.');
    expect(backwards).not.toContain('Move ');
    const path = await changeRequests(product, manager, 'state', ids, states.closed);
    expect(await resultsOf(manager, path)).toEqual({
      Changed: '1',
      'Were like that already': '1',
      'Left out: something has to be filled in': '2',
    });
  });

  test('closing asks the customers how it was; undo takes the question back', async () => {
    const ids = [await open(), await open()];
    await resolve(ids);
    const before = await everythingOf(product, ids);
    const path = await changeRequests(product, manager, 'state', ids, states.closed);
    for (const request of await stored(ids))
      expect(request).toMatchObject({ state_category: 'done', surveys: 1, history: ['open', 'done'] });
    await undo(product, manager, path);
    expect(await everythingOf(product, ids)).toEqual(before);
    expect(await stored(ids)).toMatchObject([{ surveys: 0 }, { surveys: 0 }]);
  });

  test('closing plans return visits; undo takes them away', async () => {
    const typeId = await typeIdOf(product.deps, 'repair');
    await createPlan(product.deps, { trigger: 'afterClosing', typeId });
    const ids = [await open({ type: 'repair' }), await open({ type: 'repair' })];
    await resolve(ids);
    const visits = () =>
      product
        .query(z.object({ id: z.string() }), 'SELECT id::text FROM return_visits', [])
        .then((rows) => rows.length);
    const path = await changeRequests(product, manager, 'state', ids, states.closed);
    expect(await visits()).toBe(2);
    await undo(product, manager, path);
    expect(await visits()).toBe(0);
    expect((await manager.page(path))('.notice').text()).toContain('0 records were left');
  });

  test('reopening counts, and nobody is asked any more; undo asks again', async () => {
    const reopened = await createRequestState(product.deps, { name: 'Again' });
    await createTransition(product.deps, {
      ...{ from: states.closed, to: reopened, permission: 'service-requests:reopen' },
    });
    const ids = [await open()];
    await resolve(ids);
    await changeRequests(product, manager, 'state', ids, states.closed);
    const before = await everythingOf(product, ids);
    const path = await changeRequests(product, manager, 'state', ids, reopened);
    expect(await stored(ids)).toMatchObject([
      { state_category: 'open', closed_at: null, reopen_count: 1, surveys: 0 },
    ]);
    await undo(product, manager, path);
    expect(await everythingOf(product, ids)).toEqual(before);
  });

  test('a step that takes a right in a wider scope than theirs is left out', async () => {
    const staff = await product.signIn({
      grants: {
        'service-requests:read': 'all',
        'service-requests:work': 'all',
        'service-requests:close': 'own',
      },
    });
    const ids = [await open(), await open({ assigneeId: staff.user.id })];
    await resolve(ids);
    expect(factsOf(await confirmRequests(staff, 'state', ids, states.closed))).toContain(
      '1 of them is left out, because you may not do this',
    );
    const path = await changeRequests(product, staff, 'state', ids, states.closed);
    expect(await resultsOf(staff, path)).toEqual({ Changed: '1', 'Left out: you may not change them': '1' });
    expect((await stored(ids)).map(({ state_category }) => state_category)).toEqual(['open', 'done']);
  });
});

/** A request that nobody has: nobody closes what nobody has. */
async function createOrphan(): Promise<string> {
  const { id } = await createRequest(product.deps);
  await resolve([id]);
  return id;
}
