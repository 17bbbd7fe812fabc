import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createThing, createThingKind } from '../support/factories/served-thing.js';
import { createRequest } from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
let customerId: string;
let thingId: string;
let leak: string;
beforeAll(async () => {
  product = await startTestProduct();
  const { deps } = product;
  manager = await product.signIn({ role: 'manager' });
  ({ id: customerId } = await createCustomer(deps, { name: 'Anna Berg' }));
  thingId = await createThing(deps, {
    ...{ customerId, name: 'Boiler', kindId: await createThingKind(deps, { name: 'Heating' }) },
  });
  const known = { customerId, servedThingId: thingId, assigneeId: manager.user.id };
  ({ id: leak } = await createRequest(deps, { ...known, type: 'repair', subject: 'Water on the floor' }));
});
afterAll(() => product.close());

const numberOf = async (id: string): Promise<string> =>
  (await manager.page(`/service-requests/${id}`))('main')
    .text()
    .match(/SR-\d{4}-\d{6}/)?.[0] ?? '';

describe('R2.9 requests where people look for them', () => {
  test('the record of the customer shows what is open, the way to a new one, and all in its timeline', async () => {
    const page = await manager.page(`/customers/${customerId}`);
    const card = page('section[aria-labelledby="requests-heading"]');
    expect(card.text()).toContain('Water on the floor');
    expect(card.text()).toContain('Due');
    expect(card.find(`a[href="/service-requests/new?customerId=${customerId}"]`)).toHaveLength(1);
    expect(card.find(`a[href="/service-requests?customer=${customerId}"]`)).toHaveLength(1);
    expect(page('section[aria-labelledby="timeline-heading"]').text()).toContain(
      `${await numberOf(leak)}: Water on the floor`,
    );
  });

  test('those who may not read a request see it on no record and in no search', async () => {
    const grants = { 'customers:read': 'all' } as const;
    const reader = await product.signIn({ grants });
    const page = await reader.page(`/customers/${customerId}`);
    expect(page('main').text()).not.toContain('Water on the floor');
    const own = await product.signIn({ grants: { ...grants, 'service-requests:read': 'own' } });
    const record = await own.page(`/customers/${customerId}`);
    expect(record('main').text()).not.toContain('Water on the floor');
    expect(record('section[aria-labelledby="requests-heading"]').text()).toContain('No open requests');
    expect((await own.get('/search?q=Water')).headers['location']).toBe('/customers?q=Water');
    expect((await own.page('/'))('main').text()).not.toContain('Water on the floor');
  });

  test('the record of a thing shows its requests', async () => {
    const page = await manager.page(`/served-things/${thingId}`);
    expect(page('main').text()).toContain('Water on the floor');
    const href = `/service-requests/new?customerId=${customerId}&servedThingId=${thingId}`;
    expect(page(`a[href="${href}"]`)).toHaveLength(1);
    expect((await manager.page(href))('select[name="servedThingId"] option[selected]').text()).toContain(
      'Boiler',
    );
  });

  test('the search box finds requests by number, its digits, and subject', async () => {
    const number = await numberOf(leak);
    const found = async (text: string) =>
      (await manager.get(`/search?q=${encodeURIComponent(text)}`)).headers['location'];
    expect(await found(number)).toBe(`/service-requests/${leak}`);
    expect(await found(number.slice(8))).toBe(`/service-requests/${leak}`);
    expect(await found('water on')).toBe(`/service-requests/${leak}`);
    expect(await found('Anna Berg')).toBe(`/customers/${customerId}`);
    await createRequest(product.deps, { customerId, subject: 'Anna Berg called' });
    const page = await manager.page('/search?q=Anna%20Berg');
    expect(page('section[aria-labelledby="found-customers-heading"]').text()).toContain('Anna Berg');
    expect(page('section[aria-labelledby="found-requests-heading"]').text()).toContain('Anna Berg called');
  });

  test('the first page shows my requests, and those who supervise what is late or with nobody', async () => {
    const page = await manager.page('/');
    expect(page('section[aria-labelledby="own-requests-heading"]').text()).toContain('Water on the floor');
    expect(page('.numbers a[href="/service-requests?group=unassigned"]')).toHaveLength(1);
    const agent = await product.signIn({ role: 'agent' });
    const theirs = await agent.page('/');
    expect(theirs('section[aria-labelledby="own-requests-heading"]').text()).toContain(
      'Nobody waits for you',
    );
    expect(theirs('.numbers a[href="/service-requests?group=unassigned"]')).toHaveLength(0);
  });
});
