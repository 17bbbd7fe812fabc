import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dayOf } from '../../src/core/format.js';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPlan, createReturnVisit, type ReturnVisitOptions } from '../support/factories/return-visit.js';
import { createRequest, stateIdOf } from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
const today = dayOf(new Date());
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const Stored = z.object({
  outcome: z.string().nullable(),
  attempts: z.number(),
  next_on: z.string(),
  window_from: z.string(),
  is_reactivated: z.boolean(),
  state_category: z.string(),
  resolution: z.string().nullable(),
  contacts: z.array(z.string()),
  notes: z.number(),
});

const stored = async (id: string) =>
  (
    await product.query(
      Stored,
      `SELECT outcome, attempts, next_attempt_on::text AS next_on, window_from::text, reactivated_at IS NOT NULL AS is_reactivated,
              state_category, resolution, ARRAY(SELECT outcome FROM contact_records
                WHERE contact_records.customer_id = service_requests.customer_id ORDER BY happened_at, id) AS contacts,
              (SELECT count(*)::integer FROM request_entries WHERE request_id = service_requests.id) AS notes
       FROM return_visits JOIN service_requests USING (id) WHERE return_visits.id = $1::uuid`,
      [id],
    )
  )[0];

const open = (options: Partial<ReturnVisitOptions> = {}) =>
  createReturnVisit(product.deps, { windowFrom: today, assigneeId: manager.user.id, ...options });

const actionsOf = async (id: string): Promise<string[]> => {
  const rows = await product.query(
    z.object({ action: z.string() }),
    'SELECT DISTINCT action FROM audit_log WHERE record_id = $1 ORDER BY action',
    [id],
  );
  return rows.map(({ action }) => action);
};

const attempt = (id: string, contact = newId()) =>
  manager.post(`/return-visits/${id}/attempts?contact=${contact}`, { choice: 'notReached' });

const settle = async (id: string, fields: Readonly<Record<string, string>>) => {
  const page = await manager.page(`/return-visits/${id}/outcome`);
  const version = String(page('input[name="version"]').val());
  return manager.post(`/return-visits/${id}/outcome`, { id: newId(), version, word: '', ...fields });
};

describe('R2.7 the work list', () => {
  test('holds in its tabs what is to be called today, later, to win back, and what is done', async () => {
    const names = { today: '今日客户', upcoming: '以后客户', winBack: '流失客户' };
    const ofName = async (name: string) => (await createCustomer(product.deps, { name })).id;
    const { id } = await open({ customerId: await ofName(names.today) });
    await open({ customerId: await ofName(names.upcoming), windowFrom: addDays(today, 2) });
    await open({ customerId: await ofName(names.winBack), attempts: 3, reactivatedAt: new Date() });
    const shown = async (group: string) =>
      (await manager.page(`/return-visits?group=${group}&owner=me`))('#list').text();
    expect(await shown('')).toContain(names.today);
    expect(await shown('')).not.toContain(names.upcoming);
    expect(await shown('upcoming')).toContain(names.upcoming);
    expect(await shown('winBack')).toContain(names.winBack);
    expect((await settle(id, { outcome: 'kept' })).status).toBe(303);
    expect(await shown('')).not.toContain(names.today);
    expect(await shown('done')).toContain(names.today);
    const download = await manager.get('/return-visits.csv?group=winBack');
    expect(download.text).toContain(names.winBack);
    expect(download.text).not.toContain(names.upcoming);
  });

  test('is filtered by owner, plan and branch, and refuses what is no choice', async () => {
    const planId = await createPlan(product.deps);
    const { id } = await open({ planId });
    const shown = async (query: string) =>
      (await manager.page(`/return-visits?${query}`))(`#row-${id}`).length;
    expect(await shown(`plan=${planId}`)).toBe(1);
    expect(await shown('plan=none')).toBe(0);
    expect(await shown('owner=none')).toBe(0);
    expect(await shown(`owner=${manager.user.id}`)).toBe(1);
    expect(await shown(`branch=${newId()}`)).toBe(0);
    expect((await manager.get('/return-visits?group=x')).status).toBe(422);
    expect((await manager.get('/return-visits?plan=x')).status).toBe(422);
  });

  test('shows nobody what lies outside their scope', async () => {
    const { id } = await open();
    const account = await product.signIn({
      grants: { 'service-requests:read': 'own', 'service-requests:work': 'own' },
    });
    expect((await account.page('/return-visits'))('tbody tr').length).toBe(0);
    expect((await account.get(`/return-visits/${id}/outcome`)).status).toBe(404);
    const sent = { choice: 'notReached' };
    expect((await account.post(`/return-visits/${id}/attempts?contact=${newId()}`, sent)).status).toBe(404);
    const stranger = await product.signIn({ grants: {} });
    expect((await stranger.get('/return-visits')).status).toBe(403);
    expect((await stranger.get('/return-visits.xlsx')).status).toBe(403);
    expect((await stranger.get(`/return-visits/${id}/outcome`)).status).toBe(403);
  });
});

