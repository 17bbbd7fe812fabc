import fc from 'fast-check';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import { poolFates } from '../../src/modules/public-pool/pool-fates.js';
import { defaultPoolPolicy, proposedPoolPolicy } from '../../src/modules/public-pool/pool-policy.js';
import { recycleCustomers } from '../../src/modules/public-pool/recycle.service.js';
import { createContactRecord } from '../support/factories/contact-record.js';
import { createCustomer } from '../support/factories/customer.js';
import { createFollowUp } from '../support/factories/follow-up.js';
import { createPurchase } from '../support/factories/purchase.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createTier, createCustomerTier } from '../support/factories/tier.js';
import { createUser, type TestUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { naiveFate, type NaiveOwned } from './naive-pool.js';
import { auditedActions, savePolicy, storedOwner } from './pool-state.js';

const start = '2026-06-01';
const todayNumber = 29;
const today = addDays(start, todayNumber);

let product: TestProduct;
let owner: TestUser;
let tiers: readonly [string, string];
beforeAll(async () => {
  product = await startTestProduct();
  product.setNow(new Date(`${today}T04:00:00Z`));
  owner = await createUser(product.deps, { role: 'account' });
  const rule = { minimumPurchases: 1 };
  tiers = [
    await createTier(product.deps, { name: 'Silver', rank: 1, ...rule }),
    await createTier(product.deps, { name: 'Gold', rank: 2, ...rule }),
  ];
});
afterAll(() => product.close());

const noon = (day: number): Date => new Date(`${addDays(start, day)}T04:00:00Z`);

/** Stores a customer as the naive one stands. */
async function store(naive: Omit<NaiveOwned, 'id'>, ownerId: string = owner.id): Promise<string> {
  const { deps } = product;
  const { id: customerId } = await createCustomer(deps, { ownerId, createdAt: noon(naive.ownedSince) });
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.customer.update({
      where: { id: customerId },
      data: { ownedSince: noon(naive.ownedSince) },
      select: { id: true },
    }),
  );
  if (naive.tierId !== null) await createCustomerTier(deps, { customerId, calculatedId: naive.tierId });
  if (naive.lastContact !== null)
    await createContactRecord(deps, { customerId, happenedAt: noon(naive.lastContact) });
  if (naive.lastPurchase !== null)
    await createPurchase(deps, { customerId, purchasedOn: addDays(start, naive.lastPurchase) });
  if (naive.plannedOn !== null)
    await createFollowUp(deps, { customerId, ownerId, dueOn: addDays(start, naive.plannedOn) });
  return customerId;
}

const optional = (...values: number[]) => fc.option(fc.constantFrom(...values), { freq: 2 });

const Fate = z.object({
  id: z.string(),
  falls_on: z.string(),
  reason: z.string(),
  is_due: z.boolean(),
});

test('R1.15 who falls into the pool, when and why, is what it is by hand', async () => {
  const anyDays = fc.record({ noContactDays: optional(5, 10, 20), noPurchaseDays: optional(5, 10, 25) });
  const anyPolicy = fc.record({
    own: anyDays,
    others: fc.option(anyDays),
    isOn: fc.constantFrom(true, true, true, false),
    protectsPlanned: fc.boolean(),
    warningDays: fc.constantFrom(0, 3, 7),
  });
  const anyOwned = fc.record({
    tier: fc.constantFrom(null, 0 as const, 1 as const),
    ownedSince: fc.constantFrom(0, 9, 19, 24, 29),
    lastContact: optional(-5, 9, 19, 20, 24),
    lastPurchase: optional(-5, 4, 19, 24, 28),
    plannedOn: optional(28, 29, 30),
  });
  await fc.assert(
    fc.asyncProperty(anyPolicy, fc.array(anyOwned, { minLength: 1, maxLength: 6 }), async (made, people) => {
      const { own, others, ...flags } = made;
      const rules = [{ tierId: tiers[0], ...own }, ...(others ? [{ tierId: null, ...others }] : [])];
      const policy = { ...defaultPoolPolicy, ...flags, rules };
      const stored: NaiveOwned[] = [];
      for (const { tier, ...person } of people) {
        const naive = { ...person, tierId: tier === null ? null : tiers[tier] };
        stored.push({ ...naive, id: await store(naive) });
      }
      const ids = stored.map(({ id }) => id);
      const { text, values } = poolFates(proposedPoolPolicy(policy), today);
      const rows = await product.query(
        Fate,
        `SELECT id, falls_on::text, reason, is_due FROM (${text}) AS fate`,
        values,
      );
      const expected = stored.flatMap((customer) => {
        const fate = naiveFate(policy, todayNumber, customer);
        if (!fate || fate.fallsOn > todayNumber + policy.warningDays) return [];
        return [
          {
            id: customer.id,
            falls_on: addDays(start, fate.fallsOn),
            reason: fate.reason,
            is_due: fate.fallsOn <= todayNumber,
          },
        ];
      });
      const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
      expect(rows.filter(({ id }) => ids.includes(id)).sort(byId)).toEqual(expected.sort(byId));
    }),
    { numRuns: 25 },
  );
}, 120_000);

