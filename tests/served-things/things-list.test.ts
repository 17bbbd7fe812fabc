import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createThing, createThingKind } from '../support/factories/served-thing.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
let kinds: { readonly car: string; readonly pet: string };
let customerId: string;
beforeAll(async () => {
  product = await startTestProduct();
  const { deps } = product;
  product.setNow(new Date('2026-11-20T04:00:00Z'));
  manager = await product.signIn({ role: 'manager' });
  kinds = {
    car: await createThingKind(deps, { name: 'Car' }),
    pet: await createThingKind(deps, { name: 'Pet' }),
  };
  ({ id: customerId } = await createCustomer(deps, { name: 'Anna Berg' }));
  const { id: otherId } = await createCustomer(deps, { name: '王小明', ownerId: manager.user.id });
  const archivedAt = new Date('2026-01-01T00:00:00Z');
  await createThing(deps, { customerId, kindId: kinds.car, name: 'Late', nextDueOn: '2026-11-19' });
  await createThing(deps, { customerId, kindId: kinds.pet, name: 'Today', nextDueOn: '2026-11-20' });
  await createThing(deps, { customerId: otherId, kindId: kinds.car, name: 'Soon', nextDueOn: '2026-12-20' });
  await createThing(deps, { customerId, kindId: kinds.car, name: 'Far', nextDueOn: '2026-12-21' });
  await createThing(deps, { customerId, kindId: kinds.pet, name: 'Never', identifier: 'CH-1' });
  await createThing(deps, {
    customerId,
    kindId: kinds.car,
    name: 'Sold',
    nextDueOn: '2026-11-01',
    archivedAt,
  });
});
afterAll(() => product.close());

const names = async (client: TestClient, query = '') =>
  (await client.page(`/served-things${query}`))('tbody .row-link')
    .toArray()
    .map((link) => load(link).text());

describe('R1.14 the list of things', () => {
  test('shows what is in use, due first on top, and turns around', async () => {
    expect(await names(manager)).toEqual(['Late', 'Today', 'Soon', 'Far', 'Never']);
    expect(await names(manager, '?sort=-due')).toEqual(['Never', 'Far', 'Soon', 'Today', 'Late']);
    const page = await manager.page('/served-things');
    expect(page('tbody .pill-red').text()).toContain('Overdue');
    expect(page(`a[href="/customers/${customerId}"]`).first().text()).toContain('Anna Berg');
  });

  test('filters by state, kind, customer and search', async () => {
    expect(await names(manager, '?state=overdue')).toEqual(['Late']);
    expect(await names(manager, '?state=soon')).toEqual(['Today', 'Soon']);
    expect(await names(manager, '?state=archived')).toEqual(['Sold']);
    expect(await names(manager, '?state=all')).toHaveLength(6);
    expect(await names(manager, `?kind=${kinds.pet}`)).toEqual(['Today', 'Never']);
    expect(await names(manager, `?customer=${customerId}&state=soon`)).toEqual(['Today']);
    expect(await names(manager, `?q=${encodeURIComponent('王小明')}`)).toEqual(['Soon']);
    const page = await manager.page(`/served-things?state=soon&kind=${kinds.car}&customer=${customerId}`);
    const said = page('.active-filters').text();
    for (const words of ['Due within 30 days', 'Kind: Car', 'Customer: one customer'])
      expect(said).toContain(words);
  });

  test('refuses values that it does not know', async () => {
    for (const query of ['state=new', 'kind=car', 'customer=x', 'sort=name', 'after=x'])
      expect((await manager.get(`/served-things?${query}`)).status, query).toBe(422);
    expect((await manager.get(`/served-things?kind=${newId()}`)).status).toBe(200);
  });

  test('goes as far as the customers', async () => {
    const stranger = await product.signIn({ grants: { 'customers:read': 'own' } });
    expect(await names(stranger)).toEqual([]);
    const nobody = await product.signIn({ role: null });
    expect((await nobody.get('/served-things')).status).toBe(403);
  });

  test('is exported with its filters, as far as the viewer may export customers', async () => {
    const text = async (client: TestClient) => {
      const file = await client.download('/served-things.csv?state=all');
      return z.instanceof(Buffer).parse(file.body).toString('utf8');
    };
    const all = await text(manager);
    for (const name of ['Late', 'Sold', 'CH-1', '王小明']) expect(all).toContain(name);
    expect((await manager.download('/served-things.xlsx')).status).toBe(200);
    const account = await product.signIn({
      grants: { 'customers:read': 'all', 'customers:export': 'own' },
    });
    expect(await text(account)).not.toContain('Late');
    const reader = await product.signIn({ grants: { 'customers:read': 'all' } });
    expect((await reader.get('/served-things.csv')).status).toBe(403);
    expect((await manager.page('/exports'))('tbody').text()).toContain('Served things');
  });
});
