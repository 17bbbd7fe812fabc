import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actionsOn } from '../service-settings/actions-on.js';
import type { TestClient } from '../support/client.js';
import { createRequestCategory } from '../support/factories/request-category.js';
import { createRequest, typeIdOf } from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const path = '/admin/request-categories';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const stored = (id: string) => product.deps.database.models.requestCategory.findUnique({ where: { id } });

describe('R2.2 categories of requests', () => {
  test('stand below one another, three levels deep, with their requests counted', async () => {
    expect((await manager.page(path))('.empty-state').text()).toContain('Nothing here yet');
    const typeId = await typeIdOf(product.deps, 'complaint');
    const [hair, colour, bleach] = [newId(), newId(), newId()];
    const top = { id: hair, name: 'Hair', typeId };
    for (const attempt of [1, 2])
      expect((await manager.post(path, top)).headers['location'], `${attempt}`).toBe(path);
    expect((await manager.post(path, { id: colour, name: 'Colouring', parentId: hair })).status).toBe(303);
    expect((await manager.post(path, { id: bleach, name: 'Bleach', parentId: colour })).status).toBe(303);
    expect(await stored(bleach)).toMatchObject({ parentId: colour, typeId, position: 0 });
    expect(await actionsOn(product, hair)).toEqual(['request-categories.created']);

    const tooDeep = await manager.post(path, { id: newId(), name: 'Deeper', parentId: bleach });
    expect(tooDeep.status).toBe(422);
    expect(load(tooDeep.text)('#field-parentId-error').text()).toContain('3 levels');

    await createRequest(product.deps, { type: 'complaint', categoryId: bleach });
    const page = await manager.page(path);
    expect(page(`#row-${bleach} td`).first().hasClass('tree-3')).toBe(true);
    expect(page(`#row-${bleach} a[href="/service-requests?topic=${bleach}"]`).text()).toBe('1');
    expect(page(`#row-${hair}`).text()).toContain('Complaint');
  });

  test('moved elsewhere, those below come along with the type; never below itself', async () => {
    const { deps } = product;
    const typeId = await typeIdOf(deps, 'repair');
    const target = await createRequestCategory(deps, { name: 'Machines', typeId });
    const moving = await createRequestCategory(deps, { name: 'Chairs' });
    const below = await createRequestCategory(deps, { name: 'Legs', parentId: moving });
    const circle = { name: 'Chairs', parentId: below, version: '1' };
    expect((await manager.post(`${path}/${moving}`, circle)).status).toBe(422);
    expect((await manager.post(`${path}/${moving}`, { ...circle, parentId: moving })).status).toBe(422);
    expect((await manager.post(`${path}/${moving}`, { ...circle, parentId: newId() })).status).toBe(422);
    expect((await manager.post(`${path}/${moving}`, { ...circle, parentId: target })).status).toBe(303);
    expect(await stored(moving)).toMatchObject({ parentId: target, typeId });
    expect(await stored(below)).toMatchObject({ parentId: moving, typeId });
    expect(await actionsOn(product, below)).toEqual(['request-categories.changed']);
    const offered = (await manager.page(`${path}/${moving}/edit`))('#field-parentId option');
    const values = offered.toArray().map(({ attribs }) => attribs['value']);
    expect(values).toContain(target);
    for (const id of [moving, below]) expect(values).not.toContain(id);
    const late = await manager.post(`${path}/${moving}`, { name: 'Stools', parentId: target, version: '1' });
    expect(late.status).toBe(409);
  });

  test('two people who move two of them below each other do not make a circle', async () => {
    const { deps } = product;
    const [one, other] = [await createRequestCategory(deps), await createRequestCategory(deps)];
    const statuses = await Promise.all([
      manager.post(`${path}/${one}`, { name: 'One', parentId: other, version: '1' }),
      manager.post(`${path}/${other}`, { name: 'Other', parentId: one, version: '1' }),
    ]);
    expect(statuses.map(({ status }) => status).sort()).toEqual([303, 422]);
  });

  test('a name stands once in its place', async () => {
    const { deps } = product;
    const parentId = await createRequestCategory(deps, { name: 'Nails' });
    await createRequestCategory(deps, { name: 'Gel', parentId });
    expect((await manager.post(path, { id: newId(), name: 'gel', parentId })).status).toBe(422);
    expect((await manager.post(path, { id: newId(), name: 'Gel' })).status).toBe(303);
    const typeId = await typeIdOf(deps, 'repair');
    expect((await manager.post(path, { id: newId(), name: 'Gel', typeId })).status).toBe(303);
    expect((await manager.post(path, { id: newId(), name: 'GEL', typeId })).status).toBe(422);
  });

  test('are put in order among their neighbours, archived, and deleted when unused', async () => {
    const { deps } = product;
    const parentId = await createRequestCategory(deps);
    const [first, second] = [
      await createRequestCategory(deps, { parentId }),
      await createRequestCategory(deps, { parentId }),
    ];
    expect((await manager.post(`${path}/${second}/position`, { direction: 'up' })).status).toBe(303);
    expect(await stored(second)).toMatchObject({ position: 0 });
    expect(await stored(first)).toMatchObject({ position: 1 });
    expect((await manager.post(`${path}/${first}/archival`)).status).toBe(303);
    expect((await stored(first))?.archivedAt).toBeInstanceOf(Date);
    expect((await manager.page(`${path}/${parentId}/deletion`))('main').text()).toContain(
      '2 stand below it.',
    );
    expect((await manager.post(`${path}/${parentId}/deletion`, { version: '1' })).status).toBe(409);
    expect((await manager.post(`${path}/${second}/deletion`, { version: '2' })).status).toBe(303);
    expect(await stored(second)).toBeNull();
  });

  test('are for those who may manage settings', async () => {
    const agent = await product.signIn({ role: 'agent' });
    const id = await createRequestCategory(product.deps);
    for (const page of [path, `${path}/new`, `${path}/${id}/edit`, `${path}/${id}/deletion`])
      expect((await agent.get(page)).status, page).toBe(403);
    expect((await agent.post(path, { id: newId(), name: 'X' })).status).toBe(403);
    expect((await manager.get(`${path}/${newId()}/edit`)).status).toBe(404);
    expect((await manager.post(path, { id: newId(), name: '' })).status).toBe(422);
    expect((await manager.get(`${path}?x=1`)).status).toBe(422);
  });
});
