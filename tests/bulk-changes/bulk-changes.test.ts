import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createTag } from '../support/factories/tag.js';
import { createTeam } from '../support/factories/team.js';
import { createUser, type TestUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { bulkAudit, confirm, confirmAll, confirmTicked, factsOf, fieldsOf, resultsOf } from './bulk-steps.js';

let product: TestProduct;
let manager: TestClient;
let receiver: TestUser;
let teamId: string;
let ids: string[];
let city: string;
let run = 0;

beforeAll(async () => {
  product = await startTestProduct();
  teamId = await createTeam(product.deps, { name: 'East' });
  manager = await product.signIn({ role: 'manager', name: 'Mei Lin' });
  receiver = await createUser(product.deps, { role: 'agent', name: 'Wang Fang', teamIds: [teamId] });
});
beforeEach(async () => {
  run += 1;
  city = `City ${run}`;
  ids = [];
  for (const name of ['张三', '李四', 'Anna Berg']) {
    ids.push((await createCustomer(product.deps, { name, city, source: 'Walk-in' })).id);
  }
});
afterAll(() => product.close());

const Customer = z.object({
  owner_id: z.string().nullable(),
  team_id: z.string().nullable(),
  source: z.string().nullable(),
  gender: z.string().nullable(),
  deleted_by_id: z.string().nullable(),
});

const stored = (column: keyof z.infer<typeof Customer>) =>
  product
    .query(Customer, 'SELECT * FROM customers WHERE id = ANY($1::uuid[]) ORDER BY id', [ids])
    .then((rows) => rows.map((row) => row[column]));

const filter = (): string => new URLSearchParams({ city }).toString();

/** Somebody else works on a customer meanwhile. */
const changeRemark = (id: string) =>
  unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', (tx) =>
    tx.customer.update({ where: { id }, data: { remark: 'Typed meanwhile' } }),
  );

const tagged = async (tagId: string): Promise<number> => {
  const [row] = await product.query(
    z.object({ count: z.number() }),
    'SELECT count(*)::integer AS count FROM customer_tags WHERE tag_id = $1',
    [tagId],
  );
  return row?.count ?? -1;
};

