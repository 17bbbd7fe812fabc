import { load } from 'cheerio';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { jobDefinitions, queueNames } from '../../src/jobs.js';
import { recalculationQueue } from '../../src/modules/tiers/tiers.service.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createCustomerTier, createTier } from '../support/factories/tier.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const today = '2026-03-31';
const unknownId = '00000000-0000-7000-8000-000000000000';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  product.setNow(new Date(`${today}T12:00:00Z`));
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());
beforeEach(() =>
  unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.removed', async (tx) => {
    await tx.customerTier.deleteMany();
    await tx.tier.deleteMany();
    await tx.setting.deleteMany({ where: { key: 'tiers.policy' } });
    await tx.purchase.deleteMany();
    await tx.customer.deleteMany();
  }),
);

const TierRow = z.object({ id: z.string(), name: z.string(), rank: z.number(), version: z.number() });
const storedTiers = () =>
  product.query(TierRow, 'SELECT id::text, name, rank, version FROM tiers ORDER BY rank');

const Held = z.object({ tier: z.string().nullable(), grace: z.string().nullable() });
const heldBy = async (customerId: string) =>
  (
    await product.query(
      Held,
      `SELECT tiers.name AS tier, grace_until::text AS grace
       FROM customer_tiers LEFT JOIN tiers ON tiers.id = calculated_id WHERE customer_tiers.id = $1`,
      [customerId],
    )
  )[0];

const Audit = z.object({ action: z.string(), operation: z.string() });
const auditOf = (table: string, recordId: string) =>
  product.query(
    Audit,
    `SELECT action, operation FROM audit_log
     WHERE table_name = $1 AND record_id = $2 AND action NOT LIKE 'factory.%' ORDER BY id`,
    [table, recordId],
  );

const gold = {
  name: 'Gold',
  rank: '2',
  color: 'yellow',
  minimumAmount: '1,000',
  minimumPurchases: '',
  maximumRecency: '',
  match: 'all',
};

async function buyer(name: string, amount: string, purchasedOn = '2026-03-01'): Promise<string> {
  const { id } = await createCustomer(product.deps, { name });
  await createPurchase(product.deps, { customerId: id, amount, purchasedOn });
  return id;
}

const consequences = (html: string): string[] => {
  const page = load(html);
  return page('.edit-form li')
    .get()
    .map((item) => page(item).text());
};

describe('R1.6 a new tier', () => {
  test('is previewed, confirmed, saved, and given to those who fit', async () => {
    const rich = await buyer('张三', '1000.00');
    const poor = await buyer('李四', '999.99');
    const preview = await manager.post('/tiers', gold);
    expect(preview.status).toBe(200);
    expect(consequences(preview.text)).toEqual(['1 customer: No tier → Gold (for example 张三)']);
    expect(await storedTiers()).toEqual([]);

    const form = load(preview.text)('.edit-form').serializeArray();
    const sent = Object.fromEntries(form.map(({ name, value }) => [name, value]));
    expect((await manager.post('/tiers', sent)).headers['location']).toBe('/tiers');
    const [tier] = await storedTiers();
    expect(tier).toMatchObject({ name: 'Gold', rank: 2, version: 1 });
    expect(await auditOf('tiers', tier?.id ?? '')).toEqual([
      { action: 'tiers.created', operation: 'insert' },
    ]);
    expect((await manager.page('/tiers'))('#tier-recalculation').text()).toContain('Waiting');

    await product.runTasks();
    expect(await heldBy(rich)).toEqual({ tier: 'Gold', grace: null });
    expect(await heldBy(poor)).toBeUndefined();
    expect(await auditOf('customer_tiers', rich)).toEqual([
      { action: 'tiers.recalculated', operation: 'insert' },
    ]);
    const index = await manager.page('/tiers');
    expect(index(`#tier-${tier?.id ?? ''}`).text()).toContain('¥1,000.00 spent');
    expect(index(`a[href="/customers?tier=${tier?.id ?? ''}"]`).text()).toBe('1');
  });

  test('is refused without a condition, with a name or rank of another, with values out of range', async () => {
    await createTier(product.deps, { name: 'Silver', rank: 1 });
    const refused = [
      { ...gold, minimumAmount: '' },
      { ...gold, minimumAmount: '0' },
      { ...gold, minimumAmount: '-5' },
      { ...gold, minimumAmount: 'much' },
      { ...gold, minimumPurchases: '0' },
      { ...gold, maximumRecency: '1096' },
      { ...gold, name: '' },
      { ...gold, name: 'silver' },
      { ...gold, rank: '1' },
      { ...gold, rank: '0' },
      { ...gold, color: 'pink' },
      { ...gold, match: 'some' },
    ];
    for (const form of refused) {
      for (const isPreviewed of [{}, { isPreviewed: 'on' }]) {
        const response = await manager.post('/tiers', { ...form, ...isPreviewed });
        expect(response.status, JSON.stringify(form)).toBe(422);
        expect(load(response.text)('#field-name').attr('value')).toBe(form.name);
      }
    }
    expect(await storedTiers()).toHaveLength(1);
  });
});

