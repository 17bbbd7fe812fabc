import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { factsOf, fieldsOf, resultsOf } from '../bulk-changes/bulk-steps.js';
import type { TestClient } from '../support/client.js';
import { createRequestCategory } from '../support/factories/request-category.js';
import { createRequest, typeIdOf, type RequestOptions } from '../support/factories/service-request.js';
import { createTeam } from '../support/factories/team.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { bulkAddress, changeRequests, confirmRequests, everythingOf, undo } from './bulk-steps.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager', name: 'Mei Lin' });
});
afterAll(() => product.close());

const open = async (options: RequestOptions = {}): Promise<string> =>
  (await createRequest(product.deps, { assigneeId: manager.user.id, ...options })).id;

const Stored = z.object({
  priority: z.number(),
  team_id: z.string().nullable(),
  category_id: z.string().nullable(),
  resolution_due_at: z.date().nullable(),
  deleted_by_id: z.string().nullable(),
});

const stored = (ids: readonly string[]) =>
  product.query(Stored, 'SELECT * FROM service_requests WHERE id = ANY($1::uuid[]) ORDER BY id', [ids]);

describe('R2.5 a field of many requests', () => {
  test('priority: deadlines are counted anew, and undo puts both back', async () => {
    const ids = [await open({ type: 'complaint' }), await open({ type: 'complaint' })];
    const before = await everythingOf(product, ids);
    const [first] = await stored(ids);
    const path = await changeRequests(product, manager, 'priority', ids, '4');
    expect(await resultsOf(manager, path)).toEqual({ Changed: '2' });
    const [changed] = await stored(ids);
    expect(changed?.priority).toBe(4);
    expect(changed?.resolution_due_at?.getTime()).toBeLessThan(first?.resolution_due_at?.getTime() ?? 0);
    await undo(product, manager, path);
    expect(await everythingOf(product, ids)).toEqual(before);
  });

  test('team: set, and taken away', async () => {
    const teamId = await createTeam(product.deps, { name: 'North' });
    const ids = [await open(), await open()];
    await changeRequests(product, manager, 'team', ids, teamId);
    expect((await stored(ids)).map(({ team_id }) => team_id)).toEqual([teamId, teamId]);
    const path = await changeRequests(product, manager, 'team', ids, 'none');
    expect(await resultsOf(manager, path)).toEqual({ Changed: '2' });
    expect((await stored(ids)).map(({ team_id }) => team_id)).toEqual([null, null]);
  });

  test('category: one of another type is impossible, and counted', async () => {
    const typeId = await typeIdOf(product.deps, 'repair');
    const categoryId = await createRequestCategory(product.deps, { typeId });
    const ids = [await open({ type: 'repair' }), await open()];
    expect(factsOf(await confirmRequests(manager, 'category', ids, categoryId))).toContain(
      '1 of them is left out: the category is for another type.',
    );
    const path = await changeRequests(product, manager, 'category', ids, categoryId);
    expect(await resultsOf(manager, path)).toEqual({
      Changed: '1',
      'Left out: the category is for another type': '1',
    });
    expect((await stored(ids)).map(({ category_id }) => category_id)).toEqual([categoryId, null]);
  });

  test('somebody who may work their own changes only those', async () => {
    const staff = await product.signIn({
      grants: { 'service-requests:read': 'all', 'service-requests:work': 'own' },
    });
    const ids = [await open(), await open({ assigneeId: staff.user.id })];
    const path = await changeRequests(product, staff, 'priority', ids, '1');
    expect(await resultsOf(staff, path)).toEqual({ Changed: '1', 'Left out: you may not change them': '1' });
    expect((await manager.get(path)).status).toBe(404);
    expect((await manager.get(`${path}/progress`)).status).toBe(404);
  });
});