describe('R1.11 all that match a filter', () => {
  test('are transferred after the count was read; the new owner is told once; it is undone', async () => {
    const confirmation = await confirmAll(manager, 'transfer', filter(), 3);
    expect(factsOf(confirmation)).toContain('3 customers are selected.');
    expect(factsOf(confirmation)).toContain('张三');
    expect(factsOf(confirmation)).toContain('Transfer 3 customers');
    const path = await confirm(product, manager, confirmation, receiver.id);
    expect(await resultsOf(manager, path)).toEqual({ Changed: '3' });
    expect(await stored('owner_id')).toEqual([receiver.id, receiver.id, receiver.id]);
    expect(await stored('team_id')).toEqual([teamId, teamId, teamId]);
    const told = await product.query(
      z.object({ user_id: z.string(), kind: z.string(), params: z.object({ count: z.number() }) }),
      'SELECT user_id::text, kind, params FROM notifications ORDER BY kind',
    );
    expect(told.map(({ user_id, kind, params }) => [user_id, kind, params.count])).toEqual([
      [manager.user.id, 'bulkChangeDone', 3],
      [receiver.id, 'customersReceived', 3],
    ]);
    expect(await bulkAudit(product)).toEqual([
      { table_name: 'customers', operation: 'update', actor_name: 'Mei Lin', count: 3 },
    ]);
    expect((await manager.page('/recent-actions')).text()).toContain('Transferred 3 customers to: Wang Fang');
    const undo = (await manager.page(path))('form[action$="/undo"]').attr('action') ?? '';
    expect((await manager.post(undo)).status).toBe(303);
    expect(await stored('owner_id')).toEqual([null, null, null]);
    expect((await manager.page(path))('.notice').text()).toContain('Undone');
  });

  test('are counted anew: the page says what the list showed and what it is now', async () => {
    await createCustomer(product.deps, { city });
    expect(factsOf(await confirmAll(manager, 'city', filter(), 3))).toContain(
      'The list showed 3; by now it is 4.',
    );
    expect(factsOf(await confirmAll(manager, 'city', filter(), 4))).not.toContain('The list showed');
    expect(factsOf(await confirmAll(manager, 'city', filter(), '3+'))).not.toContain('The list showed');
    expect(factsOf(await confirmAll(manager, 'city', filter(), '1000+'))).toContain('The list showed 1,000+');
  });

  test('leave out what somebody changed, or what came, after the confirmation', async () => {
    const confirmation = await confirmAll(manager, 'source', filter(), 3);
    const [first = ''] = ids;
    await changeRemark(first);
    const late = await createCustomer(product.deps, { city, source: 'Late' });
    const path = await confirm(product, manager, confirmation, 'Exhibition');
    expect(await resultsOf(manager, path)).toEqual({
      Changed: '2',
      'Left out: changed or removed meanwhile': '1',
    });
    expect(await stored('source')).toEqual(['Walk-in', 'Exhibition', 'Exhibition']);
    const [untouched] = await product.query(
      z.object({ source: z.string() }),
      'SELECT source FROM customers WHERE id = $1',
      [late.id],
    );
    expect(untouched?.source).toBe('Late');
  });

  test('are changed as far as the person may change them, and the rest is counted', async () => {
    const agent = await product.signIn({ role: 'agent', teamIds: [teamId] });
    const [, second = ''] = ids;
    await confirm(product, manager, await confirmTicked(manager, 'transfer', [second]), receiver.id);
    const confirmation = await confirmAll(agent, 'gender', filter(), 3);
    expect(factsOf(confirmation)).toContain('2 of them are left out');
    const path = await confirm(product, agent, confirmation, 'female');
    expect(await resultsOf(agent, path)).toEqual({
      Changed: '1',
      'Left out: you may not change them': '2',
    });
    expect(await stored('gender')).toEqual([null, 'female', null]);
  });

  test('move to the recycle bin and come back, but for one that somebody changed since', async () => {
    const path = await confirm(product, manager, await confirmAll(manager, 'deletion', filter(), 3));
    expect(await stored('deleted_by_id')).toEqual([manager.user.id, manager.user.id, manager.user.id]);
    const [first = ''] = ids;
    await changeRemark(first);
    await manager.post(`/recent-actions/${path.split('/').at(-1) ?? ''}/undo`);
    expect(await stored('deleted_by_id')).toEqual([manager.user.id, null, null]);
    expect((await manager.page(path))('.notice').text()).toContain('1 customer was left as it is');
  });
});

