import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createSavedView, roleIdOf } from '../support/factories/saved-view.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
let agent: TestClient;
let accountant: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager', name: 'Mei Lin' });
  agent = await product.signIn({ role: 'agent' });
  accountant = await product.signIn({ role: 'account' });
  await createCustomer(product.deps, { name: '张三', city: '上海' });
  await createCustomer(product.deps, { name: '李四', city: '北京' });
});
afterAll(() => product.close());

const save = (
  client: TestClient,
  name: string,
  query = 'city=上海&columns=name,city',
  roleId = '',
  id = newId(),
) => client.post('/saved-views', { id, list: 'customers', query, name, sharedRoleId: roleId });

const tabs = async (client: TestClient, address = '/customers'): Promise<string[]> => {
  const document = await client.page(address);
  return document('.view-tab')
    .get()
    .map((tab) => document(tab).text());
};

const actionsOn = async (recordId: string): Promise<string[]> => {
  const rows = await product.query(
    z.object({ action: z.string() }),
    `SELECT action FROM audit_log WHERE table_name = 'saved_views' AND record_id = $1 ORDER BY id`,
    [recordId],
  );
  return rows.map(({ action }) => action);
};

describe('R1.11 a saved view', () => {
  test('keeps filters, order and columns under a name, and opens as they were', async () => {
    const id = newId();
    const response = await save(
      manager,
      'Shanghai',
      'sort=name&city=上海&columns=name,city&after=&view=',
      '',
      id,
    );
    expect(response.status).toBe(303);
    const address = response.headers['location'] ?? '';
    const document = await manager.page(address);
    expect(document('.view-tab[aria-current]').text()).toBe('Shanghai');
    expect(document('#list thead th').length).toBe(2);
    expect(document('#list .row-link').text()).toBe('张三');
    const opened = await manager.get(`/saved-views/${id}`);
    expect([opened.status, opened.headers['location']]).toEqual([303, address]);
    const stored = await product.query(
      z.object({ query: z.string(), columns: z.array(z.string()) }),
      'SELECT query, columns FROM saved_views WHERE id = $1',
      [id],
    );
    expect(stored).toEqual([
      { query: `city=${encodeURIComponent('上海')}&sort=name`, columns: ['name', 'city'] },
    ]);
    expect(await actionsOn(id)).toEqual(['saved-views.created']);
    expect((await save(manager, 'Shanghai', '', '', id)).status).toBe(303);
    expect(await actionsOn(id)).toEqual(['saved-views.created']);
  });

  test('is private unless it is shared; then everybody with the role sees it, but cannot change it', async () => {
    await save(manager, 'Private one');
    const id = newId();
    await save(manager, 'For agents', 'city=上海', await roleIdOf(product, 'agent'), id);
    expect(await tabs(agent)).toEqual(['All', 'For agents']);
    expect(await tabs(accountant)).toEqual([]);
    expect(await tabs(manager)).toContain('Private one');
    expect((await agent.get(`/saved-views/${id}`)).status).toBe(303);
    expect((await accountant.get(`/saved-views/${id}`)).status).toBe(404);
    for (const path of ['/edit', '']) {
      const response =
        path === '/edit'
          ? await agent.get(`/saved-views/${id}${path}`)
          : await agent.post(`/saved-views/${id}`, { version: '1', name: 'Mine now', sharedRoleId: '' });
      expect(response.status, path).toBe(403);
    }
    expect((await agent.post(`/saved-views/${id}/deletion`, { version: '1' })).status).toBe(403);
    expect((await agent.post(`/saved-views/${id}/query`, { version: '1', query: '' })).status).toBe(403);
    expect(await actionsOn(id)).toEqual(['saved-views.created']);
  });

  test('is shared with a role that one has, or with any by permission', async () => {
    const managers = await roleIdOf(product, 'manager');
    const agents = await roleIdOf(product, 'agent');
    const refused = await save(agent, 'For managers', 'city=上海', managers);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('value="For managers"');
    expect((await save(agent, 'For us', 'city=上海', agents)).status).toBe(303);
    expect((await save(manager, 'For accountants', '', await roleIdOf(product, 'account'))).status).toBe(303);
    expect(await tabs(accountant)).toEqual(['All', 'For accountants']);
  });

  test('offers to save what was changed since, and only then', async () => {
    const id = newId();
    const { headers } = await save(manager, 'Changing', 'city=上海', '', id);
    const address = headers['location'] ?? '';
    const unchanged = await manager.page(address);
    expect(unchanged(`form[action="/saved-views/${id}/query"]`)).toHaveLength(0);
    expect(unchanged('a[href^="/saved-views/new"]')).toHaveLength(0);
    const changed = await manager.page(`${address}&gender=none&columns=name,age`);
    const form = changed(`form[action="/saved-views/${id}/query"]`);
    expect(changed('a[href^="/saved-views/new"]')).toHaveLength(1);
    const response = await manager.post(form.attr('action') ?? '', {
      version: form.find('[name="version"]').attr('value') ?? '',
      query: form.find('[name="query"]').attr('value') ?? '',
    });
    expect(response.status).toBe(303);
    const saved = new URL(response.headers['location'] ?? '', 'http://x').searchParams;
    expect(Object.fromEntries(saved)).toEqual({
      city: '上海',
      gender: 'none',
      columns: 'name,age',
      view: id,
    });
    expect(await actionsOn(id)).toEqual(['saved-views.created', 'saved-views.changed']);
    expect((await manager.post(`/saved-views/${id}/query`, { version: '1', query: '' })).status).toBe(409);
    expect(
      (await manager.post(`/saved-views/${id}/query`, { version: '2', query: 'city=x&nosuch=1' })).status,
    ).toBe(422);
  });

  test('is renamed, deleted, and brought back', async () => {
    const id = newId();
    await save(agent, 'Old name', 'city=上海', '', id);
    const form = await agent.page(`/saved-views/${id}/edit`);
    expect(form('#field-name').attr('value')).toBe('Old name');
    expect(
      (await agent.post(`/saved-views/${id}`, { version: '1', name: '', sharedRoleId: '' })).status,
    ).toBe(422);
    const renamed = await agent.post(`/saved-views/${id}`, {
      version: '1',
      name: 'New name',
      sharedRoleId: '',
    });
    expect(renamed.status).toBe(303);
    expect(
      (await agent.post(`/saved-views/${id}`, { version: '1', name: 'Too late', sharedRoleId: '' })).status,
    ).toBe(409);
    expect(await tabs(agent)).toContain('New name');
    expect((await agent.post(`/saved-views/${id}/deletion`, { version: '2' })).status).toBe(303);
    const undo = (await agent.page('/customers'))('.notice form').attr('action') ?? '';
    expect(await tabs(agent)).not.toContain('New name');
    expect((await agent.page('/recent-actions')).text()).toContain('Deleted the view “New name”');
    expect((await agent.post(undo)).status).toBe(303);
    expect(await tabs(agent)).toContain('New name');
    expect(await actionsOn(id)).toEqual([
      'saved-views.created',
      'saved-views.changed',
      'saved-views.deleted',
      'undo.applied',
    ]);
  });

  test('that no longer fits the list says so instead of failing', async () => {
    const id = await createSavedView(product.deps, {
      ownerId: manager.user.id,
      name: 'From long ago',
      query: 'gender=unknown&shoeSize=42',
      columns: ['name', 'shoeSize'],
    });
    const document = await manager.page(`/saved-views/${id}`);
    expect(document('.notice').text()).toMatch(/no longer fits[\s\S]*shoeSize/);
    expect(document(`a[href="/saved-views/${id}/edit"]`)).toHaveLength(1);
    expect((await manager.get('/customers')).status).toBe(200);
  });

  test('holds no phone number or address that somebody searched for', async () => {
    for (const query of ['q=13800138000', 'q=somebody@example.com', 'q=C000001']) {
      const response = await save(manager, 'Search', query);
      expect(response.status, query).toBe(422);
      expect(response.text).toContain('not stored in clear');
    }
    expect((await save(manager, 'A name', 'q=张')).status).toBe(303);
  });

  test('has a name of its own and fits its list', async () => {
    await save(manager, 'Taken');
    expect((await save(manager, 'Taken')).text).toContain('You have a view of this name already');
    expect((await save(manager, 'Unfit', 'nosuch=1')).status).toBe(422);
    expect((await save(manager, 'Unfit', 'columns=nosuch')).status).toBe(422);
    expect((await save(manager, 'x'.repeat(61))).status).toBe(422);
    const other = await manager.post('/saved-views', {
      id: newId(),
      list: 'users',
      query: '',
      name: 'Other',
      sharedRoleId: '',
    });
    expect(other.status).toBe(422);
  });

  test('needs the permission for its list; others’ are not there', async () => {
    const stranger = await product.signIn({ grants: { 'teams:manage': 'all' } });
    expect((await stranger.get('/saved-views/new?list=customers')).status).toBe(403);
    expect((await save(stranger, 'Mine')).status).toBe(403);
    expect((await manager.get(`/saved-views/${newId()}`)).status).toBe(404);
    expect((await manager.get('/saved-views/nosuch/edit')).status).toBe(404);
    expect((await manager.get('/saved-views/new?list=nosuch')).status).toBe(422);
    expect((await manager.get('/saved-views/new')).status).toBe(200);
    expect((await agent.get('/customers?view=nosuch')).status).toBe(422);
    expect((await agent.get(`/customers?view=${newId()}`)).status).toBe(200);
  });

  test('there are at most thirty of one’s own', async () => {
    const collector = await product.signIn({ role: 'agent' });
    for (let number = 0; number < 30; number += 1) {
      await createSavedView(product.deps, { ownerId: collector.user.id, name: `View ${number}` });
    }
    expect((await save(collector, 'One more')).text).toContain('delete one first');
  });
});