describe('R2.7 what happened', () => {
  test('not reached: it leaves the list, comes back, and is one to win back after the last attempt', async () => {
    const planId = await createPlan(product.deps, { maxAttempts: 2, retryDays: 5 });
    const { id } = await open({ planId });
    const contact = newId();
    expect((await attempt(id, contact)).status).toBe(303);
    expect((await attempt(id, contact)).status).toBe(303);
    expect(await stored(id)).toMatchObject({
      attempts: 1,
      next_on: addDays(today, 5),
      is_reactivated: false,
      contacts: ['not_reached'],
      notes: 1,
    });
    await attempt(id);
    expect(await stored(id)).toMatchObject({
      attempts: 2,
      is_reactivated: true,
      state_category: 'open',
      notes: 2,
    });
    expect(await actionsOf(id)).toContain('return-visits.attempted');
  });

  test.each(['kept', 'declined'] as const)('%s closes the request with that', async (outcome) => {
    const { id } = await open({ assigneeId: null });
    expect((await settle(id, { outcome, word: '一切都好' })).status).toBe(303);
    const visit = await stored(id);
    expect(visit).toMatchObject({ outcome, state_category: 'done', notes: 1 });
    expect(visit?.resolution).toContain('一切都好');
    expect(await actionsOf(id)).toContain(`return-visits.${outcome}`);
    expect((await attempt(id)).status).toBe(409);
  });

  test('moved gives it a new window and tries afresh', async () => {
    const { id } = await open({ attempts: 2 });
    const windowFrom = addDays(today, 7);
    expect((await settle(id, { outcome: 'moved' })).status).toBe(422);
    expect((await settle(id, { outcome: 'moved', windowFrom: addDays(today, -1) })).status).toBe(422);
    expect((await settle(id, { outcome: 'moved', windowFrom, windowTo: today })).status).toBe(422);
    expect((await settle(id, { outcome: 'moved', windowFrom })).status).toBe(303);
    expect(await stored(id)).toMatchObject({
      outcome: null,
      attempts: 0,
      next_on: windowFrom,
      window_from: windowFrom,
      contacts: ['appointment_made'],
    });
  });

  test('somebody else was quicker: 409', async () => {
    const { id } = await open();
    const sent = { id: newId(), version: '7', outcome: 'kept', word: '' };
    expect((await manager.post(`/return-visits/${id}/outcome`, sent)).status).toBe(409);
  });

  test('closed without a word of the customer it counts as missed; opened again it goes on', async () => {
    const { id } = await open({ windowFrom: addDays(today, -9) });
    const [from, to] = [await stateIdOf(product.deps, 'new'), await stateIdOf(product.deps, 'closed')];
    const path = `/service-requests/${id}/transitions`;
    await manager.post(path, { fromStateId: from, stateId: to, resolution: 'Never reached' });
    expect(await stored(id)).toMatchObject({ outcome: 'missed', state_category: 'done' });
    const again = await stateIdOf(product.deps, 'inProgress');
    await manager.post(path, { fromStateId: to, stateId: again, reason: 'They called' });
    expect(await stored(id)).toMatchObject({ outcome: null, next_on: today });
  });

  test('the record shows window and attempts with the form', async () => {
    const { id } = await open({ attempts: 1 });
    const page = await manager.page(`/service-requests/${id}`);
    const card = page('[aria-labelledby="return-visit-heading"]');
    expect(card.text()).toContain('1 of 3');
    expect(card.find('button').text()).toBe('Not reached');
    const other = await createRequest(product.deps);
    expect((await manager.page(`/service-requests/${other.id}`))('#return-visit-heading').length).toBe(0);
    expect((await manager.get(`/return-visits/${other.id}/outcome`)).status).toBe(404);
  });
});

describe('R2.7 planned by hand', () => {
  test('for a customer, and for that of a request', async () => {
    const { id: customerId } = await createCustomer(product.deps, { ownerId: manager.user.id });
    const request = await createRequest(product.deps, { customerId });
    const window = { windowFrom: addDays(today, 3), windowTo: addDays(today, 5) };
    for (const requestId of ['', request.id]) {
      const form = {
        id: newId(),
        customerId,
        requestId,
        subject: '看看恢复情况',
        assigneeId: manager.user.id,
        ...window,
      };
      expect((await manager.post('/return-visits', form)).status).toBe(303);
      expect((await manager.post('/return-visits', form)).status).toBe(303);
      expect(await stored(form.id)).toMatchObject({
        window_from: window.windowFrom,
        next_on: window.windowFrom,
      });
      expect(await actionsOf(form.id)).toContain('return-visits.planned-by-hand');
    }
    const [relation] = await product.query(
      z.object({ kind: z.string() }),
      'SELECT kind FROM request_relations WHERE to_id = $1::uuid',
      [request.id],
    );
    expect(relation?.kind).toBe('followsUp');
  });

  test('refused: typed words are kept, other customers are not found', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const form = {
      id: newId(),
      customerId,
      requestId: '',
      subject: '看看',
      windowFrom: today,
      windowTo: addDays(today, -2),
    };
    const refused = await manager.post('/return-visits', { ...form, assigneeId: '' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('看看');
    expect((await manager.get(`/return-visits/new?customerId=${newId()}`)).status).toBe(404);
    expect((await manager.get('/return-visits/new')).status).toBe(303);
    const auditor = await product.signIn({ role: 'auditor' });
    expect((await auditor.get(`/return-visits/new?customerId=${customerId}`)).status).toBe(403);
  });
});
