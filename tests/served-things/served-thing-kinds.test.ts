import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createThing, createThingKind } from '../support/factories/served-thing.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const path = '/admin/served-thing-kinds';
const KindRow = z.object({
  name: z.string(),
  identifier_label: z.string().nullable(),
  service_interval_days: z.number().nullable(),
  lead_days: z.number(),
  is_archived: z.boolean(),
});

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const kindRow = async (id: string) => {
  const rows = await product.query(
    KindRow,
    'SELECT *, archived_at IS NOT NULL AS is_archived FROM served_thing_kinds WHERE id = $1',
    [id],
  );
  return rows[0];
};

const actionsOn = async (id: string) => {
  const rows = await product.query(
    z.object({ action: z.string() }),
    `SELECT action FROM audit_log WHERE record_id = $1 AND action <> 'factory.created' ORDER BY id`,
    [id],
  );
  return rows.map(({ action }) => action);
};

describe('R1.14 kinds of served things', () => {
  test('none is shipped; one is created once, with its rules in words', async () => {
    expect((await manager.page(path))('.empty-state').text()).toContain('No kinds yet');
    const id = newId();
    const form = {
      id,
      name: 'Car',
      identifierLabel: 'Plate number',
      serviceIntervalDays: '180',
      leadDays: '14',
    };
    for (const attempt of [1, 2])
      expect((await manager.post(path, form)).headers['location'], `${attempt}`).toBe(path);
    expect(await kindRow(id)).toEqual({
      name: 'Car',
      identifier_label: 'Plate number',
      service_interval_days: 180,
      lead_days: 14,
      is_archived: false,
    });
    expect(await actionsOn(id)).toEqual(['served-thing-kinds.created']);
    const row = (await manager.page(path))(`#row-${id}`).text();
    for (const said of ['Car', 'Plate number', 'Every 180 days', '14 days ahead', 'In use'])
      expect(row).toContain(said);
  });

  test('refused ones keep what was typed', async () => {
    await createThingKind(product.deps, { name: 'Taken' });
    const refused = [
      { name: '', leadDays: '7' },
      { name: 'taken', leadDays: '7' },
      { name: 'Fine', leadDays: '91' },
      { name: 'Fine', leadDays: '7', serviceIntervalDays: '0' },
      { name: 'Fine', leadDays: '7', serviceIntervalDays: '3651' },
      { name: 'Fine', leadDays: '7', serviceIntervalDays: 'yearly' },
    ];
    for (const form of refused) {
      const answer = await manager.post(path, { id: newId(), ...form });
      expect(answer.status, JSON.stringify(form)).toBe(422);
      expect(load(answer.text)('#field-name').attr('value') ?? '').toBe(form.name);
    }
  });

  test('changes, conflicts, archiving and bringing back', async () => {
    const id = await createThingKind(product.deps, { name: 'Pet', serviceIntervalDays: 30 });
    const { id: customerId } = await createCustomer(product.deps);
    await createThing(product.deps, { customerId, kindId: id });
    expect((await manager.get(`${path}/${id}/edit`)).status).toBe(200);
    const form = { name: 'Dog', serviceIntervalDays: '', leadDays: '3', version: '1' };
    expect((await manager.post(`${path}/${id}`, form)).status).toBe(303);
    expect(await kindRow(id)).toMatchObject({ name: 'Dog', service_interval_days: null, lead_days: 3 });
    const late = await manager.post(`${path}/${id}`, { ...form, name: 'Cat' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Cat');
    expect((await manager.post(`${path}/${id}`, { ...form, name: '', version: '2' })).status).toBe(422);

    expect((await manager.page(`${path}/${id}`))('main').text()).toContain('Set by hand');
    expect((await manager.page(`${path}/${id}`))(`a[href^="/served-things?kind=${id}"]`).text()).toBe('1');
    expect((await manager.post(`${path}/${id}/archival`)).status).toBe(303);
    expect(await kindRow(id)).toMatchObject({ is_archived: true });
    expect((await manager.page(`${path}/${id}`))('.notice').text()).toContain('archived');
    const offered = async () =>
      (await manager.page(`/customers/${customerId}/things/new`))(`#field-kindId option[value="${id}"]`)
        .length;
    expect(await offered()).toBe(0);
    expect((await manager.post(`${path}/${id}/archival/removal`)).status).toBe(303);
    expect(await offered()).toBe(1);
    expect(await actionsOn(id)).toEqual([
      'served-thing-kinds.changed',
      'served-thing-kinds.archived',
      'served-thing-kinds.unarchived',
    ]);
  });

  test('are for those who may define them', async () => {
    const agent = await product.signIn({ role: 'agent' });
    const id = await createThingKind(product.deps);
    for (const page of [path, `${path}/new`, `${path}/${id}`, `${path}/${id}/edit`])
      expect((await agent.get(page)).status, page).toBe(403);
    expect((await agent.post(path, { id: newId(), name: 'X', leadDays: '1' })).status).toBe(403);
    expect((await agent.post(`${path}/${id}/archival`)).status).toBe(403);
    for (const page of [`${path}/${newId()}`, `${path}/x/edit`])
      expect((await manager.get(page)).status, page).toBe(404);
    expect((await manager.get(`${path}?sort=interval`)).status).toBe(422);
  });
});
