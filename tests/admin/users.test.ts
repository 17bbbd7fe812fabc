import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { TestClient } from '../support/client.js';
import { createRole } from '../support/factories/role.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';
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

const UserRow = z.object({
  id: z.string(),
  name: z.string(),
  username: z.string(),
  email: z.string().nullable(),
  locale: z.string().nullable(),
  must_change_password: z.boolean(),
  version: z.number(),
});

async function userNamed(username: string): Promise<z.infer<typeof UserRow>> {
  const [row] = await product.query(UserRow, 'SELECT * FROM users WHERE username = $1', [username]);
  if (!row) throw new Error(`no user ${username}`);
  return row;
}

const roleNames = async (userId: string): Promise<string[]> => {
  const rows = await product.query(
    z.object({ name: z.string() }),
    'SELECT roles.name FROM user_roles JOIN roles ON roles.id = role_id WHERE user_id = $1 ORDER BY roles.name',
    [userId],
  );
  return rows.map(({ name }) => name);
};

describe('R5.2 the list of users', () => {
  test('finds by name and user name, filters by role and state, and sorts', async () => {
    const roleId = await createRole(product.deps);
    const teamId = await createTeam(product.deps, { name: 'North' });
    await createUser(product.deps, { name: 'Zoë 张', teamIds: [teamId] });
    await administrator.post('/admin/users', {
      name: 'Listed',
      username: 'listed.one',
      roleIds: roleId,
      email: '',
      locale: '',
    });
    const names = async (query: string) => {
      const page = await administrator.page(`/admin/users?${query}`);
      return page('.list a.row-link')
        .toArray()
        .map((link) => page(link).text());
    };
    expect(await names('q=listed')).toEqual(['Listed']);
    expect(await names(`q=${encodeURIComponent('张')}`)).toEqual(['Zoë 张']);
    expect(await names(`role=${roleId}`)).toEqual(['Listed']);
    expect(await names('q=zo&state=disabled')).toEqual([]);
    expect((await names('sort=-name'))[0]).toBe('Zoë 张');
    expect((await names('sort=-createdAt'))[0]).toBe('Listed');
    expect(await names('q=%25')).toEqual([]);
  });

  test('refuses what it does not know, and people without the permission', async () => {
    expect((await administrator.get('/admin/users?state=gone')).status).toBe(422);
    expect((await administrator.get('/admin/users?sort=password_hash')).status).toBe(422);
    expect((await administrator.get('/admin/users?role=x')).status).toBe(422);
    const auditor = await product.signIn({ role: 'auditor' });
    expect((await auditor.get('/admin/users')).status).toBe(403);
  });
});

describe('R5.1 creating a user', () => {
  test('shows a random password once; it is stored hashed and must be changed at the first sign-in', async () => {
    const roleId = await createRole(product.deps, { 'customers:read': 'own' });
    const teamId = await createTeam(product.deps);
    const response = await administrator.post('/admin/users', {
      name: '王小明',
      username: 'Wang.XM',
      email: 'WANG@Example.com',
      roleIds: roleId,
      teamIds: teamId,
      locale: 'zh-CN',
    });
    expect(response.status).toBe(200);
    const password = /id="made-password" value="([^"]+)"/.exec(response.text)?.[1] ?? '';
    expect(password).toMatch(/^[A-Za-z0-9]{16}$/);
    const user = await userNamed('wang.xm');
    expect(user).toMatchObject({
      name: '王小明',
      email: 'wang@example.com',
      locale: 'zh-CN',
      must_change_password: true,
    });
    const audit = await lastRequestOf(product, administrator.user.id);
    expect(audit.map((row) => [row.action, row.table_name, row.operation])).toEqual([
      ['users.created', 'users', 'insert'],
      ['users.created', 'user_roles', 'insert'],
      ['users.created', 'team_members', 'insert'],
      ['users.created', 'teams', 'update'],
    ]);
    expect(JSON.stringify(audit)).not.toContain(password);
    const stored = await product.query(z.object({ sess: z.unknown() }), 'SELECT sess FROM sessions');
    expect(JSON.stringify(stored)).not.toContain(password);
    const later = [
      await administrator.get('/admin/users'),
      await administrator.get(`/admin/users/${user.id}`),
    ];
    expect(later.map(({ text }) => text).join()).not.toContain(password);

    const client = new TestClient(product.app, { ...user, password });
    expect((await client.signIn('wang.xm', password)).headers['location']).toBe('/');
    expect((await client.get('/customers')).headers['location']).toBe('/profile/password');
  });

  test('refuses bad input with sentences and keeps what was typed', async () => {
    const response = await administrator.post('/admin/users', {
      name: '',
      username: 'a b',
      email: 'nobody@',
      locale: 'fr',
    });
    expect(response.status).toBe(422);
    expect(response.text).toContain('This is required');
    expect(response.text).toContain('Use 2 to 40 of these characters');
    expect(response.text).toContain('value="a b"');
    expect(response.text).toContain('This is not an e-mail address');
  });

  test('refuses a user name that is taken, in whatever case', async () => {
    const { username } = await createUser(product.deps);
    const response = await administrator.post('/admin/users', {
      name: 'Twin',
      username: username.toUpperCase(),
    });
    expect(response.status).toBe(422);
    expect(response.text).toContain('Somebody already has this user name');
  });

  test('refuses roles and teams that do not exist', async () => {
    for (const field of ['roleIds', 'teamIds']) {
      const response = await administrator.post('/admin/users', {
        name: 'X',
        username: 'unknown.role',
        [field]: unknownId,
      });
      expect(response.status, field).toBe(422);
    }
    await expect(userNamed('unknown.role')).rejects.toThrow();
  });

  test('R5.6 takes no field besides those of the form', async () => {
    for (const key of [
      'id',
      'passwordHash',
      'password_hash',
      'mustChangePassword',
      'disabledAt',
      'version',
      'grants',
    ]) {
      const response = await administrator.post('/admin/users', {
        name: 'Mass',
        username: 'mass',
        [key]: 'x',
      });
      expect(response.status, key).toBe(422);
    }
    await expect(userNamed('mass')).rejects.toThrow();
  });
});

