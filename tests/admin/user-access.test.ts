import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Conflict } from '../../src/core/errors.js';
import { disableUser } from '../../src/modules/admin/users/users.service.js';
import { TestClient } from '../support/client.js';
import { createRole } from '../support/factories/role.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { lastRequestOf } from './audit-of.js';
import { administratorContext } from './viewer-context.js';

let product: TestProduct;
let administrator: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  administrator = await product.signIn();
});
afterAll(() => product.close());

const activeAdministrators = async (): Promise<string[]> => {
  const rows = await product.query(
    z.object({ username: z.string() }),
    `SELECT username FROM users WHERE disabled_at IS NULL AND EXISTS (
       SELECT FROM user_roles JOIN roles ON roles.id = role_id WHERE user_id = users.id AND shipped_key = 'administrator')`,
  );
  return rows.map(({ username }) => username);
};

const shippedRole = async (key: string): Promise<string> => {
  const [row] = await product.query(
    z.object({ id: z.string() }),
    'SELECT id FROM roles WHERE shipped_key = $1',
    [key],
  );
  return row?.id ?? '';
};

const formOf = (user: { name: string; username: string }) => ({
  name: user.name,
  username: user.username,
  email: '',
  locale: '',
  version: '1',
});

describe('R5.2 nobody grants what they lack', () => {
  test('a role with a permission, or a wider scope, that the granter lacks is not offered and is refused', async () => {
    const granter = await product.signIn({ grants: { 'users:manage': 'all', 'customers:read': 'team' } });
    const wider = await createRole(product.deps, { 'customers:read': 'all' }, 'Wider');
    const other = await createRole(product.deps, { 'imports:run': 'all' }, 'Other');
    const within = await createRole(product.deps, { 'customers:read': 'own' }, 'Within');
    const page = await granter.page('/admin/users/new');
    const offered = page('[name=roleIds]')
      .toArray()
      .map((box) => page(box).attr('value'));
    expect(offered).toContain(within);
    expect(offered).not.toContain(wider);
    expect(offered).not.toContain(other);
    for (const roleId of [wider, other, await shippedRole('administrator')]) {
      const response = await granter.post('/admin/users', {
        name: 'X',
        username: 'beyond',
        roleIds: [within, roleId],
      });
      expect(response.status).toBe(422);
      expect(response.text).toContain('You cannot grant what you may not do yourself');
    }
    const accepted = await granter.post('/admin/users', { name: 'X', username: 'within', roleIds: within });
    expect(accepted.status).toBe(200);
  });

  test('not to themselves either', async () => {
    const granter = await product.signIn({ grants: { 'users:manage': 'all' } });
    const [role] = await product.query(
      z.object({ id: z.string() }),
      'SELECT role_id AS id FROM user_roles WHERE user_id = $1',
      [granter.user.id],
    );
    const response = await granter.post(`/admin/users/${granter.user.id}`, {
      ...formOf(granter.user),
      roleIds: [role?.id ?? '', await shippedRole('administrator')],
    });
    expect(response.status).toBe(422);
  });

  test('nor take over somebody who may do more: no change, no disabling, no new password', async () => {
    const granter = await product.signIn({ grants: { 'users:manage': 'all' } });
    const target = await createUser(product.deps);
    const path = `/admin/users/${target.id}`;
    const attempts = [
      await granter.get(`${path}/edit`),
      await granter.get(`${path}/disablement`),
      await granter.get(`${path}/password`),
      await granter.post(path, formOf(target)),
      await granter.post(`${path}/disablement`),
      await granter.post(`${path}/enablement`),
      await granter.post(`${path}/password`),
    ];
    expect(attempts.map(({ status }) => status)).toEqual(Array(7).fill(403));
    const page = await granter.page(path);
    expect(page('main').text()).toContain('This user may do more than you');
    expect(page(`a[href="${path}/edit"]`).length).toBe(0);
    const client = new TestClient(product.app, target);
    expect((await client.signIn(target.username, target.password)).headers['location']).toBe('/');
  });
});

describe('R5.1 disabling a user', () => {
  test('ends their sign-ins at the next request, and is undone by enabling', async () => {
    const client = await product.signIn({ role: 'agent' });
    const path = `/admin/users/${client.user.id}`;
    expect((await client.get('/customers')).status).toBe(200);
    const question = await administrator.page(`${path}/disablement`);
    expect(question('main').text()).toContain('1 open sign-in ends at once');
    const response = await administrator.post(`${path}/disablement`);
    expect(response.headers['location']).toBe(path);
    const audit = await lastRequestOf(product, administrator.user.id);
    expect(audit).toMatchObject([
      { action: 'users.disabled', table_name: 'users', operation: 'update', before: { disabled_at: null } },
      { action: 'sign-in.ended', operation: 'event', after: { count: 1 } },
    ]);
    expect((await client.get('/customers')).headers['location']).toContain('/login');
    expect((await client.post('/profile/theme', { theme: 'dark' })).status).toBe(401);
    expect((await product.anonymous().signIn(client.user.username, client.user.password)).status).toBe(401);

    const page = await administrator.page(path);
    expect(page(`form[action="${path}/enablement"]`).length).toBeGreaterThan(0);
    await administrator.post(`${path}/enablement`);
    expect((await client.get('/customers')).headers['location']).toContain('/login');
    expect(
      (await product.anonymous().signIn(client.user.username, client.user.password)).headers['location'],
    ).toBe('/');
  });

  test('is refused for oneself, and twice', async () => {
    expect((await administrator.post(`/admin/users/${administrator.user.id}/disablement`)).status).toBe(409);
    const user = await createUser(product.deps, { role: 'agent' });
    await administrator.post(`/admin/users/${user.id}/disablement`);
    expect((await administrator.post(`/admin/users/${user.id}/disablement`)).status).toBe(409);
    await administrator.post(`/admin/users/${user.id}/enablement`);
    expect((await administrator.post(`/admin/users/${user.id}/enablement`)).status).toBe(409);
  });
});

