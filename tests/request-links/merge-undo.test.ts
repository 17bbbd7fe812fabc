import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { movingOfRequests } from '../../src/modules/request-links/moving-rows.js';
import { lastUndo } from '../duplicates/merge-support.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createRelation } from '../support/factories/request-relation.js';
import { createRequest } from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { createFullRequest, dumpRequests, mergeInto, say } from './merge-support.js';

let product: TestProduct;
let manager: TestClient;
let customerId: string;
let first: string;
let second: string;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

beforeEach(async () => {
  customerId = (await createCustomer(product.deps)).id;
  first = await createFullRequest(product, customerId, manager.user.id);
  second = await createFullRequest(product, customerId, manager.user.id);
  const { id: third } = await createRequest(product.deps, { customerId });
  await createRelation(product.deps, { fromId: first, toId: second });
  await createRelation(product.deps, { fromId: first, toId: third });
  await createRelation(product.deps, { fromId: third, toId: second });
});

describe('R2.5 undoing a merge of requests', () => {
  test('leaves requests and every table that refers to them exactly as they were, whichever stayed', async () => {
    for (const [going, staying] of [
      [first, second],
      [second, first],
    ] as const) {
      const before = await dumpRequests(product);
      expect((await mergeInto(manager, going, staying)).status).toBe(303);
      const merged = await dumpRequests(product);
      for (const { table } of await movingOfRequests(product.deps.database.client)) {
        expect(merged[table], `nothing moved in ${table}: the test must fill it`).not.toEqual(before[table]);
      }
      const links = merged['request_relations']?.filter((row) => row['kind'] === 'related');
      const ends = links?.filter((row) => [row['from_id'], row['to_id']].includes(staying));
      expect(ends, 'of the links with the third one is left, of that between the two none').toHaveLength(1);
      expect((await manager.post(await lastUndo(manager))).status).toBe(303);
      expect(await dumpRequests(product)).toEqual(before);
    }
  });

  test('counts deadlines anew where time went on, and leaves what came to the other one since', async () => {
    await mergeInto(manager, first, second);
    await say(product, second, 'note', 'Said afterwards');
    expect((await manager.post(await lastUndo(manager))).status).toBe(303);
    expect((await manager.page('/recent-actions'))('main').text()).toContain('changed or erased since');
    expect((await manager.get(`/service-requests/${second}`)).text).toContain('Said afterwards');
    const back = await manager.get(`/service-requests/${first}`);
    expect(back.text).toContain(`Word on ${first}`);
    const stored = await product.deps.database.models.serviceRequest.findUniqueOrThrow({
      where: { id: first },
    });
    expect(stored).toMatchObject({ deletedAt: null, mergedIntoId: null });
    expect(stored.nextDueAt).not.toBeNull();
  });

  test('of a merge that a later one carried on is refused, until that one is undone', async () => {
    const { id: third } = await createRequest(product.deps, { customerId });
    const start = await dumpRequests(product);
    await mergeInto(manager, first, second);
    const earlier = await lastUndo(manager);
    const between = await dumpRequests(product);
    await mergeInto(manager, second, third);
    const later = await lastUndo(manager);
    expect((await manager.get(`/service-requests/${first}`)).headers['location']).toBe(
      `/service-requests/${third}`,
    );
    expect((await manager.post(earlier)).status).toBe(409);
    expect((await manager.post(later)).status).toBe(303);
    expect(await dumpRequests(product)).toEqual(between);
    expect((await manager.post(earlier)).status).toBe(303);
    expect(await dumpRequests(product)).toEqual(start);
  });
});
