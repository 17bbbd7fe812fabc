import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lastUndo } from '../duplicates/merge-support.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { createCustomerTier } from '../support/factories/tier.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { cardText, recalculate, resetToTwoTiers, tierAudit, tierRow } from './tier-state.js';

const today = '2026-03-31';
const unknownId = '00000000-0000-7000-8000-000000000000';

let product: TestProduct;
let manager: TestClient;
let silver: string;
let gold: string;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager', name: 'Li Wei' });
});
afterAll(() => product.close());
beforeEach(async () => {
  setToday(today);
  ({ silver, gold } = await resetToTwoTiers(product));
});

const setToday = (day: string): void => product.setNow(new Date(`${day}T12:00:00Z`));

describe('R1.6 a tier set by hand', () => {
  const form = (tierId: string, version = '0') => ({
    tierId,
    until: '2026-06-30',
    reason: 'Brings her whole company',
    version,
  });

  test('wins until its last day, is told with reason and person, and is gone the day after', async () => {
    const { id } = await createCustomer(product.deps);
    const page = await manager.page(`/customers/${id}/tier-override`);
    expect(page('input[name="version"]').attr('value')).toBe('0');
    const set = await manager.post(`/customers/${id}/tier-override`, form(gold));
    expect(set.headers['location']).toBe(`/customers/${id}`);
    expect(await tierRow(product, id)).toMatchObject({
      calculated_id: null,
      override_id: gold,
      override_until: '2026-06-30',
    });
    expect(await tierAudit(product, id)).toEqual([
      { action: 'customers.tier-overridden', actor_name: 'Li Wei' },
    ]);

    setToday('2026-06-30');
    const text = await cardText(manager, id);
    expect(text).toContain('Gold Set by Li Wei until Jun 30, 2026');
    expect(text).toContain('Brings her whole company');
    expect(text).toContain('Calculated: No tier');
    expect(text).toContain('Li Wei set Gold until Jun 30, 2026: Brings her whole company');
    setToday('2026-07-01');
    expect(await cardText(manager, id)).not.toContain('Set by Li Wei until');
    await recalculate(product, '2026-07-01');
    expect(await tierRow(product, id)).toMatchObject({
      override_id: null,
      override_reason: null,
      override_until: null,
    });
    expect((await tierAudit(product, id)).at(-1)?.action).toBe('tiers.overrides-expired');
  });

  test('does not become a floor: purchases go on being calculated under it', async () => {
    const { id } = await createCustomer(product.deps);
    await createCustomerTier(product.deps, {
      customerId: id,
      override: { tierId: gold, reason: 'A friend', until: '2026-06-30' },
    });
    await createPurchase(product.deps, { customerId: id, amount: '10', purchasedOn: today });
    await recalculate(product, today);
    expect(await tierRow(product, id)).toMatchObject({ calculated_id: silver, override_id: gold });
  });

  test('is ended by hand, and both can be undone', async () => {
    const { id } = await createCustomer(product.deps);
    await manager.post(`/customers/${id}/tier-override`, form(gold));
    const clear = `/customers/${id}/tier-override/removal`;
    expect((await manager.post(clear)).status).toBe(303);
    expect(await tierRow(product, id)).toMatchObject({ override_id: null, override_until: null });
    expect((await tierAudit(product, id)).at(-1)?.action).toBe('customers.tier-override-cleared');
    expect((await manager.post(clear)).status).toBe(409);
    expect((await manager.post(await lastUndo(manager))).status).toBe(303);
    expect(await tierRow(product, id)).toMatchObject({ override_id: gold });
    expect((await manager.post(await lastUndo(manager))).status).toBe(303);
    expect(await tierRow(product, id)).toBeUndefined();
  });

  test('is refused without reason, in the past, too far ahead, for no tier', async () => {
    const { id } = await createCustomer(product.deps);
    const refused = [
      { reason: '' },
      { until: '2026-03-30' },
      { until: '2028-03-31' },
      { until: '' },
      { tierId: unknownId },
      { tierId: '' },
    ];
    for (const part of refused) {
      const response = await manager.post(`/customers/${id}/tier-override`, { ...form(gold), ...part });
      expect(response.status, JSON.stringify(part)).toBe(422);
    }
    expect(await tierRow(product, id)).toBeUndefined();
  });

  test('meets what changed meanwhile on the conflict page', async () => {
    const { id } = await createCustomer(product.deps);
    expect((await manager.post(`/customers/${id}/tier-override`, form(gold))).status).toBe(303);
    for (const version of ['0', '9']) {
      const late = await manager.post(`/customers/${id}/tier-override`, form(silver, version));
      expect(late.status).toBe(409);
      expect(late.text).toContain('Silver');
    }
    expect(await tierRow(product, id)).toMatchObject({ override_id: gold, version: 1 });
  });

  test('is for those who may, within their scope', async () => {
    const { id } = await createCustomer(product.deps);
    const agent = await product.signIn({ role: 'agent' });
    expect((await agent.get(`/customers/${id}/tier-override`)).status).toBe(403);
    expect((await agent.post(`/customers/${id}/tier-override`, form(gold))).status).toBe(403);
    expect(await cardText(agent, id)).not.toContain('Set tier by hand');
    const limited = await product.signIn({
      grants: { 'customers:read': 'all', 'customers:override-tier': 'own' },
    });
    expect((await limited.get(`/customers/${id}/tier-override`)).status).toBe(404);
    expect((await limited.post(`/customers/${id}/tier-override`, form(gold))).status).toBe(404);
    expect((await limited.post(`/customers/${id}/tier-override/removal`)).status).toBe(404);
    expect(await cardText(limited, id)).not.toContain('Set tier by hand');
    expect((await manager.get(`/customers/${unknownId}/tier-override`)).status).toBe(404);
  });
});

describe('R1.6 tiers in the list of customers', () => {
  test('are a column and a filter, by the tier that counts today', async () => {
    const names = async (query: string): Promise<string[]> => {
      const page = await manager.page(`/customers?q=Listed&sort=name&${query}`);
      return page('#list tbody tr')
        .get()
        .map((row) => page(row).find('td[data-label="Name"]').text().trim());
    };
    const make = async (
      name: string,
      tier?: Parameters<typeof createCustomerTier>[1]['override'] | string,
    ) => {
      const { id } = await createCustomer(product.deps, { name });
      if (typeof tier === 'string')
        await createCustomerTier(product.deps, { customerId: id, calculatedId: tier });
      else if (tier)
        await createCustomerTier(product.deps, { customerId: id, calculatedId: silver, override: tier });
    };
    await make('Listed A', gold);
    await make('Listed B', { tierId: gold, reason: 'A friend', until: today });
    await make('Listed C', { tierId: gold, reason: 'A friend', until: '2026-03-30' });
    await make('Listed D');
    expect(await names(`tier=${gold}`)).toEqual(['Listed A', 'Listed B']);
    expect(await names(`tier=${silver}`)).toEqual(['Listed C']);
    expect(await names('tier=none')).toEqual(['Listed D']);
    const page = await manager.page('/customers?q=Listed&sort=name');
    const cells = page('#list td[data-label="Tier"]').get();
    expect(cells.map((cell) => page(cell).text().trim())).toEqual(['Gold', 'Gold', 'Silver', '']);
    expect((await manager.page(`/customers?tier=${gold}`))('.active-filters').text()).toContain('Tier: Gold');
    expect((await manager.get('/customers?tier=nosuch')).status).toBe(422);
    const file = await manager.get('/customers.csv?q=Listed&sort=name&columns=name,tier');
    expect(file.text).toContain('Listed B,Gold');
  });
});
