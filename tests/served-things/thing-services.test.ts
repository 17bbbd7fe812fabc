import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createThing, createThingKind, createThingService } from '../support/factories/served-thing.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
let everyHundredDays: string;
let byHand: string;
beforeAll(async () => {
  product = await startTestProduct();
  product.setNow(new Date('2026-11-20T04:00:00Z'));
  manager = await product.signIn({ role: 'manager' });
  everyHundredDays = await createThingKind(product.deps, { serviceIntervalDays: 100 });
  byHand = await createThingKind(product.deps);
});
afterAll(() => product.close());

const thingOf = async (kindId: string, nextDueOn?: string): Promise<string> => {
  const { id: customerId } = await createCustomer(product.deps);
  return createThing(product.deps, { customerId, kindId, ...(nextDueOn !== undefined && { nextDueOn }) });
};

const dueDay = async (thingId: string) => {
  const rows = await product.query(
    z.object({ day: z.string().nullable() }),
    'SELECT next_due_on::text AS day FROM served_things WHERE id = $1',
    [thingId],
  );
  return rows[0]?.day;
};

const services = (thingId: string) =>
  product.query(
    z.object({ id: z.string(), day: z.string(), work: z.string(), version: z.number() }),
    'SELECT id::text, served_on::text AS day, work, version FROM served_thing_services WHERE thing_id = $1',
    [thingId],
  );

const record = (thingId: string, form: Readonly<Record<string, string>>) =>
  manager.post(`/served-things/${thingId}/services`, { id: newId(), work: 'Oil', ...form });

const undoLatest = async () => {
  const page = await manager.page('/recent-actions');
  return manager.post(page('form[action$="/undo"]').first().attr('action') ?? '');
};

describe('R1.14 recording a service', () => {
  test('stores it once, audits it, and moves the due day by the interval', async () => {
    const thingId = await thingOf(everyHundredDays, '2026-11-25');
    const form = await manager.page(`/served-things/${thingId}/services/new`);
    expect(form('.subtitle').text()).toContain('done today, the next service is due on Feb 28, 2027');
    expect(form('#field-servedOn').attr('value')).toBe('2026-11-20');
    expect(form('#field-staffId option[selected]').attr('value')).toBe(manager.user.id);
    const id = newId();
    for (const attempt of [1, 2]) {
      const sent = await record(thingId, { id, servedOn: '2026-11-20', staffId: manager.user.id });
      expect(sent.headers['location'], `${attempt}`).toBe(`/served-things/${thingId}`);
    }
    expect(await services(thingId)).toMatchObject([{ id, day: '2026-11-20', work: 'Oil' }]);
    expect(await dueDay(thingId)).toBe('2027-02-28');
    const audit = await product.query(
      z.object({ action: z.string(), table_name: z.string() }),
      `SELECT action, table_name FROM audit_log WHERE record_id = ANY($1) AND action <> 'factory.created' ORDER BY id`,
      [[id, thingId]],
    );
    expect(audit).toEqual([
      { action: 'served-things.service-added', table_name: 'served_thing_services' },
      { action: 'served-things.service-added', table_name: 'served_things' },
    ]);
  });

  test('a day that is named comes before the interval; without an interval nothing is due', async () => {
    const named = await thingOf(everyHundredDays);
    await record(named, { servedOn: '2026-11-19', nextDueOn: '2027-11-19' });
    expect(await dueDay(named)).toBe('2027-11-19');
    const none = await thingOf(byHand, '2026-11-25');
    await record(none, { servedOn: '2026-11-19' });
    expect(await dueDay(none)).toBeNull();
  });

  test('one that is older than the latest leaves the due day', async () => {
    const thingId = await thingOf(everyHundredDays);
    await record(thingId, { servedOn: '2026-11-01' });
    expect(await dueDay(thingId)).toBe('2027-02-09');
    await record(thingId, { servedOn: '2025-01-01' });
    expect(await dueDay(thingId)).toBe('2027-02-09');
  });

  test('refuses days to come, missing work and staff who do not exist, keeping what was typed', async () => {
    const thingId = await thingOf(everyHundredDays, '2026-12-01');
    const refused = await record(thingId, { servedOn: '2026-11-21', work: 'Typed' });
    expect(refused.status).toBe(422);
    expect(load(refused.text)('#field-work').text()).toContain('Typed');
    expect((await record(thingId, { servedOn: '2026-11-20', work: '' })).status).toBe(422);
    expect((await record(thingId, { servedOn: '2026-11-20', staffId: newId() })).status).toBe(422);
    expect(await services(thingId)).toEqual([]);
    expect(await dueDay(thingId)).toBe('2026-12-01');
  });
});

