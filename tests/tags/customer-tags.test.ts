import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createTag } from '../support/factories/tag.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let agent: TestClient;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
  agent = await product.signIn({ grants: { 'customers:read': 'all', 'customers:edit': 'own' } });
});
afterAll(() => product.close());

const customerOf = (client: TestClient) => createCustomer(product.deps, { ownerId: client.user.id });

const tagsOf = async (customerId: string) => {
  const rows = await product.query(
    z.object({ name: z.string() }),
    `SELECT tags.name FROM customer_tags JOIN tags ON tags.id = tag_id WHERE customer_id = $1 ORDER BY 1`,
    [customerId],
  );
  return rows.map(({ name }) => name);
};

const undoLatest = async (client: TestClient) => {
  const page = await client.page('/recent-actions');
  return client.post(page('form[action$="/undo"]').first().attr('action') ?? '');
};

describe('R1.2 tags on the record', () => {
  test('an existing one is added by its name, once, and can be undone', async () => {
    const customer = await customerOf(agent);
    const id = await createTag(product.deps, { name: 'Brides' });
    const path = `/customers/${customer.id}`;
    expect((await agent.post(`${path}/tags`, { tag: ' brides ' })).headers['location']).toBe(path);
    expect((await agent.post(`${path}/tags`, { tag: 'Brides' })).headers['location']).toBe(path);
    expect(await tagsOf(customer.id)).toEqual(['Brides']);
    const audit = await product.query(
      z.object({ action: z.string(), operation: z.string(), tag: z.string() }),
      `SELECT action, operation, after->>'tag_id' AS tag FROM audit_log
       WHERE table_name = 'customer_tags' AND after->>'customer_id' = $1`,
      [customer.id],
    );
    expect(audit).toEqual([{ action: 'customers.tagged', operation: 'insert', tag: id }]);

    const log = await manager.page('/admin/audit-log?table=customer_tags');
    expect(log('tbody').text()).toContain(`put the tag Brides on customer ${customer.customerNo}`);

    const page = await agent.page(path);
    expect(page(`a.pill[href="/customers?tag=${id}"]`).text()).toBe('Brides');
    expect((await undoLatest(agent)).status).toBe(303);
    expect(await tagsOf(customer.id)).toEqual([]);
  });

  test('one is taken off, audited, and comes back by undo', async () => {
    const customer = await customerOf(agent);
    const id = await createTag(product.deps, { name: 'Taken off', customerIds: [customer.id] });
    const action = `/customers/${customer.id}/tags/${id}/removal`;
    const page = await agent.page(`/customers/${customer.id}`);
    expect(page(`form[action="${action}"] button`).attr('aria-label')).toBe('Remove tag Taken off');
    expect((await agent.post(action)).status).toBe(303);
    expect(await tagsOf(customer.id)).toEqual([]);
    expect((await agent.post(action)).status).toBe(404);
    await undoLatest(agent);
    expect(await tagsOf(customer.id)).toEqual(['Taken off']);
  });

  test('a new one is created by whoever may manage tags; undo takes both back', async () => {
    const customer = await customerOf(manager);
    await manager.post(`/customers/${customer.id}/tags`, { tag: 'Brand new' });
    expect(await tagsOf(customer.id)).toEqual(['Brand new']);
    await undoLatest(manager);
    const left = await product.query(
      z.object({ name: z.string() }),
      `SELECT name FROM tags WHERE name = 'Brand new'`,
    );
    expect(left).toEqual([]);
  });

  test('others get the record again with what they typed and why not', async () => {
    const customer = await customerOf(agent);
    for (const tag of ['No such tag', '']) {
      const refused = await agent.post(`/customers/${customer.id}/tags`, { tag });
      expect(refused.status).toBe(422);
      const page = load(refused.text);
      expect(page('#field-tag').attr('value')).toBe(tag);
      expect(page('#field-tag-error').text()).not.toBe('');
      expect(page('h1').text()).toContain(customer.name);
    }
    expect(await tagsOf(customer.id)).toEqual([]);
  });

  test('who may read but not change a customer sees the tags without the form', async () => {
    const customer = await createCustomer(product.deps);
    const id = await createTag(product.deps, { name: 'Only seen', customerIds: [customer.id] });
    const page = await agent.page(`/customers/${customer.id}`);
    expect(page('.pill').text()).toContain('Only seen');
    expect(page('form[action*="/tags"]')).toHaveLength(0);
    expect((await agent.post(`/customers/${customer.id}/tags`, { tag: 'Only seen' })).status).toBe(403);
    expect((await agent.post(`/customers/${customer.id}/tags/${id}/removal`)).status).toBe(403);
    const stranger = await product.signIn({ grants: { 'customers:read': 'own', 'customers:edit': 'own' } });
    expect((await stranger.post(`/customers/${customer.id}/tags`, { tag: 'Only seen' })).status).toBe(404);
  });
});

describe('R1.11 tags in the list', () => {
  test('one tag finds all who have it, several those who have all of them', async () => {
    const [one, both] = await Promise.all([
      createCustomer(product.deps, { name: 'Has one' }),
      createCustomer(product.deps, { name: 'Has both' }),
    ]);
    const first = await createTag(product.deps, { name: 'First tag', customerIds: [one.id, both.id] });
    const second = await createTag(product.deps, { name: 'Second tag', customerIds: [both.id] });
    const found = async (query: string) =>
      (await manager.page(`/customers?${query}`))('tbody tr')
        .toArray()
        .map((row) => load(row)('.row-link').text())
        .sort();
    expect(await found(`tag=${first}`)).toEqual(['Has both', 'Has one']);
    expect(await found(`tag=${first}&tag=${second}`)).toEqual(['Has both']);
    expect(await found(`tag=${first},${second}`)).toEqual(['Has both']);
    expect(await found(`tag=${first}&andTag=${second}`)).toEqual(['Has both']);
    const page = await manager.page(`/customers?tag=${first},${second}&columns=name,tags`);
    expect(page('.active-filters').text()).toContain('Tag: First tag + Second tag');
    expect(page('#field-tag option[selected]').text()).toBe('First tag + Second tag');
    expect(page('tbody').text()).toContain('First tag, Second tag');
  });

  test('an address with something else than ids is refused', async () => {
    expect((await manager.get('/customers?tag=VIP')).status).toBe(422);
    const many = Array.from({ length: 6 }, () => '00000000-0000-7000-8000-000000000000').join(',');
    expect((await manager.get(`/customers?tag=${many}`)).status).toBe(422);
    expect((await manager.get('/customers?tag=')).status).toBe(200);
  });
});