describe('R1.11 ticked customers', () => {
  test('are tagged and lose the tag; who has it already is counted', async () => {
    const tagId = await createTag(product.deps, { name: 'VIP' });
    const [first = '', second = ''] = ids;
    await confirm(product, manager, await confirmTicked(manager, 'addTag', [first]), tagId);
    const path = await confirm(
      product,
      manager,
      await confirmTicked(manager, 'addTag', [first, second]),
      tagId,
    );
    expect(await resultsOf(manager, path)).toEqual({ Changed: '1', 'Were like that already': '1' });
    expect(await tagged(tagId)).toBe(2);
    const removed = await confirm(product, manager, await confirmAll(manager, 'removeTag', filter()), tagId);
    expect(await tagged(tagId)).toBe(0);
    await manager.post(`/recent-actions/${removed.split('/').at(-1) ?? ''}/undo`);
    expect(await tagged(tagId)).toBe(2);
  });

  test('are exported with the chosen columns', async () => {
    const [first = '', second = ''] = ids;
    const response = await manager.get(
      `/bulk-changes/new?action=export&filter=columns%3Dname%2Ccity&ids=${first}&ids=${second}`,
    );
    expect(response.status).toBe(303);
    expect(response.headers['location']).toBe(`/customers.xlsx?ids=${first},${second}&columns=name,city`);
    const csv = await manager.download((response.headers['location'] ?? '').replace('.xlsx', '.csv'));
    expect(String(csv.body).trim().split('\n')).toHaveLength(3);
  });

  test('R1.14 companies get no gender: they are left out, and counted as not possible', async () => {
    const firm = await createCustomer(product.deps, { name: '某某有限公司', kind: 'company', city });
    const confirmation = await confirmAll(manager, 'gender', filter(), 4);
    expect(factsOf(confirmation)).toContain('4 customers are selected.');
    expect(factsOf(confirmation)).toContain('1 of them is left out, because it is not possible');
    expect(factsOf(confirmation)).not.toContain('某某有限公司');
    const path = await confirm(product, manager, confirmation, 'female');
    expect(await resultsOf(manager, path)).toEqual({ Changed: '3', 'Left out: not possible': '1' });
    expect(await stored('gender')).toEqual(['female', 'female', 'female']);
    const [row] = await product.query(Customer, 'SELECT * FROM customers WHERE id = $1', [firm.id]);
    expect(row?.gender).toBeNull();
  });

  test('that are already like that leave nothing to undo', async () => {
    const path = await confirm(product, manager, await confirmTicked(manager, 'source', ids), 'Walk-in');
    expect(await resultsOf(manager, path)).toEqual({ Changed: '0', 'Were like that already': '3' });
    expect((await manager.page(path))('form[action$="/undo"]')).toHaveLength(0);
  });

  test('lose their owner, branch or gender only on purpose', async () => {
    const confirmation = await confirmTicked(manager, 'transfer', ids);
    const refused = await manager.post('/bulk-changes', { ...fieldsOf(confirmation), value: '' });
    expect(refused.status).toBe(422);
    await confirm(product, manager, confirmation, receiver.id);
    await confirm(product, manager, await confirmTicked(manager, 'transfer', ids), 'none');
    expect(await stored('owner_id')).toEqual([null, null, null]);
  });
});

describe('R1.11 a change of many', () => {
  test('needs the permission of the action; the page of the result is for who started it', async () => {
    const reader = await product.signIn({ grants: { 'customers:read': 'all' } });
    for (const action of ['transfer', 'addTag', 'deletion', 'export']) {
      expect((await reader.get(`/bulk-changes/new?action=${action}&all=on`)).status, action).toBe(403);
    }
    expect((await reader.page('/customers'))('.bulk-bar, .row-choice')).toHaveLength(0);
    const sent = fieldsOf(await confirmAll(manager, 'source', filter()));
    expect((await reader.post('/bulk-changes', { ...sent, value: 'x' })).status).toBe(403);
    const path = await confirm(product, manager, await confirmTicked(manager, 'source', ids), 'Own');
    expect((await reader.get(path)).status).toBe(404);
    expect((await reader.get(`${path}/progress`)).status).toBe(404);
    expect((await manager.get(`${path}/progress`)).status).toBe(200);
    expect((await manager.get(`/bulk-changes/${newId()}`)).status).toBe(404);
  });

  test('refuses what the list would refuse, and asks again with what was typed', async () => {
    expect((await manager.get('/bulk-changes/new?action=city&all=on&filter=nosuch%3D1')).status).toBe(422);
    expect((await manager.get('/bulk-changes/new?action=nosuch')).status).toBe(422);
    expect((await manager.get('/bulk-changes/new?action=city&ids=nosuch')).status).toBe(422);
    const nothing = await manager.get(`/bulk-changes/new?action=city&filter=${encodeURIComponent(filter())}`);
    expect([nothing.status, nothing.headers['location']]).toEqual([303, `/customers?${filter()}`]);
    const sent = fieldsOf(await confirmTicked(manager, 'city', ids));
    const refused = await manager.post('/bulk-changes', { ...sent, value: 'x'.repeat(61) });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('x'.repeat(61));
    expect((await manager.post('/bulk-changes', { ...sent, filter: 'nosuch=1' })).status).toBe(422);
    expect((await manager.post('/bulk-changes', { ...sent, action: 'export' })).status).toBe(422);
  });
});