describe('R1.15 the night', () => {
  const nothing = { tierId: null, lastContact: null, lastPurchase: null, plannedOn: null };
  const rules = [{ tierId: null, noContactDays: 20, noPurchaseDays: null }];
  const Notice = z.object({ kind: z.string(), params: z.object({ count: z.number() }), href: z.string() });
  const noticesOf = (user: TestUser) =>
    product.query(Notice, 'SELECT kind, params, href FROM notifications WHERE user_id = $1 ORDER BY kind', [
      user.id,
    ]);

  test('takes whom the rules reach, tells the former owner and warns, once, however often it runs', async () => {
    const person = await createUser(product.deps, { role: 'account' });
    const due = await store({ ...nothing, ownedSince: 9 }, person.id);
    const soon = await store({ ...nothing, ownedSince: 12 }, person.id);
    const later = await store({ ...nothing, ownedSince: 28 }, person.id);
    await savePolicy(product, { isOn: false, rules });
    await recycleCustomers(product.deps);
    expect(await storedOwner(product, due)).toMatchObject({ owner_id: person.id });

    await savePolicy(product, { isOn: true, rules, warningDays: 7 });
    await recycleCustomers(product.deps);
    await recycleCustomers(product.deps);
    expect(await storedOwner(product, due)).toMatchObject({
      owner_id: null,
      previous_owner_id: person.id,
      pool_reason: 'noContact',
      is_pooled: true,
    });
    expect((await auditedActions(product, due)).at(-1)).toBe('customers.recycled');
    expect(await storedOwner(product, soon)).toMatchObject({ owner_id: person.id });
    expect(await storedOwner(product, later)).toMatchObject({ owner_id: person.id });
    expect(await noticesOf(person)).toEqual([
      { kind: 'customersRecycled', params: { count: 1 }, href: '/public-pool?previousOwner=me' },
      { kind: 'poolWarning', params: { count: 1 }, href: '/customers?owner=me&poolSoon=on' },
    ]);
  });

  test('the record and the list say who is next', async () => {
    const client = await product.signIn({ role: 'manager' });
    const id = await store({ ...nothing, ownedSince: 12 }, client.user.id);
    await store({ ...nothing, ownedSince: 28 }, client.user.id);
    expect((await client.page(`/customers/${id}`))('main').text()).toContain(
      'Falls into the pool on Jul 3, 2026: No contact for too long',
    );
    const list = await client.page('/customers?owner=me&poolSoon=on');
    expect(
      list('#list tbody tr')
        .toArray()
        .map((row) => list(row).attr('id')),
    ).toEqual([`row-${id}`]);
    expect(list('.active-filters').text()).toContain('Falls into the pool soon');
  });
});

describe('R1.15 the rules of the pool', () => {
  test('are shown, counted before saving, and saved under the version that was seen', async () => {
    const manager = await product.signIn({ role: 'manager' });
    const saved = await manager.page('/admin/public-pool');
    const fields = {
      isOn: 'on',
      'contact-others': '20',
      [`purchase-${tiers[1]}`]: '90',
      protectsPlanned: 'on',
      warningDays: '5',
      dailyQuota: '',
      maximumOwned: '200',
      coolDownDays: '14',
      version: String(saved('main [name="version"]').val()),
    };
    const preview = await manager.post('/admin/public-pool', fields);
    expect(preview.status).toBe(200);
    expect(preview.text).toMatch(/All customers: \d+ tonight, \d+ within 5 days of warning/);
    expect((await manager.post('/admin/public-pool', { ...fields, isPreviewed: 'on' })).status).toBe(303);
    expect((await manager.post('/admin/public-pool', { ...fields, isPreviewed: 'on' })).status).toBe(409);
    const again = await manager.page('/admin/public-pool');
    expect(again('[name="contact-others"]').val()).toBe('20');
    expect(again(`[name="purchase-${tiers[1]}"]`).val()).toBe('90');
    expect(again('[name="dailyQuota"]').val()).toBe('');
    const [setting] = await product.query(
      z.object({ action: z.string() }),
      `SELECT action FROM audit_log WHERE table_name = 'settings' ORDER BY id DESC LIMIT 1`,
    );
    expect(setting?.action).toBe('public-pool.policy-changed');
  });

  test('what cannot be is refused with everything typed kept; agents have no such page', async () => {
    const manager = await product.signIn({ role: 'manager' });
    const fields = { 'contact-others': '0', warningDays: '5', coolDownDays: '14', version: '1' };
    const refused = await manager.post('/admin/public-pool', fields);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('name="contact-others" value="0"');
    const unknown = { ...fields, 'contact-others': '9', [`contact-${newId()}`]: '9', isPreviewed: 'on' };
    expect((await manager.post('/admin/public-pool', unknown)).status).toBe(422);
    const agent = await product.signIn({ role: 'agent' });
    expect((await agent.get('/admin/public-pool')).status).toBe(403);
    expect((await agent.post('/admin/public-pool', fields)).status).toBe(403);
  });
});
