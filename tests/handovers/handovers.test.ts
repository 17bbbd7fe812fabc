import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { dayOf } from '../../src/core/format.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createFollowUp } from '../support/factories/follow-up.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createTeam } from '../support/factories/team.js';
import { createCustomerTier, createTier } from '../support/factories/tier.js';
import { createUser, type TestUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { handOver } from './handover-steps.js';

let product: TestProduct;
let manager: TestClient;
let teamId: string;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
  teamId = await createTeam(product.deps);
});
afterAll(() => product.close());

let leaver: TestUser;
let receivers: readonly [TestUser, TestUser];
beforeEach(async () => {
  const options = { role: 'account', teamIds: [teamId] };
  leaver = await createUser(product.deps, { ...options, name: 'Li Na' });
  receivers = [await createUser(product.deps, options), await createUser(product.deps, options)];
});

const today = dayOf(new Date());

async function createCustomers(count: number, options: { branchId?: string } = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { id } = await createCustomer(product.deps, { ownerId: leaver.id });
    if (options.branchId) await setCustomer(id, { branchId: options.branchId });
    ids.push(id);
  }
  return ids;
}

const setCustomer = (id: string, data: { branchId?: string; collaboratorIds?: string[] }) =>
  unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.customer.update({ where: { id }, data, select: { id: true } }),
  );

const leave = (fields: Parameters<typeof handOver>[2]) =>
  handOver(product, manager, { from: leaver.id, ...fields });

const Held = z.object({ owner_id: z.string().nullable(), count: z.number() });

/** How many of these customers each person owns. */
const ownersOf = async (ids: readonly string[]) => {
  const rows = await product.query(
    Held,
    'SELECT owner_id, count(*)::integer AS count FROM customers WHERE id = ANY($1) GROUP BY owner_id',
    [[...ids]],
  );
  return new Map(rows.map(({ owner_id, count }) => [owner_id, count]));
};

const ownedBy = async (userId: string) =>
  (
    await product.query(
      z.object({ count: z.number() }),
      'SELECT count(*)::integer AS count FROM customers WHERE owner_id = $1',
      [userId],
    )
  )[0]?.count;

const followUpOwner = async (id: string) => {
  const [row] = await product.query(
    z.object({ owner_id: z.string() }),
    'SELECT owner_id FROM follow_ups WHERE id = $1',
    [id],
  );
  return row?.owner_id;
};

const undo = (id: string) => manager.post(`/recent-actions/${id}/undo`);

