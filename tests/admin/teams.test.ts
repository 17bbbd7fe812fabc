import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
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

const branchNamed = async (name: string): Promise<string> => {
  const [row] = await product.query(z.object({ id: z.string() }), 'SELECT id FROM branches WHERE name = $1', [
    name,
  ]);
  return row?.id ?? '';
};

const membersOf = async (teamId: string): Promise<string[]> => {
  const rows = await product.query(
    z.object({ user_id: z.string() }),
    'SELECT user_id FROM team_members WHERE team_id = $1',
    [teamId],
  );
  return rows.map(({ user_id }) => user_id).sort();
};

describe('R1.15 branches', () => {
  test('are created, listed and renamed, each change audited', async () => {
    expect((await administrator.post('/admin/branches', { name: '五一广场店' })).headers['location']).toBe(
      '/admin/branches',
    );
    expect(await lastRequestOf(product, administrator.user.id)).toMatchObject([
      { action: 'branches.created', operation: 'insert', after: { name: '五一广场店' } },
    ]);
    const id = await branchNamed('五一广场店');
    expect((await administrator.page('/admin/branches'))('.list').text()).toContain('五一广场店');
    expect((await administrator.page(`/admin/branches/${id}/edit`))('[name=name]').attr('value')).toBe(
      '五一广场店',
    );
    expect((await administrator.post(`/admin/branches/${id}`, { name: '河西店', version: '1' })).status).toBe(
      303,
    );
    expect(await lastRequestOf(product, administrator.user.id)).toMatchObject([
      {
        action: 'branches.renamed',
        operation: 'update',
        before: { name: '五一广场店' },
        after: { name: '河西店' },
      },
    ]);
    const conflict = await administrator.post(`/admin/branches/${id}`, { name: '第三店', version: '1' });
    expect(conflict.status).toBe(409);
    expect(conflict.text).toContain('Li Wei saved this record');
  });

  test('refuse names that are taken or empty, and unknown branches', async () => {
    await administrator.post('/admin/branches', { name: 'Taken' });
    expect((await administrator.post('/admin/branches', { name: 'Taken' })).status).toBe(422);
    expect((await administrator.post('/admin/branches', { name: ' ' })).status).toBe(422);
    expect((await administrator.get(`/admin/branches/${unknownId}/edit`)).status).toBe(404);
    expect(
      (await administrator.post(`/admin/branches/${unknownId}`, { name: 'X', version: '1' })).status,
    ).toBe(404);
    expect((await administrator.get('/admin/branches?sort=x')).status).toBe(422);
  });
});

describe('R1.15 teams', () => {
  test('are created with branch and members, and changed', async () => {
    await administrator.post('/admin/branches', { name: 'South branch' });
    const branchId = await branchNamed('South branch');
    const [first, second] = [
      await createUser(product.deps, { name: 'Anna' }),
      await createUser(product.deps, { name: 'Bo' }),
    ];
    const response = await administrator.post('/admin/teams', {
      name: 'South',
      branchId,
      memberIds: first.id,
    });
    const path = response.headers['location'] ?? '';
    const teamId = path.split('/').at(-1) ?? '';
    expect(await membersOf(teamId)).toEqual([first.id]);
    const page = await administrator.page(path);
    expect(page('main').text()).toContain('South branch');
    expect(page('main').text()).toContain('Anna');

    const changed = await administrator.post(path, {
      name: 'South and east',
      branchId: '',
      memberIds: second.id,
      version: '1',
    });
    expect(changed.headers['location']).toBe(path);
    expect(await membersOf(teamId)).toEqual([second.id]);
    const audit = await lastRequestOf(product, administrator.user.id);
    expect(audit.map((row) => [row.action, row.table_name, row.operation])).toEqual([
      ['teams.changed', 'teams', 'update'],
      ['teams.changed', 'team_members', 'delete'],
      ['teams.changed', 'team_members', 'insert'],
      ['teams.changed', 'users', 'update'],
      ['teams.changed', 'users', 'update'],
    ]);
    const list = await administrator.page(`/admin/teams?branch=${branchId}`);
    expect(list('.list a.row-link').length).toBe(0);
  });

  test('refuse bad input and keep what was typed', async () => {
    await createTeam(product.deps, { name: 'Taken' });
    const answers = [
      await administrator.post('/admin/teams', { name: 'Taken', branchId: '' }),
      await administrator.post('/admin/teams', { name: 'X', branchId: unknownId }),
      await administrator.post('/admin/teams', { name: 'X', branchId: '', memberIds: unknownId }),
      await administrator.post('/admin/teams', { name: 'X', branchId: '', version: '1' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
    expect(answers[0]?.text).toContain('value="Taken"');
  });

  test('show both versions when somebody else saved first', async () => {
    const teamId = await createTeam(product.deps);
    const path = `/admin/teams/${teamId}`;
    await administrator.post(path, { name: 'First', branchId: '', version: '1' });
    const response = await administrator.post(path, { name: 'Second', branchId: '', version: '1' });
    expect(response.status).toBe(409);
    expect(response.text).toContain('value="Second"');
  });

  test('are closed to others, and unknown ones are not found', async () => {
    const other = await product.signIn({ role: 'manager' });
    expect((await other.get('/admin/teams')).status).toBe(403);
    expect((await other.post('/admin/teams', { name: 'X' })).status).toBe(403);
    expect((await administrator.get(`/admin/teams/${unknownId}`)).status).toBe(404);
    expect(
      (await administrator.post(`/admin/teams/${unknownId}`, { name: 'X', branchId: '', version: '1' }))
        .status,
    ).toBe(404);
    expect((await administrator.get('/admin/teams?branch=x')).status).toBe(422);
  });
});