describe('R5.1 resetting a password', () => {
  test('ends all sign-ins; the new one is shown once and must be changed', async () => {
    const client = await product.signIn({ role: 'agent' });
    const response = await administrator.post(`/admin/users/${client.user.id}/password`);
    const password = /id="made-password" value="([^"]+)"/.exec(response.text)?.[1] ?? '';
    expect(password).toMatch(/^[A-Za-z0-9]{16}$/);
    expect((await client.get('/customers')).headers['location']).toContain('/login');
    expect((await product.anonymous().signIn(client.user.username, client.user.password)).status).toBe(401);
    expect((await client.signIn(client.user.username, password)).headers['location']).toBe('/');
    expect((await client.get('/customers')).headers['location']).toBe('/profile/password');
    const audit = await product.query(
      z.object({ text: z.string() }),
      'SELECT audit_log::text AS text FROM audit_log',
    );
    expect(audit.map(({ text }) => text).join()).not.toContain(password);
  });

  test('is not the way to a new password of one’s own', async () => {
    expect((await administrator.get(`/admin/users/${administrator.user.id}/password`)).status).toBe(409);
    expect((await administrator.post(`/admin/users/${administrator.user.id}/password`)).status).toBe(409);
  });
});

describe('R5.1 sign-ins of a user', () => {
  test('are shown and can be ended one by one', async () => {
    const client = await product.signIn({ role: 'agent' });
    const path = `/admin/users/${client.user.id}`;
    const page = await administrator.page(path);
    const end = page('form[action*="/sessions/"]').attr('action') ?? '';
    expect((await administrator.post(end)).headers['location']).toBe(path);
    expect((await client.get('/customers')).headers['location']).toContain('/login');
    expect((await administrator.post(end)).status).toBe(404);
    const others = await createUser(product.deps);
    expect((await administrator.post(end.replace(client.user.id, others.id))).status).toBe(404);
  });
});

describe('R5.2 the last administrator', () => {
  test('stays: of 20 administrators who disable each other at once, one remains', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => createUser(product.deps)));
    for (const username of await activeAdministrators()) {
      if (people.some((person) => person.username === username)) continue;
      await product.query(
        z.unknown(),
        `SELECT set_config('audit.actor_name', 'test', false), set_config('audit.action', 'test.prepared', false)`,
      );
      await product.query(z.unknown(), 'UPDATE users SET disabled_at = now() WHERE username = $1', [
        username,
      ]);
    }
    const attempts = await Promise.allSettled(
      people.map((person, index) =>
        disableUser(administratorContext(product, person), people[(index + 1) % 20]?.id ?? ''),
      ),
    );
    const refused = attempts.flatMap((attempt) =>
      attempt.status === 'rejected' ? [attempt.reason as unknown] : [],
    );
    expect(refused).toEqual([new Conflict('users.lastAdministrator')]);
    expect((await activeAdministrators()).length).toBe(1);
  });

  test('can neither be disabled nor lose the role, and the role keeps its permissions', async () => {
    const [username] = await activeAdministrators();
    const [last] = await product.query(
      z.object({ id: z.string(), name: z.string(), username: z.string(), version: z.number() }),
      'SELECT id, name, username, version FROM users WHERE username = $1',
      [username],
    );
    if (!last) throw new Error('no administrator is left');
    const client = new TestClient(product.app, { ...last, password: 'correct horse battery' });
    await client.signIn(last.username, 'correct horse battery');
    const withoutRole = await client.post(`/admin/users/${last.id}`, {
      ...formOf(last),
      version: String(last.version),
    });
    expect(withoutRole.status).toBe(422);
    expect(withoutRole.text).toContain('Nobody would be left');
    const roleId = await shippedRole('administrator');
    const withoutPermission = await client.post(`/admin/roles/${roleId}`, {
      name: 'Administrator',
      version: '1',
      roles_manage: 'none',
    });
    expect(withoutPermission.status).toBe(422);
    expect(withoutPermission.text).toContain('Nobody would be left');
    expect(await activeAdministrators()).toEqual([last.username]);
  });
});
