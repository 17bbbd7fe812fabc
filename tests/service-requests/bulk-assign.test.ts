import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bulkAudit, factsOf, resultsOf } from '../bulk-changes/bulk-steps.js';
import type { TestClient } from '../support/client.js';
import { createRequest } from '../support/factories/service-request.js';
import { createStaffSchedule } from '../support/factories/staff-schedule.js';
import { createTeam } from '../support/factories/team.js';
import { createUser, type TestUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { bulkAddress, changeRequests, confirmRequests, everythingOf, undo } from './bulk-steps.js';

let product: TestProduct;
let manager: TestClient;
let anna: TestUser;
let teamId: string;
beforeAll(async () => {
  product = await startTestProduct();
  teamId = await createTeam(product.deps, { name: 'East' });
  manager = await product.signIn({ role: 'manager', name: 'Mei Lin' });
  anna = await createUser(product.deps, { role: 'agent', name: 'Anna', teamIds: [teamId] });
});
afterAll(() => product.close());

const openMany = async (count: number, options: Parameters<typeof createRequest>[1] = {}) => {
  const ids: string[] = [];
  for (let each = 0; each < count; each += 1) ids.push((await createRequest(product.deps, options)).id);
  return ids;
};

const assignees = (ids: readonly string[]) =>
  product
    .query(
      z.object({ assignee_id: z.string().nullable() }),
      'SELECT assignee_id::text FROM service_requests WHERE id = ANY($1::uuid[]) ORDER BY id',
      [ids],
    )
    .then((rows) => rows.map(({ assignee_id }) => assignee_id));

const historyOf = (ids: readonly string[]) =>
  product.query(
    z.object({ way: z.string(), assignee: z.string().nullable(), by: z.string().nullable() }),
    `SELECT way, assignee_id::text AS assignee, assigned_by_id::text AS by FROM request_assignments
     WHERE request_id = ANY($1::uuid[]) ORDER BY assigned_at, id`,
    [ids],
  );

describe('R2.5 many requests are given to somebody', () => {
  test('after the person is chosen and the numbers are read; with history and audit; undo puts everything back', async () => {
    const ids = await openMany(3);
    const before = await everythingOf(product, ids);
    const choice = await confirmRequests(manager, 'assign', ids);
    expect(choice('form[method="get"] p').text()).toContain('3 requests are selected.');
    expect(choice('option').text()).toContain('Anna (0 open)');
    const confirmation = await confirmRequests(manager, 'assign', ids, anna.id);
    expect(factsOf(confirmation)).toContain('Assign 3 requests');
    expect(confirmation('h1').text().trim()).toBe('Assign to somebody: Anna');
    const path = await changeRequests(product, manager, 'assign', ids, anna.id);
    expect(await resultsOf(manager, path)).toEqual({ Changed: '3' });
    expect(await assignees(ids)).toEqual([anna.id, anna.id, anna.id]);
    expect(await historyOf(ids)).toEqual(
      ids.map(() => ({ way: 'byHand', assignee: anna.id, by: manager.user.id })),
    );
    expect(await bulkAudit(product)).toEqual([
      { table_name: 'request_assignments', operation: 'insert', actor_name: 'Mei Lin', count: 3 },
      { table_name: 'service_requests', operation: 'update', actor_name: 'Mei Lin', count: 3 },
    ]);
    const told = await product.query(
      z.object({ user_id: z.string(), kind: z.string(), params: z.object({ count: z.number() }) }),
      `SELECT user_id::text, kind, params FROM notifications ORDER BY kind`,
    );
    expect(told.map(({ user_id, kind, params }) => [user_id, kind, params.count])).toEqual([
      [manager.user.id, 'requestsChangeDone', 3],
      [anna.id, 'requestsReceived', 3],
    ]);
    expect((await manager.page('/recent-actions')).text()).toContain('Assigned 3 requests to: Anna');
    await undo(product, manager, path);
    expect(await everythingOf(product, ids)).toEqual(before);
    expect((await manager.page(path))('.notice').text()).toContain('Undone');
  });

  test('those that are theirs already and those that are done are left out, and counted', async () => {
    const ids = [...(await openMany(1)), ...(await openMany(1, { assigneeId: anna.id }))];
    const confirmation = await confirmRequests(manager, 'assign', ids, anna.id);
    expect(factsOf(confirmation)).toContain('1 of them is like that already.');
    const path = await changeRequests(product, manager, 'assign', ids, anna.id);
    expect(await resultsOf(manager, path)).toEqual({ Changed: '1', 'Were like that already': '1' });
  });

  test('says in words how many they would have, and that it is more than they can take', async () => {
    const busy = await createUser(product.deps, { role: 'agent', name: 'Bo' });
    await createStaffSchedule(product.deps, { userId: busy.id, maximumOpen: 3, takesAutomatic: false });
    await openMany(2, { assigneeId: busy.id });
    const ids = await openMany(2);
    const choice = await confirmRequests(manager, 'assign', ids);
    expect(choice('option').text()).toContain('Bo (2 of 3 open)');
    const [first = ''] = ids;
    const fits = await confirmRequests(manager, 'assign', [first], busy.id);
    expect(factsOf(fits)).toContain('Bo: 2 of 3 open requests now, 3 afterwards.');
    expect(factsOf(fits)).not.toContain('more than they can take');
    const exceeds = await confirmRequests(manager, 'assign', ids, busy.id);
    expect(exceeds('.notice-warning').text()).toContain(
      '2 of 3 open requests now, 4 afterwards. That is more',
    );
  });

  test('somebody in a team gives away only what their scope reaches', async () => {
    const agent = await product.signIn({ role: 'agent', teamIds: [teamId] });
    const others = await createTeam(product.deps);
    const [own = ''] = await openMany(1, { teamId });
    const [foreign = ''] = await openMany(1, { teamId: others });
    const confirmation = await confirmRequests(agent, 'assign', [own, foreign], anna.id);
    expect(factsOf(confirmation)).toContain('1 of them is left out, because you may not');
    const path = await changeRequests(product, agent, 'assign', [own, foreign], anna.id);
    expect(await resultsOf(agent, path)).toEqual({ Changed: '1', 'Left out: you may not change them': '1' });
    expect(await assignees([own])).toEqual([anna.id]);
    expect(await assignees([foreign])).toEqual([null]);
  });

  test('only to those who may work requests: others are no choice', async () => {
    const auditor = await createUser(product.deps, { role: 'auditor', name: 'Zed' });
    const ids = await openMany(1);
    expect((await confirmRequests(manager, 'assign', ids))('option').text()).not.toContain('Zed');
    expect((await manager.get(bulkAddress('assign', ids, auditor.id))).status).toBe(422);
    expect((await manager.get(bulkAddress('assign', ids, ''))).status).toBe(422);
  });
});

describe('R2.5 many requests are given back', () => {
  test('to nobody, or by itself to who can take them; undo puts everything back', async () => {
    const [owned = ''] = await openMany(1, { assigneeId: anna.id });
    const [free = ''] = await openMany(1);
    const before = await everythingOf(product, [owned, free]);
    const path = await changeRequests(product, manager, 'giveBack', [owned, free]);
    expect(await resultsOf(manager, path)).toEqual({ Changed: '1', 'Were like that already': '1' });
    expect(await assignees([owned])).toEqual([null]);
    expect((await historyOf([owned])).at(-1)).toEqual({
      ...{ way: 'released', assignee: null, by: manager.user.id },
    });
    await undo(product, manager, path);
    expect(await everythingOf(product, [owned, free])).toEqual(before);
  });

  test('one that somebody took since is a conflict of the undo', async () => {
    const ids = await openMany(2, { assigneeId: anna.id });
    const path = await changeRequests(product, manager, 'giveBack', ids);
    const [first = ''] = ids;
    await manager.post(`/service-requests/${first}/taking`);
    await undo(product, manager, path);
    expect(await assignees([first])).toEqual([manager.user.id]);
    expect((await manager.page(path))('.notice').text()).toContain('left as it');
  });

  test('whoever may only work them gives back their own', async () => {
    const staff = await product.signIn({
      grants: { 'service-requests:read': 'all', 'service-requests:work': 'all' },
    });
    const [own = ''] = await openMany(1, { assigneeId: staff.user.id });
    const [foreign = ''] = await openMany(1, { assigneeId: anna.id });
    const path = await changeRequests(product, staff, 'giveBack', [own, foreign]);
    expect(await resultsOf(staff, path)).toEqual({ Changed: '1', 'Left out: you may not change them': '1' });
    expect((await staff.get(bulkAddress('assign', [own]))).status).toBe(403);
  });
});
