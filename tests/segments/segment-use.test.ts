import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { createSegment } from '../support/factories/segment.js';
import { createTag } from '../support/factories/tag.js';
import { createTeam } from '../support/factories/team.js';
import type { TestClient } from '../support/client.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { inSuzhou, makeSegment, removeEverything, segmentForm } from './segment-steps.js';

const unknownId = '00000000-0000-7000-8000-000000000000';

const today = '2026-03-31';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  product.setNow(new Date(`${today}T12:00:00Z`));
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());
beforeEach(() => removeEverything(product));

describe('R1.13 using a segment', () => {
  test('filters the list, its export and the record; members are always those whom the viewer sees', async () => {
    const teamId = await createTeam(product.deps);
    const anna = await createCustomer(product.deps, { name: 'Anna', city: 'Suzhou', teamId });
    const ben = await createCustomer(product.deps, { name: 'Ben', city: 'Suzhou' });
    await createCustomer(product.deps, { name: 'Chen', city: 'Shanghai', teamId });
    const id = await makeSegment(product, manager, inSuzhou, { name: 'In Suzhou' });

    const list = await manager.page(`/customers?segment=${id}`);
    expect(list('tbody .row-link').length).toBe(2);
    expect(list('.active-filters').text()).toContain('Segment: In Suzhou');
    const csv = await manager.download(`/customers.csv?segment=${id}`);
    expect(String(csv.body)).toContain('Anna');
    expect(String(csv.body)).not.toContain('Chen');
    const record = await manager.page(`/customers/${anna.id}`);
    expect(record('[aria-labelledby="segments-heading"]').text()).toContain('In Suzhou');

    const colleague = await product.signIn({ grants: { 'customers:read': 'team' }, teamIds: [teamId] });
    const page = await colleague.page(`/segments/${id}`);
    expect(page('[aria-labelledby="members"]').text()).toContain('Anna');
    expect(page('main').text()).not.toContain('Ben');
    expect((await colleague.page(`/customers?segment=${id}`))('tbody .row-link').length).toBe(1);
    expect((await colleague.page('/segments'))('tbody').text()).not.toMatch(/\b2\b/);
    expect((await colleague.get(`/segments/${id}/customers/${ben.id}`)).status).toBe(404);
  });

  test('refuses what is no id, and finds nobody in a segment that is gone', async () => {
    expect((await manager.get('/customers?segment=vip')).status).toBe(422);
    const list = await manager.page(`/customers?segment=${unknownId}`);
    expect(list('.active-filters').text()).toContain('a segment that is gone');
  });

  test('says why a customer is in: each rule, the value, and what changed since', async () => {
    const anna = await createCustomer(product.deps, {
      name: 'Anna',
      city: 'Suzhou',
      birthDate: '1990-04-02',
    });
    const vip = await createTag(product.deps, { customerIds: [anna.id] });
    const id = await makeSegment(product, manager, [
      ['city', 'contains', 'suzhou'],
      ['birthday', 'comesWithinDays', '14'],
      ['tags', 'hasAnyOf', vip],
      ['amountWithin', 'amountBelow', '30', '100'],
    ]);
    const why = async () =>
      (await manager.page(`/segments/${id}/customers/${anna.id}`))('main').text().replace(/\s+/g, ' ');
    const text = await why();
    expect(text).toContain('Anna is in this segment');
    expect(text).toContain('Birthday: within the next 14 days Now: April 2');
    expect(text).toContain('less than ¥100.00 in the last 30 days Now: ¥0.00');
    expect(text).not.toContain('not fulfilled');
    await createPurchase(product.deps, { customerId: anna.id, purchasedOn: today, amount: '250' });
    const later = await why();
    expect(later).toContain('not fulfilled Spent in the last days');
    expect(later).toContain('leaves at the next refresh');
  });
});

describe('R1.13 who may', () => {
  test('reading needs customers, managing needs the permission', async () => {
    const id = await createSegment(product.deps, { createdById: manager.user.id });
    const agent = await product.signIn({ role: 'agent' });
    expect((await agent.get('/segments')).status).toBe(200);
    expect((await agent.get(`/segments/${id}`)).status).toBe(200);
    for (const path of ['/segments/new', `/segments/${id}/edit`, `/segments/${id}/deletion`])
      expect((await agent.get(path)).status, path).toBe(403);
    for (const path of ['/segments', '/segments/draft', `/segments/${id}`, `/segments/${id}/refresh`])
      expect((await agent.post(path)).status, path).toBe(403);
    expect((await agent.page('/segments'))('a[href="/segments/new"]').length).toBe(0);
  });

  test('what is not there is 404, what cannot be is 422', async () => {
    for (const path of ['', '/edit', '/deletion', '/progress', `/customers/${unknownId}`])
      expect((await manager.get(`/segments/${unknownId}${path}`)).status, path).toBe(404);
    expect(
      (await manager.post(`/segments/${unknownId}`, segmentForm({ name: 'x', version: '1' }, inSuzhou)))
        .status,
    ).toBe(404);
    expect((await manager.post(`/segments/${unknownId}/deletion`, { version: '1' })).status).toBe(404);
    expect((await manager.post(`/segments/${unknownId}/refresh`)).status).toBe(404);
    expect((await manager.get('/segments?sort=members')).status).toBe(422);
    expect((await manager.post('/segments/draft', { edit: 'burn:0' })).status).toBe(422);
  });
});
