import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { actionsOn } from '../service-settings/actions-on.js';
import type { TestClient } from '../support/client.js';
import { createComplaintCause } from '../support/factories/complaint-cause.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createRequest } from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const path = '/admin/complaint-causes';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const stored = (id: string) => product.deps.database.models.complaintCause.findUnique({ where: { id } });
const causeId = async (name: string) =>
  (await product.deps.database.models.complaintCause.findFirstOrThrow({ where: { name } })).id;

describe('R2.9 causes of complaints', () => {
  test('are shown in the viewer’s language, with the complaints that have them', async () => {
    const { deps } = product;
    const attitude = await causeId('Attitude');
    const { id } = await createRequest(deps, { type: 'complaint' });
    await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
      tx.complaint.update({ where: { id }, data: { causeId: attitude } }),
    );
    const page = await manager.page(path);
    expect(page(`#row-${attitude}`).text()).toContain('Attitude');
    expect(page(`#row-${attitude} .numeric`).text()).toBe('1');
    const chinese = await product.signIn({ role: 'manager', locale: 'zh-CN' });
    expect((await chinese.page(path))(`#row-${attitude}`).text()).toContain('服务态度');
    expect((await manager.post(`${path}/${attitude}/deletion`, { version: '1' })).status).toBe(409);
  });

  test('are created, moved and renamed', async () => {
    const id = newId();
    const parentId = await causeId('Product');
    expect((await manager.post(path, { id, name: 'Smell', parentId })).status).toBe(303);
    expect(await stored(id)).toMatchObject({ name: 'Smell', parentId, position: 2 });
    expect((await manager.post(path, { id: newId(), name: 'smell', parentId })).status).toBe(422);
    const elsewhere = { name: 'Smell', parentId: await causeId('Environment'), version: '1' };
    expect((await manager.post(`${path}/${id}`, elsewhere)).status).toBe(303);
    expect(await stored(id)).toMatchObject({ parentId: elsewhere.parentId, position: 2 });
    expect((await manager.post(`${path}/${id}`, { ...elsewhere, name: 'Odour' })).status).toBe(409);
    expect(await actionsOn(product, id)).toEqual(['complaint-causes.created', 'complaint-causes.changed']);
    const group = await causeId('Environment');
    const circle = { name: 'Environment', parentId: id, version: '1' };
    expect((await manager.post(`${path}/${group}`, circle)).status).toBe(422);
  });

  test('are put in order, archived, and deleted when unused', async () => {
    const id = await createComplaintCause(product.deps, { parentId: await causeId('Price') });
    expect((await manager.post(`${path}/${id}/position`, { direction: 'up' })).status).toBe(303);
    expect(await stored(id)).toMatchObject({ position: 1 });
    expect((await manager.post(`${path}/${id}/archival`)).status).toBe(303);
    expect((await manager.post(`${path}/${id}/archival/removal`)).status).toBe(303);
    expect((await stored(id))?.archivedAt).toBeNull();
    const version = String((await stored(id))?.version);
    expect((await manager.post(`${path}/${id}/deletion`, { version })).status).toBe(303);
    expect(await stored(id)).toBeNull();
    expect(await actionsOn(product, id)).toEqual([
      'complaint-causes.moved',
      'complaint-causes.archived',
      'complaint-causes.unarchived',
      'complaint-causes.deleted',
    ]);
  });

  test('are for those who may manage settings', async () => {
    const agent = await product.signIn({ role: 'agent' });
    const id = await causeId('Other');
    for (const page of [path, `${path}/new`, `${path}/${id}/edit`, `${path}/${id}/deletion`])
      expect((await agent.get(page)).status, page).toBe(403);
    expect((await agent.post(`${path}/${id}/archival`)).status).toBe(403);
    expect((await manager.get(`${path}/${newId()}/edit`)).status).toBe(404);
    expect((await manager.post(path, { id: newId(), name: '' })).status).toBe(422);
  });
});
