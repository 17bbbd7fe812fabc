import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createRole } from '../support/factories/role.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { lastRequestOf } from './audit-of.js';

let product: TestProduct;
let administrator: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  administrator = await product.signIn({ name: 'Li Wei' });
});
afterAll(() => product.close());

const unknownId = '00000000-0000-7000-8000-000000000000';

const grantsOf = async (roleId: string): Promise<Record<string, string>> => {
  const rows = await product.query(
    z.object({ permission: z.string(), scope: z.string() }),
    'SELECT permission, scope FROM role_grants WHERE role_id = $1',
    [roleId],
  );
  return Object.fromEntries(rows.map(({ permission, scope }) => [permission, scope]));
};

const pathAfter = (response: { headers: Record<string, string | undefined> }): string =>
  response.headers['location'] ?? '';

describe('R5.2 roles on pages', () => {
  test('are listed, and say in words what they allow', async () => {
    const list = await administrator.page('/admin/roles');
    expect(list('main').text()).toContain('Service agent');
    const roleId = await createRole(product.deps, { 'customers:read': 'team', 'imports:run': 'all' });
    const page = await administrator.page(`/admin/roles/${roleId}`);
    const words = page('#permissions')
      .parent()
      .find('tbody tr')
      .toArray()
      .map((row) => page(row).text().replace(/\s+/g, ' ').trim());
    expect(words).toEqual(['See customers Own team', 'Import data All']);
  });

  test('speak the viewer’s language', async () => {
    const reader = await product.signIn({ locale: 'zh-CN' });
    const list = await reader.page('/admin/roles');
    expect(list('main').text()).toContain('客服');
    expect(list('main').text()).not.toContain('Service agent');
    const roleId = await createRole(product.deps, { 'customers:read': 'team' });
    expect((await reader.page(`/admin/roles/${roleId}`))('main').text()).toContain('查看客户');
  });

  test('are closed to others, and unknown ones are not found', async () => {
    const other = await product.signIn({ grants: { 'users:manage': 'all' } });
    expect((await other.get('/admin/roles')).status).toBe(403);
    expect((await other.post('/admin/roles', { name: 'X' })).status).toBe(403);
    expect((await administrator.get(`/admin/roles/${unknownId}`)).status).toBe(404);
    expect((await administrator.post(`/admin/roles/${unknownId}`, { name: 'X', version: '1' })).status).toBe(
      404,
    );
    expect((await administrator.post(`/admin/roles/${unknownId}/deletion`)).status).toBe(404);
    expect((await administrator.get('/admin/roles?sort=x')).status).toBe(422);
  });
});

