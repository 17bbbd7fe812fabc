import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createThing, createThingKind, createThingService } from '../support/factories/served-thing.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const ThingRow = z.object({
  name: z.string(),
  identifier: z.string().nullable(),
  next_due_on: z.string().nullable(),
  is_archived: z.boolean(),
  version: z.number(),
});

let product: TestProduct;
let manager: TestClient;
let carId: string;
beforeAll(async () => {
  product = await startTestProduct();
  product.setNow(new Date('2026-11-20T04:00:00Z'));
  manager = await product.signIn({ role: 'manager' });
  carId = await createThingKind(product.deps, {
    name: 'Car',
    identifierLabel: 'Plate number',
    serviceIntervalDays: 180,
  });
});
afterAll(() => product.close());

const thingRow = async (id: string) => {
  const rows = await product.query(
    ThingRow,
    `SELECT name, identifier, next_due_on::text, archived_at IS NOT NULL AS is_archived, version
     FROM served_things WHERE id = $1`,
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

const undoLatest = async () => {
  const page = await manager.page('/recent-actions');
  return manager.post(page('form[action$="/undo"]').first().attr('action') ?? '');
};

describe('R1.14 things on the record of a customer', () => {
  test('one is added once and stands on the record, late ones in words', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const id = newId();
    const form = { id, kindId: carId, name: 'Audi A4', identifier: '沪A·12 345', nextDueOn: '2026-11-17' };
    expect((await manager.get(`/customers/${customerId}/things/new`)).status).toBe(200);
    for (const attempt of [1, 2]) {
      const sent = await manager.post(`/customers/${customerId}/things`, form);
      expect(sent.headers['location'], `${attempt}`).toBe(`/served-things/${id}`);
    }
    expect(await thingRow(id)).toMatchObject({ name: 'Audi A4', next_due_on: '2026-11-17', version: 1 });
    expect(await actionsOn(id)).toEqual(['served-things.created']);
    await createThingService(product.deps, { thingId: id, servedOn: '2026-05-21' });
    const card = (await manager.page(`/customers/${customerId}`))(
      'section[aria-labelledby="served-things-heading"]',
    );
    for (const said of ['Audi A4', 'Car · 沪A·12 345', 'Overdue, 3 days ago', 'Last service May 21, 2026'])
      expect(card.text()).toContain(said);
    const page = await manager.page(`/served-things/${id}`);
    expect(page('.definitions').text()).toContain('Plate number');
    expect(page('#services').parent().text()).toContain('Oil changed');
  });

  test('services stand in the timeline of the customer', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const thingId = await createThing(product.deps, { customerId, kindId: carId, name: 'Golf' });
    const done = { thingId, servedOn: '2026-10-01', work: 'Brakes', staffId: manager.user.id };
    await createThingService(product.deps, done);
    const page = await manager.page(`/customers/${customerId}`);
    const timeline = page('section[aria-labelledby="timeline-heading"]');
    expect(timeline.text()).toContain('Service: Golf');
    expect(timeline.text()).toContain(`Brakes\n${manager.user.name}`);
    expect(timeline.find(`a[href="/served-things/${thingId}"]`)).toHaveLength(1);
  });

  test('the card is not there where nothing is served', async () => {
    const bare = await startTestProduct();
    const client = await bare.signIn();
    const { id } = await createCustomer(bare.deps);
    expect((await client.page(`/customers/${id}`))('#served-things-heading')).toHaveLength(0);
    await bare.close();
  });

  test('a refused form keeps what was typed; a kind out of use is no choice', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const archived = await createThingKind(product.deps, { archivedAt: new Date() });
    const path = `/customers/${customerId}/things`;
    const refused = await manager.post(path, {
      id: newId(),
      kindId: carId,
      name: '',
      nextDueOn: '2026-02-30',
    });
    expect(refused.status).toBe(422);
    const page = load(refused.text);
    expect(page('#field-nextDueOn').attr('value')).toBe('2026-02-30');
    expect(page('#field-kindId option[selected]').attr('value')).toBe(carId);
    const form = { id: newId(), name: 'A' };
    expect((await manager.post(path, { ...form, kindId: archived })).status).toBe(422);
    expect((await manager.post(path, { ...form, kindId: newId() })).status).toBe(422);
  });

  test('is changed, archived and brought back; two at once meet on the conflict page', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const id = await createThing(product.deps, { customerId, kindId: carId, name: 'Before' });
    expect((await manager.get(`/served-things/${id}/edit`)).status).toBe(200);
    const form = { kindId: carId, name: 'After', identifier: 'Ａ１', nextDueOn: '2027-01-01', version: '1' };
    expect((await manager.post(`/served-things/${id}`, form)).status).toBe(303);
    expect(await thingRow(id)).toMatchObject({ name: 'After', identifier: 'A1', next_due_on: '2027-01-01' });
    const late = await manager.post(`/served-things/${id}`, { ...form, name: 'Too late' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Too late');
    expect((await manager.post(`/served-things/${id}`, { ...form, name: '', version: '2' })).status).toBe(
      422,
    );
    expect((await manager.post(`/served-things/${id}/archival`)).status).toBe(303);
    expect(await thingRow(id)).toMatchObject({ is_archived: true });
    expect((await manager.page(`/served-things/${id}`))('.notice').text()).toContain('out of use');
    expect((await manager.post(`/served-things/${id}/archival/removal`)).status).toBe(303);
    expect(await actionsOn(id)).toEqual([
      'served-things.changed',
      'served-things.archived',
      'served-things.unarchived',
    ]);
  });

  test('is deleted with its history after that was counted, and both come back', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const id = await createThing(product.deps, { customerId, kindId: carId, name: 'Leaves' });
    await createThingService(product.deps, { thingId: id, servedOn: '2026-01-01' });
    await createThingService(product.deps, { thingId: id, servedOn: '2026-06-01' });
    expect((await manager.page(`/served-things/${id}/deletion`))('main').text()).toContain('2 services');
    expect((await manager.post(`/served-things/${id}/deletion`, { version: '4' })).status).toBe(409);
    expect((await manager.post(`/served-things/${id}/deletion`, { version: '1' })).status).toBe(303);
    expect(await thingRow(id)).toBeUndefined();
    expect((await manager.get(`/served-things/${id}`)).status).toBe(404);
    expect((await undoLatest()).status).toBe(303);
    const page = await manager.page(`/served-things/${id}`);
    expect(page('#services').parent().find('tbody tr')).toHaveLength(2);
  });

  test('goes as far as the customer: 403 where it may only be read, 404 where it may not', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const id = await createThing(product.deps, { customerId, kindId: carId });
    const serviceId = await createThingService(product.deps, { thingId: id, servedOn: '2026-01-01' });
    const own = { 'served-things:edit': 'own' } as const;
    const reader = await product.signIn({ grants: { 'customers:read': 'all', ...own } });
    const stranger = await product.signIn({ grants: { 'customers:read': 'own', ...own } });
    const thing = `/served-things/${id}`;
    const service = `/served-thing-services/${serviceId}`;
    const pages = [`/customers/${customerId}/things/new`, `${thing}/edit`, `${thing}/deletion`];
    for (const path of [...pages, `${thing}/services/new`, `${service}/edit`, `${service}/deletion`]) {
      expect((await reader.get(path)).status, path).toBe(403);
      expect((await stranger.get(path)).status, path).toBe(404);
    }
    expect((await reader.page(thing))('main form')).toHaveLength(0);
    expect((await stranger.get(thing)).status).toBe(404);
    const done = { servedOn: '2026-01-02', work: 'A' };
    const posts: [string, Record<string, string>][] = [
      [`/customers/${customerId}/things`, { id: newId(), kindId: carId, name: 'A' }],
      [thing, { kindId: carId, name: 'A', version: '1' }],
      [`${thing}/archival`, {}],
      [`${thing}/archival/removal`, {}],
      [`${thing}/deletion`, { version: '1' }],
      [`${thing}/services`, { id: newId(), ...done }],
      [service, { ...done, version: '1' }],
      [`${service}/deletion`, { version: '1' }],
    ];
    for (const [path, form] of posts) {
      expect((await reader.post(path, form)).status, path).toBe(403);
      expect((await stranger.post(path, form)).status, path).toBe(404);
    }
    expect((await manager.get('/served-things/x')).status).toBe(404);
  });
});

describe('R1.14 R1.9 the one box finds a customer by an identifier', () => {
  test('in any spelling, from its beginning on, within the scope', async () => {
    const { id: customerId } = await createCustomer(product.deps, { name: 'Drives' });
    await createThing(product.deps, { customerId, kindId: carId, identifier: 'HH-AB 1234E' });
    const found = async (client: TestClient, q: string) =>
      (await client.page(`/customers?q=${encodeURIComponent(q)}`))('tbody .row-link').text();
    for (const q of ['HH-AB 1234E', 'hhab1234e', 'HH AB-12', 'ｈｈａｂ 1234'])
      expect(await found(manager, q), q).toBe('Drives');
    for (const q of ['HH-AB 9', 'hh', '沪']) expect(await found(manager, q), q).toBe('');
    const stranger = await product.signIn({ grants: { 'customers:read': 'own' } });
    expect(await found(stranger, 'HH-AB 1234E')).toBe('');
  });
});
