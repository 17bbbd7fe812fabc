import { v7 as newId } from 'uuid';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createSkill } from '../support/factories/skill.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
let agent: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
  agent = await product.signIn({ role: 'agent' });
});
afterAll(() => product.close());

const Audit = z.object({ action: z.string(), operation: z.string() });
const auditOf = (id: string) =>
  product.query(
    Audit,
    `SELECT action, operation FROM audit_log WHERE table_name = 'skills' AND record_id = $1 ORDER BY id`,
    [id],
  );
const versionOf = async (path: string) =>
  (await manager.page(path))('input[name="version"]').attr('value') ?? '';

describe('R2.2 skills', () => {
  test('are listed with who has them', async () => {
    const { id: holder } = await createUser(product.deps, { role: 'agent', name: 'Zhao Min' });
    const id = await createSkill(product.deps, { name: 'Colour treatment', staffIds: [holder] });
    const list = await manager.page('/admin/skills?q=colour');
    expect(list('tbody tr').text()).toMatch(/Colour treatment\s*1\s*0\s*0\s*In use/);
    const page = await manager.page(`/admin/skills/${id}`);
    expect(page(`a[href="/admin/staff-schedules/${holder}"]`).text()).toBe('Zhao Min');
    expect(page(`a[href="/admin/skills/${id}/deletion"]`)).toHaveLength(0);
  });

  test('one is created once, renamed, and both are audited', async () => {
    const id = newId();
    await manager.page('/admin/skills/new');
    for (let time = 0; time < 2; time += 1)
      expect((await manager.post('/admin/skills', { id, name: 'Dogs' })).headers['location']).toBe(
        '/admin/skills',
      );
    const path = `/admin/skills/${id}`;
    const version = await versionOf(`${path}/edit`);
    expect((await manager.post(path, { version, name: 'Big dogs' })).headers['location']).toBe(path);
    const late = await manager.post(path, { version, name: 'Small dogs' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Big dogs');
    expect(await auditOf(id)).toEqual([
      { action: 'skills.created', operation: 'insert' },
      { action: 'skills.changed', operation: 'update' },
    ]);
  });

  test('a name is refused when it is empty or taken, and kept in the form', async () => {
    await createSkill(product.deps, { name: 'Warranty' });
    const refused = await manager.post('/admin/skills', { id: newId(), name: ' wARRANTY ' });
    expect(refused.status).toBe(422);
    expect(load(refused.text)('#field-name').attr('value')).toBe(' wARRANTY ');
    expect((await manager.post('/admin/skills', { id: newId(), name: '' })).status).toBe(422);
    const id = await createSkill(product.deps);
    expect((await manager.post(`/admin/skills/${id}`, { version: '1', name: 'Warranty' })).status).toBe(422);
  });

  test('one goes out of use and comes back', async () => {
    const id = await createSkill(product.deps, { name: 'Perms' });
    expect((await manager.post(`/admin/skills/${id}/archival`)).status).toBe(303);
    expect((await manager.page(`/admin/skills/${id}`))('.notice').text()).toContain('archived');
    expect((await manager.post(`/admin/skills/${id}/archival/removal`)).status).toBe(303);
    expect((await auditOf(id)).map(({ action }) => action)).toEqual([
      'factory.created',
      'skills.archived',
      'skills.unarchived',
    ]);
  });

  test('one that is unused is deleted and comes back by undo; a used one stays', async () => {
    const id = await createSkill(product.deps, { name: 'Unused' });
    const path = `/admin/skills/${id}/deletion`;
    expect((await manager.post(path, { version: await versionOf(path) })).status).toBe(303);
    expect((await manager.get(`/admin/skills/${id}`)).status).toBe(404);
    const actions = await manager.page('/recent-actions');
    await manager.post(actions('form[action$="/undo"]').first().attr('action') ?? '');
    expect((await manager.get(`/admin/skills/${id}`)).status).toBe(200);
    const used = await createSkill(product.deps, { staffIds: [agent.user.id] });
    expect((await manager.post(`/admin/skills/${used}/deletion`, { version: '1' })).status).toBe(409);
  });

  test('are not for those without the permission, and unknown ones are not there', async () => {
    expect((await agent.get('/admin/skills')).status).toBe(403);
    expect((await agent.post('/admin/skills', { id: newId(), name: 'Mine' })).status).toBe(403);
    for (const path of ['', '/edit', '/deletion'])
      expect((await manager.get(`/admin/skills/${newId()}${path}`)).status).toBe(404);
    expect((await manager.get('/admin/skills/none')).status).toBe(404);
    expect((await manager.get('/admin/skills?sort=size')).status).toBe(422);
  });
});