describe('R1.15 the handover of somebody who leaves', () => {
  test('all to one person, with open follow-ups and a notice; undo puts all back', async () => {
    const ids = await createCustomers(3);
    const [first = ''] = ids;
    const own = await createFollowUp(product.deps, { customerId: first, ownerId: leaver.id, dueOn: today });
    const elsewhere = await createCustomer(product.deps, { ownerId: receivers[1].id });
    const helping = await createFollowUp(product.deps, {
      customerId: elsewhere.id,
      ownerId: leaver.id,
      dueOn: today,
    });
    await setCustomer(elsewhere.id, { collaboratorIds: [leaver.id] });

    const { text, id } = await leave({ split: 'one', receiver: receivers[0].id });
    expect(text).toContain(`${receivers[0].name} receives 3 customers`);
    expect(text).toContain('2 open follow-ups go along');
    expect(text).toContain('1 collaboration ends');
    expect(await ownersOf(ids)).toEqual(new Map([[receivers[0].id, 3]]));
    expect(await followUpOwner(own)).toBe(receivers[0].id);
    expect(await followUpOwner(helping)).toBe(receivers[1].id);

    const shown = await manager.page(`/handovers/${id}`);
    expect(shown('main dl').text().replace(/\s+/g, ' ')).toContain(`${receivers[0].name} 3`);
    const notices = await product.query(
      z.object({ kind: z.string(), params: z.object({ count: z.number() }) }),
      'SELECT kind, params FROM notifications WHERE user_id = $1',
      [receivers[0].id],
    );
    expect(notices).toMatchObject([{ kind: 'customersReceived', params: { count: 3 } }]);
    const audited = await product.query(
      z.object({ action: z.string(), actor_name: z.string() }),
      `SELECT DISTINCT action, actor_name FROM audit_log WHERE undoable_action_id = $1`,
      [id],
    );
    expect(audited).toEqual([{ action: 'handovers.run', actor_name: manager.user.name }]);

    expect((await undo(id)).status).toBe(303);
    expect(await ownersOf(ids)).toEqual(new Map([[leaver.id, 3]]));
    expect(await followUpOwner(own)).toBe(leaver.id);
    expect(await followUpOwner(helping)).toBe(leaver.id);
    const [back] = await product.query(
      z.object({ collaborator_ids: z.array(z.string()) }),
      'SELECT collaborator_ids::text[] FROM customers WHERE id = $1',
      [elsewhere.id],
    );
    expect(back?.collaborator_ids).toEqual([leaver.id]);
    expect((await manager.page(`/handovers/${id}`))('main').text()).toContain('Undone on');
  });

  test('evenly among several: nobody gets more than one above another, over batches too', async () => {
    await unitOfWork(
      { deps: product.deps, actor: factoryActor },
      'factory.created',
      (tx) =>
        tx.customer.createMany({
          data: Array.from({ length: 601 }, (_, index) => ({
            id: newId(),
            customerNo: `${leaver.username}-${index}`,
            name: 'Bulk',
            namePinyin: 'bulk',
            nameInitials: 'b',
            ownerId: leaver.id,
          })),
        }),
      { timeoutMillis: 60_000 },
    );
    const { id } = await leave({ split: 'evenly', receivers: receivers.map((user) => user.id) });
    const held = await product.query(
      z.object({ count: z.number() }),
      'SELECT count(*)::integer AS count FROM customers WHERE owner_id = ANY($1) GROUP BY owner_id ORDER BY count',
      [receivers.map((user) => user.id)],
    );
    expect(held).toEqual([{ count: 300 }, { count: 301 }]);
    expect((await undo(id)).status).toBe(303);
    await product.runTasks();
    expect(await ownedBy(leaver.id)).toBe(601);
  });

  test('by branch and by tier; those without a receiver stay', async () => {
    const branchId = newId();
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.created', (tx) =>
      tx.branch.create({ data: { id: branchId, name: `Branch ${leaver.username}` } }),
    );
    const ofBranch = await createCustomers(2, { branchId });
    const others = await createCustomers(1);
    const byBranch = await leave({
      split: 'branch',
      [`receiver-${branchId}`]: receivers[0].id,
      'receiver-none': '',
    });
    expect(byBranch.text).toContain('1 customer stays with Li Na');
    expect(await ownersOf(ofBranch)).toEqual(new Map([[receivers[0].id, 2]]));
    expect(await ownersOf(others)).toEqual(new Map([[leaver.id, 1]]));

    const gold = await createTier(product.deps, {
      name: `Gold ${leaver.username}`,
      rank: 40,
      minimumPurchases: 1,
    });
    const [golden = ''] = await createCustomers(1);
    await createCustomerTier(product.deps, { customerId: golden, calculatedId: gold });
    await leave({
      split: 'tier',
      [`receiver-${gold}`]: receivers[0].id,
      'receiver-none': receivers[1].id,
    });
    expect(await ownersOf([golden])).toEqual(new Map([[receivers[0].id, 1]]));
    expect(await ownersOf(others)).toEqual(new Map([[receivers[1].id, 1]]));
  });

  test('into the public pool, also from somebody who cannot sign in any more', async () => {
    const ids = await createCustomers(2);
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.created', (tx) =>
      tx.user.update({ where: { id: leaver.id }, data: { disabledAt: new Date() }, select: { id: true } }),
    );
    const { text } = await leave({ split: 'pool' });
    expect(text).toContain('2 customers come into the public pool');
    const pooled = await product.query(
      z.object({ pool_reason: z.string(), previous_owner_id: z.string() }),
      'SELECT pool_reason, previous_owner_id FROM customers WHERE id = ANY($1)',
      [ids],
    );
    const expected = { pool_reason: 'handover', previous_owner_id: leaver.id };
    expect(pooled).toEqual([expected, expected]);
  });

  test('the wizard asks who leaves, then who receives; what cannot be is refused', async () => {
    const start = await manager.page('/handovers/new');
    expect(start('select[name="from"]').text()).toContain('Li Na');
    const step = await manager.page(`/handovers/new?from=${leaver.id}&split=evenly`);
    expect(step('input[name="receivers"]').length).toBeGreaterThan(1);
    expect((await manager.get('/handovers/new?split=half')).status).toBe(422);
    expect((await manager.get(`/handovers/new?from=${newId()}&split=one`)).status).toBe(404);
    expect((await manager.get(`/handovers/${newId()}`)).status).toBe(404);
    const fields = { id: newId(), from: leaver.id, split: 'one' };
    for (const receiver of ['', leaver.id, newId()]) {
      expect((await manager.post('/handovers', { ...fields, receiver })).status).toBe(422);
    }
    const agent = await product.signIn({ role: 'agent' });
    expect((await agent.get('/handovers/new')).status).toBe(403);
    expect((await agent.post('/handovers', { ...fields, receiver: receivers[0].id })).status).toBe(403);
  });

  test('whoever loses the permission meanwhile moves nobody', async () => {
    const ids = await createCustomers(1);
    const id = newId();
    const starter = await product.signIn({ grants: { 'customers:hand-over': 'all' } });
    await starter.post('/handovers', {
      id,
      from: leaver.id,
      split: 'one',
      receiver: receivers[0].id,
      isPreviewed: 'on',
    });
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.created', (tx) =>
      tx.userRole.deleteMany({ where: { userId: starter.user.id } }),
    );
    await product.runTasks();
    expect(await ownersOf(ids)).toEqual(new Map([[leaver.id, 1]]));
  });
});