describe('R5.2 changing a user', () => {
  const form = { name: 'Anna', email: '', locale: '' };

  test('saves fields, roles and teams, and audits each change', async () => {
    const [kept, added] = [
      await createRole(product.deps, {}, 'Kept'),
      await createRole(product.deps, {}, 'Added'),
    ];
    const user = await createUser(product.deps, { grants: { 'customers:read': 'own' } });
    const path = `/admin/users/${user.id}`;
    await administrator.post(path, { ...form, version: '1', username: user.username, roleIds: kept });
    const response = await administrator.post(path, {
      ...form,
      version: '2',
      username: user.username,
      email: 'anna@example.com',
      roleIds: [kept, added],
    });
    expect(response.headers['location']).toBe(path);
    expect(await userNamed(user.username)).toMatchObject({
      name: 'Anna',
      email: 'anna@example.com',
      version: 3,
    });
    expect(await roleNames(user.id)).toEqual(['Added', 'Kept']);
    const audit = await lastRequestOf(product, administrator.user.id);
    expect(audit.map((row) => [row.action, row.table_name, row.operation])).toEqual([
      ['users.changed', 'users', 'update'],
      ['users.changed', 'user_roles', 'insert'],
    ]);
    expect(audit[0]).toMatchObject({ before: { email: null }, after: { email: 'anna@example.com' } });
  });

  test('shows both versions when somebody else saved first', async () => {
    const user = await createUser(product.deps, { grants: {}, name: 'Contested' });
    const path = `/admin/users/${user.id}`;
    await administrator.post(path, { ...form, name: 'First', version: '1', username: user.username });
    const response = await administrator.post(path, {
      ...form,
      name: 'Second',
      version: '1',
      username: user.username,
    });
    expect(response.status).toBe(409);
    expect(response.text).toContain('Li Wei saved this record');
    expect(response.text).toContain('value="Second"');
    expect(response.text).toContain('name="version" value="2"');
    expect((await userNamed(user.username)).name).toBe('First');
  });

  test('of parallel changes one is saved and the others see the conflict', async () => {
    const user = await createUser(product.deps, { grants: {} });
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        administrator.post(`/admin/users/${user.id}`, {
          ...form,
          name: `Name ${index}`,
          version: '1',
          username: user.username,
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array<number>(7).fill(409)]);
  });

  test('a team that changed in between is not undone by an older form', async () => {
    const teamId = await createTeam(product.deps);
    const user = await createUser(product.deps, { grants: {} });
    await administrator.post(`/admin/teams/${teamId}`, {
      name: 'Fresh',
      branchId: '',
      version: '1',
      memberIds: user.id,
    });
    const response = await administrator.post(`/admin/users/${user.id}`, {
      ...form,
      version: '1',
      username: user.username,
    });
    expect(response.status).toBe(409);
  });

  test('answers 404 for nobody and 422 for bad input', async () => {
    expect((await administrator.get(`/admin/users/${unknownId}`)).status).toBe(404);
    expect((await administrator.get('/admin/users/x')).status).toBe(404);
    expect((await administrator.get(`/admin/users/${unknownId}/edit`)).status).toBe(404);
    expect(
      (await administrator.post(`/admin/users/${unknownId}`, { ...form, version: '1', username: 'nobody' }))
        .status,
    ).toBe(404);
    const user = await createUser(product.deps, { grants: {} });
    const response = await administrator.post(`/admin/users/${user.id}`, {
      ...form,
      name: '',
      version: '1',
      username: 'x.y',
    });
    expect(response.status).toBe(422);
    expect(response.text).toContain('value="x.y"');
  });
});
