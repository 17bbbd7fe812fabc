import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actionsOn } from '../service-settings/actions-on.js';
import type { TestClient } from '../support/client.js';
import { createRequestCategory } from '../support/factories/request-category.js';
import { createRequestType } from '../support/factories/request-type.js';
import { createRequest, typeIdOf } from '../support/factories/service-request.js';
import { createTeam } from '../support/factories/team.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const path = '/admin/request-types';
const good = { name: 'Warranty', behaviour: 'plain', defaultPriority: '3', isSurveyed: 'on' };

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const stored = (id: string) => product.deps.database.models.requestType.findUnique({ where: { id } });

describe('R2.1 types of requests', () => {
  test('one is created once, with what it says about requests', async () => {
    const teamId = await createTeam(product.deps, { name: 'Workshop' });
    const id = newId();
    for (const attempt of [1, 2]) {
      const answer = await manager.post(path, { id, ...good, teamId });
      expect(answer.headers['location'], `${attempt}`).toBe(path);
    }
    expect(await stored(id)).toMatchObject({
      name: 'Warranty',
      behaviour: 'plain',
      defaultPriority: 3,
      teamId,
      isSurveyed: true,
      isPublic: false,
      position: 5,
    });
    expect(await actionsOn(product, id)).toEqual(['request-types.created']);
    const row = (await manager.page(path))(`#row-${id}`).text();
    for (const said of ['Warranty', 'Plain request', 'High', 'Workshop', 'In use'])
      expect(row).toContain(said);
  });

  test('refused ones keep what was typed', async () => {
    const refused = [
      { ...good, name: '' },
      { ...good, name: 'complaint' },
      { ...good, name: 'X', defaultPriority: '5' },
      { ...good, name: 'X', behaviour: 'other' },
      { ...good, name: 'X', teamId: newId() },
      { ...good, name: 'X', skillId: newId() },
    ];
    for (const form of refused) {
      const answer = await manager.post(path, { id: newId(), ...form });
      expect(answer.status, JSON.stringify(form)).toBe(422);
      expect(load(answer.text)('#field-name').attr('value') ?? '').toBe(form.name);
    }
  });

  test('a shipped one is changed without being renamed, in any language; the behaviour stays', async () => {
    const id = await typeIdOf(product.deps, 'repair');
    const chinese = await product.signIn({ role: 'manager', locale: 'zh-CN' });
    const form = await chinese.page(`${path}/${id}/edit`);
    expect(form('#field-name').attr('value')).toBe('维修');
    expect(form('#field-behaviour').length).toBe(0);
    const change = { name: '维修', defaultPriority: '4', version: '1' };
    expect((await chinese.post(`${path}/${id}`, change)).status).toBe(303);
    expect(await stored(id)).toMatchObject({ name: 'Repair', defaultPriority: 4, isSurveyed: false });
    const late = await manager.post(`${path}/${id}`, { ...change, name: 'Mending' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Mending');
    expect((await manager.post(`${path}/${id}`, { ...change, name: '', version: '2' })).status).toBe(422);
    expect(await actionsOn(product, id)).toEqual([
      'installation.service-defaults-shipped',
      'request-types.changed',
    ]);
  });

  test('are put in order by buttons, archived and brought back', async () => {
    const order = async () =>
      (await manager.page(path))('tbody tr td:first-child')
        .toArray()
        .map((cell) => load(cell).text().trim());
    const before = await order();
    const id = await typeIdOf(product.deps, 'complaint');
    expect((await manager.post(`${path}/${id}/position`, { direction: 'up' })).status).toBe(303);
    expect(await order()).toEqual([before[1], before[0], ...before.slice(2)]);
    expect((await manager.post(`${path}/${id}/position`, { direction: 'up' })).status).toBe(303);
    expect((await manager.post(`${path}/${id}/position`, { direction: 'left' })).status).toBe(422);
    expect((await manager.post(`${path}/${id}/archival`)).status).toBe(303);
    expect((await stored(id))?.archivedAt).toBeInstanceOf(Date);
    expect((await order()).at(-1)).toBe('Complaint');
    expect((await manager.post(`${path}/${id}/position`, { direction: 'down' })).status).toBe(404);
    expect((await manager.post(`${path}/${id}/archival/removal`)).status).toBe(303);
    expect((await stored(id))?.archivedAt).toBeNull();
    expect((await actionsOn(product, id)).slice(-3)).toEqual([
      'request-types.moved',
      'request-types.archived',
      'request-types.unarchived',
    ]);
  });

  test('are deleted only when nothing uses them, and can be brought back', async () => {
    const id = await createRequestType(product.deps);
    await createRequest(product.deps, { typeId: id });
    await createRequestCategory(product.deps, { typeId: id });
    const page = (await manager.page(`${path}/${id}/deletion`))('main');
    expect(page.text()).toContain('1 request has it.');
    expect(page.text()).toContain('1 category is for it.');
    expect(page.find('form').attr('action')).toBe(`${path}/${id}/archival`);
    expect((await manager.post(`${path}/${id}/deletion`, { version: '1' })).status).toBe(409);
    expect(await stored(id)).not.toBeNull();

    const unused = await createRequestType(product.deps);
    expect((await manager.post(`${path}/${unused}/deletion`, { version: '7' })).status).toBe(409);
    expect((await manager.post(`${path}/${unused}/deletion`, { version: '1' })).status).toBe(303);
    expect(await stored(unused)).toBeNull();
    expect(await actionsOn(product, unused)).toEqual(['request-types.deleted']);
    const recent = (await manager.page('/recent-actions'))('form[action$="/undo"]').attr('action') ?? '';
    expect((await manager.post(recent)).status).toBe(303);
    await product.runTasks();
    expect(await stored(unused)).not.toBeNull();
  });

  test('are for those who may manage settings', async () => {
    const agent = await product.signIn({ role: 'agent' });
    const id = await createRequestType(product.deps);
    for (const page of [path, `${path}/new`, `${path}/${id}/edit`, `${path}/${id}/deletion`])
      expect((await agent.get(page)).status, page).toBe(403);
    expect((await agent.post(path, { id: newId(), ...good })).status).toBe(403);
    for (const page of [`${path}/${newId()}/edit`, `${path}/x/edit`, `${path}/${newId()}/deletion`])
      expect((await manager.get(page)).status, page).toBe(404);
    for (const change of ['archival', 'archival/removal'])
      expect((await manager.post(`${path}/${newId()}/${change}`)).status, change).toBe(404);
    expect((await manager.get(`${path}?page=2`)).status).toBe(422);
  });
});