describe('R1.14 the history of a thing', () => {
  test('a service is changed; a due day that followed from it goes along', async () => {
    const thingId = await thingOf(everyHundredDays);
    const id = newId();
    await record(thingId, { id, servedOn: '2026-11-20' });
    expect((await manager.get(`/served-thing-services/${id}/edit`)).status).toBe(200);
    const form = { servedOn: '2026-11-10', work: 'Tyres', version: '1' };
    const saved = await manager.post(`/served-thing-services/${id}`, form);
    expect(saved.headers['location']).toBe(`/served-things/${thingId}`);
    expect(await services(thingId)).toMatchObject([{ day: '2026-11-10', work: 'Tyres', version: 2 }]);
    expect(await dueDay(thingId)).toBe('2027-02-18');
    const late = await manager.post(`/served-thing-services/${id}`, { ...form, work: 'Too late' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Too late');
    const refused = await manager.post(`/served-thing-services/${id}`, { ...form, work: '', version: '2' });
    expect(refused.status).toBe(422);
  });

  test('a due day set by hand stays when the history changes', async () => {
    const thingId = await thingOf(everyHundredDays, '2030-01-01');
    const id = await createThingService(product.deps, { thingId, servedOn: '2026-11-01' });
    await manager.post(`/served-thing-services/${id}`, { servedOn: '2026-11-05', work: 'A', version: '1' });
    expect(await dueDay(thingId)).toBe('2030-01-01');
  });

  test('a service is deleted and comes back, the due day with it', async () => {
    const thingId = await thingOf(everyHundredDays);
    await record(thingId, { servedOn: '2026-08-01' });
    const id = newId();
    await record(thingId, { id, servedOn: '2026-11-20' });
    const question = await manager.page(`/served-thing-services/${id}/deletion`);
    expect(question('main').text()).toContain('Delete the service “Oil” of Nov 20, 2026?');
    const path = `/served-thing-services/${id}/deletion`;
    expect((await manager.post(path, { version: '5' })).status).toBe(409);
    expect((await manager.post(path, { version: '1' })).status).toBe(303);
    expect(await services(thingId)).toHaveLength(1);
    expect(await dueDay(thingId)).toBe('2026-11-09');
    expect((await manager.page('/recent-actions'))('main').text()).toContain('Deleted the service “Oil”');
    expect((await undoLatest()).status).toBe(303);
    expect(await services(thingId)).toHaveLength(2);
    expect(await dueDay(thingId)).toBe('2027-02-28');
  });

  test('whoever did a service stays on the form after leaving', async () => {
    const thingId = await thingOf(byHand);
    const former = await product.signIn({ name: 'Former Colleague' });
    const staffId = former.user.id;
    const id = await createThingService(product.deps, { thingId, servedOn: '2026-11-01', staffId });
    const administrator = await product.signIn();
    expect((await administrator.post(`/admin/users/${staffId}/disablement`)).status).toBe(303);
    const page = await manager.page(`/served-thing-services/${id}/edit`);
    expect(page('#field-staffId option[selected]').text()).toBe('Former Colleague');
  });

  test('one that nobody has ever seen is not found', async () => {
    expect((await manager.get(`/served-thing-services/${newId()}/edit`)).status).toBe(404);
    expect((await manager.get(`/served-things/${newId()}/services/new`)).status).toBe(404);
  });
});