describe('R2.5 many requests', () => {
  test('are deleted, and come back', async () => {
    const ids = [await open(), await open()];
    const before = await everythingOf(product, ids);
    const path = await changeRequests(product, manager, 'deletion', ids);
    const by = manager.user.id;
    expect((await stored(ids)).map(({ deleted_by_id }) => deleted_by_id)).toEqual([by, by]);
    await undo(product, manager, path);
    expect(await everythingOf(product, ids)).toEqual(before);
  });

  test('all that match are counted anew, with what the list showed', async () => {
    const subject = 'Air conditioning drips';
    const ids = [await open({ subject }), await open({ subject }), await open()];
    const filter = new URLSearchParams({ q: 'conditioning drips' }).toString();
    const address = new URLSearchParams({ action: 'priority', filter, count: '5', all: 'on', value: '1' });
    const confirmation = await manager.page(`/bulk-changes/service-requests/new?${address.toString()}`);
    expect(factsOf(confirmation)).toContain('2 requests are selected.');
    expect(factsOf(confirmation)).toContain('The list showed 5; by now it is 2.');
    expect(factsOf(confirmation)).toContain(subject);
    await manager.post('/bulk-changes/service-requests', fieldsOf(confirmation));
    await product.runTasks();
    expect((await stored(ids)).map(({ priority }) => priority)).toEqual([1, 1, 2]);
  });

  test('ticked ones are exported', async () => {
    const ids = [await open(), await open()];
    const response = await manager.get(bulkAddress('export', ids));
    expect([response.status, response.headers['location']]).toEqual([
      303,
      `/service-requests.xlsx?ids=${ids.join(',')}`,
    ]);
    const csv = await manager.download(`/service-requests.csv?ids=${ids.join(',')}`);
    expect(String(csv.body).trim().split('\n')).toHaveLength(3);
    const list = await manager.page(`/service-requests?ids=${ids.join(',')}`);
    expect(list('#list tbody tr')).toHaveLength(2);
    expect(list('.active-filters').text()).toContain('2 chosen requests');
  });

  test('take a permission for each action; without any the list offers none', async () => {
    const reader = await product.signIn({ grants: { 'service-requests:read': 'all' } });
    const ids = [await open()];
    for (const action of [
      'assign',
      'giveBack',
      'state',
      'team',
      'priority',
      'category',
      'branch',
      'deletion',
      'export',
    ])
      expect((await reader.get(bulkAddress(action, ids))).status, action).toBe(403);
    expect((await reader.page('/service-requests'))('.bulk-bar, .row-choice')).toHaveLength(0);
    const sent = fieldsOf(await confirmRequests(manager, 'priority', ids, '3'));
    expect((await reader.post('/bulk-changes/service-requests', sent)).status).toBe(403);
    const stranger = await product.signIn({ grants: { 'customers:read': 'all' } });
    expect((await stranger.get(bulkAddress('priority', ids))).status).toBe(403);
  });

  test('bad input is refused: 422; nothing ticked leads back to the list', async () => {
    const ids = [await open()];
    const path = '/bulk-changes/service-requests/new';
    expect((await manager.get(`${path}?action=transfer&ids=${ids.join()}`)).status).toBe(422);
    expect((await manager.get(`${path}?action=priority&all=on&filter=nosuch%3D1`)).status).toBe(422);
    expect((await manager.get(bulkAddress('priority', ids, '9'))).status).toBe(422);
    const nothing = await manager.get(`${path}?action=priority&filter=group%3Dmine`);
    expect([nothing.status, nothing.headers['location']]).toEqual([303, '/service-requests?group=mine']);
    const sent = fieldsOf(await confirmRequests(manager, 'priority', ids, '3'));
    const post = (changed: Record<string, string>) =>
      manager.post('/bulk-changes/service-requests', { ...sent, ...changed });
    expect((await post({ value: '9' })).status).toBe(422);
    expect((await post({ expected: 'x' })).status).toBe(422);
    expect((await post({ action: 'transfer' })).status).toBe(422);
    expect((await post({ filter: 'nosuch=1' })).status).toBe(422);
    expect((await stored(ids)).map(({ priority }) => priority)).toEqual([2]);
  });
});