describe('R1.6 a changed rule', () => {
  test('says who would be kept by grace, keeps them until the last day, then moves them', async () => {
    const id = await createTier(product.deps, { name: 'Gold', rank: 2, minimumAmount: '500' });
    const customer = await buyer('王五', '600.00');
    await createCustomerTier(product.deps, { customerId: customer, calculatedId: id });
    const form = { ...gold, version: '1' };
    const preview = await manager.post(`/tiers/${id}`, form);
    expect(consequences(preview.text)).toEqual([
      '1 customer: Gold → No tier, but would be kept in Gold by grace until Apr 30, 2026 (for example 王五)',
    ]);
    expect((await manager.post(`/tiers/${id}`, { ...form, isPreviewed: 'on' })).status).toBe(303);
    expect(await auditOf('tiers', id)).toEqual([{ action: 'tiers.changed', operation: 'update' }]);
    await product.runTasks();
    expect(await heldBy(customer)).toEqual({ tier: 'Gold', grace: '2026-04-30' });

    await runNightlyJob('2026-04-30');
    expect(await heldBy(customer)).toEqual({ tier: 'Gold', grace: '2026-04-30' });
    await runNightlyJob('2026-05-01');
    expect(await heldBy(customer)).toEqual({ tier: null, grace: null });
    expect((await auditOf('customer_tiers', customer)).map(({ action }) => action)).toEqual([
      'tiers.recalculated',
      'tiers.recalculated',
    ]);
  });

  test('meets a change of somebody else on the conflict page', async () => {
    const id = await createTier(product.deps, { name: 'Silver', rank: 1, minimumAmount: '500' });
    const form = { ...gold, version: '1', isPreviewed: 'on' };
    expect((await manager.post(`/tiers/${id}`, form)).status).toBe(303);
    const late = await manager.post(`/tiers/${id}`, { ...form, name: 'Late' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Late');
    expect(await storedTiers()).toMatchObject([{ name: 'Gold', rank: 2, version: 2 }]);
  });
});

describe('R1.6 a tier that is deleted', () => {
  test('gives its customers what fits without it, ends overrides to it, and comes back by undo', async () => {
    const silver = await createTier(product.deps, { name: 'Silver', rank: 1, minimumAmount: '100' });
    const id = await createTier(product.deps, { name: 'Gold', rank: 2, minimumAmount: '500' });
    const customer = await buyer('王五', '600.00');
    await createCustomerTier(product.deps, {
      customerId: customer,
      calculatedId: id,
      override: { tierId: id, reason: 'A friend', until: '2026-12-31' },
    });
    const page = await manager.page(`/tiers/${id}/deletion`);
    expect(consequences(page.html())).toEqual([
      '1 customer: Gold → Silver (for example 王五)',
      'Tiers set by hand to Gold end.',
    ]);
    expect((await manager.post(`/tiers/${id}/deletion`, { version: '9' })).status).toBe(409);
    expect(await heldBy(customer)).toEqual({ tier: 'Gold', grace: null });
    expect((await manager.post(`/tiers/${id}/deletion`, { version: '1' })).status).toBe(303);
    expect(await storedTiers()).toMatchObject([{ id: silver }]);
    expect(await heldBy(customer)).toEqual({ tier: 'Silver', grace: null });
    expect(await auditOf('tiers', id)).toEqual([{ action: 'tiers.deleted', operation: 'delete' }]);
    const overrides = z.object({ count: z.number() });
    const count = 'SELECT count(override_id)::integer AS count FROM customer_tiers';
    expect(await product.query(overrides, count)).toEqual([{ count: 0 }]);

    const actions = await manager.page('/recent-actions');
    expect(actions('main').text()).toContain('Deleted the tier Gold of 1 customer');
    const undo = actions('form[action$="/undo"]').first().attr('action') ?? '';
    expect((await manager.post(undo)).status).toBe(303);
    expect(await heldBy(customer)).toEqual({ tier: 'Gold', grace: null });
    expect(await product.query(overrides, count)).toEqual([{ count: 1 }]);
  });
});

describe('R1.6 window and grace period', () => {
  const form = { windowDays: '60', graceDays: '0', version: '0' };

  test('are previewed and saved; two at once do not overwrite each other', async () => {
    const id = await createTier(product.deps, { name: 'Gold', rank: 2, minimumAmount: '500' });
    const customer = await buyer('王五', '600.00', '2026-01-30');
    await createCustomerTier(product.deps, { customerId: customer, calculatedId: id });
    const preview = await manager.post('/tiers/policy', form);
    expect(consequences(preview.text)).toEqual(['1 customer: Gold → No tier (for example 王五)']);
    const confirmed = { ...form, isPreviewed: 'on' };
    expect((await manager.post('/tiers/policy', confirmed)).status).toBe(303);
    expect((await manager.post('/tiers/policy', confirmed)).status).toBe(409);
    expect((await manager.page('/tiers/policy'))('input[name="version"]').attr('value')).toBe('1');
    expect((await manager.post('/tiers/policy', { ...confirmed, version: '1' })).status).toBe(303);
    await product.runTasks();
    expect(await heldBy(customer)).toEqual({ tier: null, grace: null });
    const policies = await product.query(
      z.object({ action: z.string(), id: z.string() }),
      `SELECT action, after->>'id' AS id FROM audit_log WHERE table_name = 'settings' AND after->>'key' = 'tiers.policy'`,
    );
    expect(policies.map(({ action }) => action)).toEqual(['tiers.policy-changed', 'tiers.policy-changed']);
  });

  test('are refused out of range', async () => {
    for (const refused of [
      { windowDays: '29' },
      { windowDays: '1096' },
      { graceDays: '181' },
      { graceDays: '' },
    ]) {
      expect((await manager.post('/tiers/policy', { ...form, ...refused })).status).toBe(422);
    }
  });
});

describe('R1.6 the rules', () => {
  test('are for those who may manage tiers', async () => {
    const agent = await product.signIn({ role: 'agent' });
    for (const path of ['/tiers', '/tiers/new', '/tiers/policy', `/tiers/${unknownId}/edit`]) {
      expect((await agent.get(path)).status, path).toBe(403);
    }
    for (const path of ['/tiers', '/tiers/policy', '/tiers/recalculation', `/tiers/${unknownId}/deletion`]) {
      expect((await agent.post(path, {})).status, path).toBe(403);
    }
  });

  test('of a tier that is not there are not found', async () => {
    for (const path of [`/tiers/${unknownId}/edit`, `/tiers/${unknownId}/deletion`, '/tiers/x/edit']) {
      expect((await manager.get(path)).status, path).toBe(404);
    }
    expect((await manager.post(`/tiers/${unknownId}`, { ...gold, version: '1' })).status).toBe(404);
    expect((await manager.post(`/tiers/${unknownId}/deletion`, { version: '1' })).status).toBe(404);
  });

  test('are calculated at a wish, and the page follows', async () => {
    await createTier(product.deps, { name: 'Gold', rank: 2, minimumAmount: '500' });
    const customer = await buyer('王五', '600.00');
    expect((await manager.post('/tiers/recalculation', {})).status).toBe(303);
    await product.runTasks();
    expect(await heldBy(customer)).toEqual({ tier: 'Gold', grace: null });
    expect((await manager.get('/tiers/recalculation')).text).toContain('1 of 1 customers');
    expect((await manager.page('/tiers'))('.list-actions').text()).toContain('Calculated');
  });
});

async function runNightlyJob(day: string): Promise<void> {
  product.setNow(new Date(`${day}T12:00:00Z`));
  expect(queueNames).toContain(recalculationQueue);
  await jobDefinitions(product.deps)
    .find(({ name }) => name === recalculationQueue)
    ?.run({});
  await product.runTasks();
  product.setNow(new Date(`${today}T12:00:00Z`));
}