describe('R5.2 editing roles', () => {
  test('creates a role from the matrix', async () => {
    const response = await administrator.post('/admin/roles', {
      name: 'Front desk',
      description: 'Answers the phone',
      customers_read: 'all',
      customers_edit: 'own',
      users_manage: 'none',
    });
    const roleId = pathAfter(response).split('/').at(-1) ?? '';
    expect(await grantsOf(roleId)).toEqual({ 'customers:read': 'all', 'customers:edit': 'own' });
    const audit = await lastRequestOf(product, administrator.user.id);
    expect(audit.map((row) => [row.action, row.table_name, row.operation])).toEqual([
      ['roles.created', 'roles', 'insert'],
      ['roles.created', 'role_grants', 'insert'],
      ['roles.created', 'role_grants', 'insert'],
    ]);
  });

  test('changes it for its users from their next request on; what the form leaves out stays', async () => {
    const member = await product.signIn({
      grants: { 'customers:read': 'own', 'teams:manage': 'all', 'purchases:create': 'own' },
    });
    const [role] = await product.query(
      z.object({ id: z.string() }),
      'SELECT role_id AS id FROM user_roles WHERE user_id = $1',
      [member.user.id],
    );
    const roleId = role?.id ?? '';
    expect((await member.get('/admin/teams')).status).toBe(200);
    expect((await member.get('/admin/login-log')).status).toBe(403);
    const response = await administrator.post(`/admin/roles/${roleId}`, {
      name: 'Changed',
      version: '1',
      customers_read: 'team',
      teams_manage: 'none',
      'login-log_read': 'all',
    });
    expect(response.status).toBe(303);
    expect(await grantsOf(roleId)).toEqual({
      'customers:read': 'team',
      'login-log:read': 'all',
      'purchases:create': 'own',
    });
    expect((await member.get('/admin/teams')).status).toBe(403);
    expect((await member.get('/admin/login-log')).status).toBe(200);
    const audit = await lastRequestOf(product, administrator.user.id);
    expect(audit.map((row) => [row.table_name, row.operation])).toEqual([
      ['roles', 'update'],
      ['role_grants', 'delete'],
      ['role_grants', 'insert'],
      ['role_grants', 'update'],
    ]);
  });

  test('refuses scopes that a permission cannot take, unknown fields, names that are taken', async () => {
    const roleId = await createRole(product.deps, {}, 'Taken');
    const answers = [
      await administrator.post('/admin/roles', { name: 'A', imports_run: 'own' }),
      await administrator.post('/admin/roles', { name: 'A', customers_everything: 'all' }),
      await administrator.post('/admin/roles', { name: 'A', shippedKey: 'administrator' }),
      await administrator.post('/admin/roles', { name: 'Taken' }),
      await administrator.post('/admin/roles', { name: '' }),
      await administrator.post(`/admin/roles/${roleId}`, { name: 'Manager', version: '1' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(422));
    expect(answers[3]?.text).toContain('This name is already in use');
  });

  test('R5.2 nobody puts more into a role than they hold, and nobody changes a role that holds more', async () => {
    const granter = await product.signIn({ grants: { 'roles:manage': 'all', 'customers:read': 'team' } });
    const form = await granter.page('/admin/roles/new');
    expect(
      form('[name="customers_read"]')
        .toArray()
        .map((box) => form(box).attr('value')),
    ).toEqual(['none', 'own', 'team']);
    expect(form('[name="users_manage"]').length).toBe(0);
    for (const grant of [{ customers_read: 'all' }, { users_manage: 'all' }]) {
      const response = await granter.post('/admin/roles', { name: 'Beyond', ...grant });
      expect(response.status).toBe(422);
    }
    const within = await granter.post('/admin/roles', { name: 'Within', customers_read: 'team' });
    const path = pathAfter(within);
    expect((await granter.post(path, { name: 'Within', version: '1', customers_read: 'all' })).status).toBe(
      422,
    );
    expect((await granter.post(path, { name: 'Within', version: '1', customers_read: 'own' })).status).toBe(
      303,
    );

    const wider = await createRole(product.deps, { 'users:manage': 'all' });
    expect((await granter.get(`/admin/roles/${wider}/edit`)).status).toBe(403);
    expect(
      (await granter.post(`/admin/roles/${wider}`, { name: 'Wider', version: '1', users_manage: 'none' }))
        .status,
    ).toBe(403);
    expect((await granter.post(`/admin/roles/${wider}/deletion`)).status).toBe(403);
    expect(await grantsOf(wider)).toEqual({ 'users:manage': 'all' });
  });

  test('shows both versions when somebody else saved first', async () => {
    const roleId = await createRole(product.deps, { 'customers:read': 'own' }, 'Contested');
    const path = `/admin/roles/${roleId}`;
    await administrator.post(path, { name: 'First', version: '1' });
    const response = await administrator.post(path, {
      name: 'Second',
      version: '1',
      customers_read: 'all',
    });
    expect(response.status).toBe(409);
    expect(response.text).toContain('Li Wei saved this record');
    expect(await grantsOf(roleId)).toEqual({ 'customers:read': 'own' });
  });
});

describe('R5.2 deleting roles', () => {
  test('takes a role that nobody has, with its permissions', async () => {
    const roleId = await createRole(product.deps, { 'customers:read': 'own' });
    expect((await administrator.page(`/admin/roles/${roleId}/deletion`))('main').text()).toContain(
      '1 permission',
    );
    expect((await administrator.post(`/admin/roles/${roleId}/deletion`)).status).toBe(303);
    expect((await administrator.get(`/admin/roles/${roleId}`)).status).toBe(404);
    const audit = await lastRequestOf(product, administrator.user.id);
    expect(audit.map((row) => [row.action, row.table_name, row.operation])).toEqual([
      ['roles.deleted', 'role_grants', 'delete'],
      ['roles.deleted', 'roles', 'delete'],
    ]);
  });

  test('is refused while users have it', async () => {
    const member = await product.signIn({ grants: { 'customers:read': 'own' } });
    const [role] = await product.query(
      z.object({ id: z.string() }),
      'SELECT role_id AS id FROM user_roles WHERE user_id = $1',
      [member.user.id],
    );
    const path = `/admin/roles/${role?.id ?? ''}`;
    expect((await administrator.get(`${path}/deletion`)).status).toBe(409);
    const response = await administrator.post(`${path}/deletion`);
    expect(response.status).toBe(409);
    expect(response.text).toContain('1 user still has this role');
    expect((await administrator.page(path))(`a[href="${path}/deletion"]`).length).toBe(0);
  });
});
