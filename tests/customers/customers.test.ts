import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createTeam } from '../support/factories/team.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const AuditRow = z.object({
  action: z.string(),
  operation: z.string(),
  actor_id: z.string().nullable(),
  before: z.looseObject({}).nullable(),
  after: z.looseObject({}).nullable(),
});

const auditOf = (recordId: string) =>
  product.query(
    AuditRow,
    `SELECT action, operation, actor_id, before, after FROM audit_log WHERE record_id = $1 ORDER BY id`,
    [recordId],
  );

const customerRow = async (id: string) => {
  const [row] = await product.query(z.looseObject({}), 'SELECT * FROM customers WHERE id = $1', [id]);
  if (!row) throw new Error('no such row');
  return row;
};

const form = { name: '张三', birthCalendar: 'solar' };

describe('R1.1 creating a customer', () => {
  test('stores what was typed, contact data encrypted, and audits it', async () => {
    const id = newId();
    const response = await manager.post('/customers', {
      ...form,
      id,
      gender: 'female',
      birthDate: '1990-02-28',
      phone: '+86 138-1234-5678',
      email: 'Zhang.San@Example.com',
      city: '长沙市',
    });
    expect(response.headers['location']).toBe(`/customers/${id}`);
    const row = await customerRow(id);
    expect(row).toMatchObject({
      name: '张三',
      name_pinyin: 'zhangsan',
      name_initials: 'zs',
      gender: 'female',
      version: 1,
    });
    expect(JSON.stringify(row)).not.toContain('13812345678');
    const audit = await auditOf(id);
    expect(audit).toMatchObject([
      { action: 'customers.created', operation: 'insert', actor_id: manager.user.id, before: null },
    ]);
    expect(JSON.stringify(audit)).not.toContain('13812345678');
    const page = await manager.page(`/customers/${id}`);
    expect(page('main').text()).toContain('138****5678');
    expect(page('main').text()).toContain('z***@example.com');
  });

  test('sent twice, creates once', async () => {
    const id = newId();
    const responses = await Promise.all(
      [1, 2, 3].map(() => manager.post('/customers', { ...form, id, name: 'Twice' })),
    );
    expect(responses.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect((await auditOf(id)).length).toBe(1);
  });

  test('refuses bad input with sentences and keeps what was typed', async () => {
    const response = await manager.post('/customers', {
      ...form,
      id: newId(),
      name: '',
      phone: '12345',
      birthDate: '2023-02-30',
      email: 'x@',
    });
    expect(response.status).toBe(422);
    expect(response.text).toContain('No such phone number exists');
    expect(response.text).toContain('value="12345"');
    expect(response.text).toContain('value="2023-02-30"');
    expect(response.text).toContain('This is not an e-mail address');
  });

  test('refuses fields it does not know', async () => {
    const response = await manager.post('/customers', {
      ...form,
      id: newId(),
      version: '7',
      createdAt: '2020-01-01',
    });
    expect(response.status).toBe(422);
  });

  test('is refused without the permission', async () => {
    const auditor = await product.signIn({ role: 'auditor' });
    expect((await auditor.post('/customers', { ...form, id: newId() })).status).toBe(403);
    expect((await auditor.get('/customers/new')).status).toBe(403);
  });
});

describe('R1.1 changing a customer', () => {
  test('saves the change, keeps contact data that was left empty, and audits both images', async () => {
    const { id } = await createCustomer(product.deps, {
      name: 'Anna Berg',
      phone: '+8613912345678',
      city: '北京市',
    });
    const response = await manager.post(`/customers/${id}`, {
      ...form,
      name: 'Anna Bergmann',
      version: '1',
      city: '上海市',
    });
    expect(response.status).toBe(303);
    const row = await customerRow(id);
    expect(row).toMatchObject({
      name: 'Anna Bergmann',
      name_pinyin: 'annabergmann',
      city: '上海市',
      version: 2,
    });
    const [, change] = await auditOf(id);
    expect(change).toMatchObject({
      action: 'customers.changed',
      operation: 'update',
      before: { city: '北京市' },
      after: { city: '上海市' },
    });
    expect((await manager.page(`/customers/${id}`))('main').text()).toContain('139****5678');
  });

  test('removes contact data when asked to', async () => {
    const { id } = await createCustomer(product.deps, { phone: '+8613912345679', email: 'a@example.com' });
    await manager.post(`/customers/${id}`, { ...form, version: '1', clearContact: 'phone' });
    expect(await customerRow(id)).toMatchObject({
      phone_encrypted: null,
      phone_hash: null,
      phone_last4_hash: null,
    });
    expect((await customerRow(id))['email_encrypted']).not.toBeNull();
  });

  test('tells the second of two editors, shows both versions, and loses nothing that was typed', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Shared', city: '北京市' });
    const other = await product.signIn({ role: 'manager', name: 'Li Wei' });
    await other.post(`/customers/${id}`, { ...form, name: 'Shared', version: '1', city: '广州市' });
    const second = await manager.post(`/customers/${id}`, {
      ...form,
      name: 'Shared',
      version: '1',
      city: '深圳市',
      remark: 'typed',
    });
    expect(second.status).toBe(409);
    expect(second.text).toContain('Li Wei');
    expect(second.text).toContain('广州市');
    expect(second.text).toContain('value="深圳市"');
    expect(second.text).toContain('typed');
    expect(second.text).toContain('name="version" value="2"');
    expect(await customerRow(id)).toMatchObject({ city: '广州市', version: 2 });
  });

  test('50 parallel edits of one version: one wins, 49 are told', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Busy' });
    const statuses = await Promise.all(
      Array.from(
        { length: 50 },
        async (_, index) =>
          (await manager.post(`/customers/${id}`, { ...form, name: `Busy ${index}`, version: '1' })).status,
      ),
    );
    expect(statuses.filter((status) => status === 303)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(49);
    expect(await customerRow(id)).toMatchObject({ version: 2 });
  });
});

