import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readClassificationRules } from '../../src/modules/classification-rules/classification-rules.queries.js';
import { actionsOn } from '../service-settings/actions-on.js';
import type { TestClient } from '../support/client.js';
import { createClassificationRule } from '../support/factories/classification-rule.js';
import { createRequestCategory } from '../support/factories/request-category.js';
import { createRequestType } from '../support/factories/request-type.js';
import { typeIdOf } from '../support/factories/service-request.js';
import { createTeam } from '../support/factories/team.js';
import { createTier } from '../support/factories/tier.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const path = '/admin/classification-rules';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const stored = (id: string) => product.deps.database.models.classificationRule.findUnique({ where: { id } });

describe('R2.4 classification rules', () => {
  test('one is created with everything it can ask for and set, and said in words', async () => {
    const { deps } = product;
    const typeId = await typeIdOf(deps, 'complaint');
    const categoryId = await createRequestCategory(deps, { name: 'Money', typeId });
    const teamId = await createTeam(deps, { name: 'Cashiers' });
    const tierId = await createTier(deps, { name: 'Gold' });
    const id = newId();
    const form = {
      ...{
        id,
        name: 'Refunds',
        words: '退款，refund\nrefund',
        channels: ['phone', 'wechat'],
        tierIds: tierId,
      },
      ...{ typeIds: [], typeId, categoryId, priority: '4', teamId },
    };
    for (const attempt of [1, 2])
      expect((await manager.post(path, form)).headers['location'], `${attempt}`).toBe(path);
    expect(await stored(id)).toMatchObject({
      conditions: {
        words: ['退款', 'refund'],
        channels: ['phone', 'wechat'],
        tierIds: [tierId],
        typeIds: [],
      },
      outcome: { typeId, categoryId, priority: 4, teamId },
    });
    expect(await actionsOn(product, id)).toEqual(['classification-rules.created']);
    const row = (await manager.page(path))(`#row-${id}`).text();
    for (const said of ['退款', 'Phone', 'Gold', 'Type: Complaint', 'Category: Money', 'Urgent', 'Cashiers'])
      expect(row).toContain(said);
    const edit = await manager.page(`${path}/${id}/edit`);
    expect(edit('#field-words').val()).toBe('退款\nrefund');
    expect(edit('input[name="channels"][checked]').length).toBe(2);
  });

  test('the box tries the rules in use and writes nothing', async () => {
    const { deps } = product;
    const typeId = await typeIdOf(deps, 'repair');
    await createClassificationRule(deps, {
      name: 'Broken things',
      conditions: { words: ['broken', '坏了'] },
      outcome: { typeId, priority: 1 },
    });
    await createClassificationRule(deps, {
      name: 'Repairs are urgent by phone',
      conditions: { typeIds: [typeId], channels: ['phone'] },
      outcome: { priority: 4 },
    });
    await createClassificationRule(deps, { name: 'Old', outcome: { priority: 1 }, archivedAt: new Date() });
    const tried = async (query: Readonly<Record<string, string>>) =>
      (await manager.page(`${path}?${new URLSearchParams(query).toString()}`))(
        '#trial [role="status"]',
      ).text();
    const result = await tried({ text: '机器坏了', channel: 'phone', tier: '', type: '' });
    for (const said of ['Repair', 'Low', 'Broken things']) expect(result).toContain(said);
    expect(result).not.toContain('urgent by phone');
    expect(await tried({ text: 'hello', channel: 'phone', type: typeId })).toContain('Urgent');
    expect(await tried({ text: 'old' })).toContain('No rule would set anything.');
    expect((await manager.get(`${path}?text=${'x'.repeat(1_001)}`)).status).toBe(422);
    expect((await manager.get(`${path}?text=a&channel=pigeon`)).status).toBe(422);
  });

  test('what is archived or gone is no longer set', async () => {
    const { deps } = product;
    const archived = await createRequestType(deps, { archivedAt: new Date() });
    const id = await createClassificationRule(deps, {
      outcome: { typeId: archived, priority: 2, teamId: newId() },
    });
    const rule = (await readClassificationRules(deps.database)).find((one) => one.id === id);
    expect(rule?.outcome).toEqual({ typeId: null, categoryId: null, priority: 2, teamId: null });
    expect((await manager.page(path))(`#row-${id}`).text()).toContain('something that is gone');
  });

  test('refused ones keep what was typed', async () => {
    const { deps } = product;
    const typeId = await typeIdOf(deps, 'complaint');
    const categoryId = await createRequestCategory(deps, { typeId });
    await createClassificationRule(deps, { name: 'Taken' });
    const good = { name: 'Fine', words: 'word', priority: '2' };
    const refused = [
      { ...good, name: '' },
      { ...good, name: 'taken' },
      { ...good, words: '' },
      { ...good, priority: '' },
      { ...good, words: Array.from({ length: 51 }, (_, index) => `w${index}`).join(',') },
      { ...good, words: 'x'.repeat(41) },
      { ...good, categoryId },
      { ...good, categoryId, typeId: await typeIdOf(deps, 'repair') },
      { ...good, typeIds: newId() },
      { ...good, tierIds: newId() },
      { ...good, channels: 'pigeon' },
    ];
    for (const form of refused) {
      const answer = await manager.post(path, { id: newId(), ...form });
      expect(answer.status, JSON.stringify(form)).toBe(422);
      expect(load(answer.text)('#field-words').val()).toBe(form.words);
    }
    expect((await manager.post(path, { id: newId(), ...good, categoryId, typeIds: typeId })).status).toBe(
      303,
    );
  });

  test('are changed, put in order, archived and deleted', async () => {
    const id = await createClassificationRule(product.deps);
    const form = { name: 'Changed', words: 'other', priority: '1', version: '1' };
    expect((await manager.post(`${path}/${id}`, form)).status).toBe(303);
    expect((await manager.post(`${path}/${id}`, { ...form, words: 'late' })).status).toBe(409);
    expect((await manager.post(`${path}/${id}/position`, { direction: 'up' })).status).toBe(303);
    expect((await manager.post(`${path}/${id}/archival`)).status).toBe(303);
    const version = String((await stored(id))?.version);
    expect((await manager.post(`${path}/${id}/deletion`, { version })).status).toBe(303);
    expect(await stored(id)).toBeNull();
    expect(await actionsOn(product, id)).toEqual([
      'classification-rules.changed',
      'classification-rules.moved',
      'classification-rules.archived',
      'classification-rules.deleted',
    ]);
  });

  test('are for those who may manage settings', async () => {
    const agent = await product.signIn({ role: 'agent' });
    const id = await createClassificationRule(product.deps);
    for (const page of [path, `${path}/new`, `${path}/${id}/edit`, `${path}/${id}/deletion`])
      expect((await agent.get(page)).status, page).toBe(403);
    expect((await agent.post(path, { id: newId(), name: 'X' })).status).toBe(403);
    expect((await manager.get(`${path}/${newId()}/edit`)).status).toBe(404);
  });
});