describe('R1.15 own, team, all', () => {
  test('what lies outside the scope does not exist, in list, record, search and forms', async () => {
    const teamId = await createTeam(product.deps);
    const member = await product.signIn({
      teamIds: [teamId],
      grants: { 'customers:read': 'team', 'customers:edit': 'own' },
    });
    const own = await createCustomer(product.deps, { name: 'Scope Own', ownerId: member.user.id, teamId });
    const team = await createCustomer(product.deps, { name: 'Scope Team', teamId });
    const foreign = await createCustomer(product.deps, { name: 'Scope Foreign', phone: '+8613700000001' });

    const list = await member.page('/customers?q=scope');
    expect(list('#list tbody tr').length).toBe(2);
    expect((await member.get(`/customers/${foreign.id}`)).status).toBe(404);
    expect((await member.get(`/customers/${foreign.id}/edit`)).status).toBe(404);
    expect((await member.post(`/customers/${foreign.id}`, { ...form, version: '1' })).status).toBe(404);
    expect((await member.get('/search?q=13700000001')).headers['location']).toBe('/customers?q=13700000001');
    expect((await member.get(`/customers/${team.id}/edit`)).status).toBe(403);
    expect((await member.post(`/customers/${team.id}`, { ...form, version: '1' })).status).toBe(403);
    expect((await member.get(`/customers/${own.id}/edit`)).status).toBe(200);
  });

  test('pages: ok, 404 for ids that are none, 403 without permission, 303 without sign-in', async () => {
    const { id } = await createCustomer(product.deps);
    const nobody = await product.signIn({ role: null });
    for (const path of [
      '/customers',
      '/customers/new',
      `/customers/${id}`,
      `/customers/${id}/edit`,
      `/customers/${id}/deletion`,
    ]) {
      expect((await manager.get(path)).status, path).toBe(200);
      expect((await nobody.get(path)).status, path).toBe(403);
      expect((await product.anonymous().get(path)).status, path).toBe(303);
    }
    expect((await manager.get('/customers/not-an-id')).status).toBe(404);
    expect((await manager.get(`/customers/${newId()}`)).status).toBe(404);
  });
});

describe('R5.5 revealing contact data', () => {
  test('shows the value once and writes it to the log', async () => {
    const { id } = await createCustomer(product.deps, { phone: '+8613812340000' });
    const response = await manager.post(`/customers/${id}/contact/phone`);
    expect(response.status).toBe(200);
    expect(response.text).toContain('138 1234 0000');
    expect((await auditOf(id)).at(-1)).toMatchObject({
      action: 'customers.phone-revealed',
      operation: 'event',
      actor_id: manager.user.id,
    });
  });

  test('is refused outside the scope of the permission', async () => {
    const { id } = await createCustomer(product.deps, { phone: '+8613812340000' });
    const agent = await product.signIn({ role: 'agent' });
    const response = await agent.post(`/customers/${id}/contact/phone`);
    expect(response.status).toBe(403);
    expect(response.text).not.toContain('138 1234 0000');
  });
});
