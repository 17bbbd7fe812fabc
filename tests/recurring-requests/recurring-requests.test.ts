import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dayOf } from '../../src/core/format.js';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import { openRecurringRequests } from '../../src/modules/recurring-requests/open-recurring.service.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createRecurring } from '../support/factories/recurring-request.js';
import { typeIdOf } from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const path = '/recurring-requests';
let product: TestProduct;
let manager: TestClient;
const today = dayOf(new Date());
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const Stored = z.object({
  next_on: z.string().nullable(),
  ends_on: z.string().nullable(),
  every: z.number(),
});
const stored = async (id: string) =>
  (
    await product.query(
      Stored,
      'SELECT next_on::text, ends_on::text, every FROM recurring_requests WHERE id = $1::uuid',
      [id],
    )
  )[0];

const Opened = z.object({ origin: z.string(), subject: z.string(), note: z.string() });
const openedOf = (id: string) =>
  product.query(
    Opened,
    `SELECT origin, subject, (SELECT body FROM request_entries WHERE request_id = service_requests.id) AS note
     FROM service_requests WHERE origin LIKE 'recurring:' || $1 || ':%' ORDER BY origin`,
    [id],
  );

const actionsOf = async (id: string): Promise<string[]> => {
  const rows = await product.query(
    z.object({ action: z.string() }),
    'SELECT action FROM audit_log WHERE record_id = $1 ORDER BY id',
    [id],
  );
  return rows.map(({ action }) => action);
};

const versionOn = async (address: string): Promise<string> =>
  String((await manager.page(address))('main input[name="version"]').val());

const fields = async () => ({
  ...{
    typeId: await typeIdOf(product.deps, 'consultation'),
    categoryId: '',
    subject: '季度保养',
    description: '',
  },
  ...{ assigneeId: '', unit: 'month', every: '3', startsOn: addDays(today, 1), endsOn: '', leadDays: '0' },
});

describe('R2.7 requests that are opened again and again', () => {
  test('one is created after a page with its next five days, and changed', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const form = { id: newId(), customerId, ...(await fields()) };
    expect((await manager.get(`${path}/new?customerId=${customerId}`)).status).toBe(200);
    const preview = await manager.post(path, form);
    expect(preview.status).toBe(200);
    expect(preview.text.match(/<li>[^<]*20\d\d[^<]*<\/li>/g)).toHaveLength(5);
    for (let sent = 0; sent < 2; sent += 1)
      expect((await manager.post(path, { ...form, isPreviewed: 'on' })).status).toBe(303);
    expect(await stored(form.id)).toEqual({ next_on: addDays(today, 1), ends_on: null, every: 3 });
    expect((await manager.page(path))('#list').text()).toContain('季度保养');
    const version = await versionOn(`${path}/${form.id}/edit`);
    const change = { ...(await fields()), every: '1', unit: 'week', version, isPreviewed: 'on' };
    expect((await manager.post(`${path}/${form.id}`, change)).status).toBe(303);
    expect((await manager.post(`${path}/${form.id}`, change)).status).toBe(409);
    expect(await actionsOf(form.id)).toEqual(['recurring-requests.created', 'recurring-requests.changed']);
  });

  test('refused: an end before its beginning, one that never comes, something that is not there', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const form = { id: newId(), customerId, ...(await fields()) };
    const post = (more: Readonly<Record<string, string>>) => manager.post(path, { ...form, ...more });
    expect((await post({ endsOn: today })).status).toBe(422);
    expect((await post({ startsOn: '2020-01-01', endsOn: '2020-02-01' })).status).toBe(422);
    expect((await post({ every: '0' })).status).toBe(422);
    expect((await post({ categoryId: newId(), isPreviewed: 'on' })).status).toBe(422);
    expect((await post({ customerId: newId(), isPreviewed: 'on' })).status).toBe(404);
    expect((await manager.get(`${path}/new`)).status).toBe(303);
    expect((await manager.get(`${path}/${newId()}/edit`)).status).toBe(404);
  });

  test('paused, ended and deleted, each with a way back', async () => {
    for (const [verb, action] of [
      ['pause', 'paused'],
      ['end', 'ended'],
      ['deletion', 'deleted'],
    ] as const) {
      const id = await createRecurring(product.deps, {
        startsOn: addDays(today, -1),
        nextOn: addDays(today, 9),
      });
      const own = `${path}/${id}/${verb}`;
      expect((await manager.post(own, { version: await versionOn(own) })).status).toBe(303);
      const now = await stored(id);
      expect(now?.next_on ?? null).toBeNull();
      if (verb === 'end') expect(now?.ends_on).toBe(today);
      expect(await actionsOf(id)).toContain(`recurring-requests.${action}`);
      const undo = (await manager.page(path))('form[action*="/undo"]').attr('action') ?? '';
      expect((await manager.post(undo, {})).status).toBe(303);
      expect(await stored(id)).toMatchObject({ next_on: addDays(today, 9), ends_on: null });
    }
  });

  test('one that is paused goes on with its next day', async () => {
    const id = await createRecurring(product.deps, {
      startsOn: addDays(today, -10),
      nextOn: null,
      unit: 'week',
    });
    const own = `${path}/${id}/resumption`;
    expect((await manager.post(own, { version: await versionOn(own) })).status).toBe(303);
    expect(await stored(id)).toMatchObject({ next_on: addDays(today, 4) });
  });

  test('the nightly job opens what is due once, with its lead days', async () => {
    const due = await createRecurring(product.deps, {
      startsOn: today,
      subject: '年检',
      unit: 'day',
      every: 30,
    });
    const ahead = await createRecurring(product.deps, { startsOn: addDays(today, 3), leadDays: 3 });
    const later = await createRecurring(product.deps, { startsOn: addDays(today, 4), leadDays: 3 });
    await openRecurringRequests(product.deps);
    await openRecurringRequests(product.deps);
    expect(await openedOf(due)).toMatchObject([{ origin: `recurring:${due}:${today}`, subject: '年检' }]);
    expect(await stored(due)).toMatchObject({ next_on: addDays(today, 30) });
    expect(await openedOf(ahead)).toHaveLength(1);
    expect(await openedOf(later)).toEqual([]);
  });

  test('late, it opens the latest missed one alone and says how many were left out; at its end it stops', async () => {
    const late = await createRecurring(product.deps, { startsOn: addDays(today, -22), unit: 'week' });
    const over = await createRecurring(product.deps, {
      startsOn: addDays(today, -5),
      endsOn: today,
      unit: 'day',
      every: 5,
    });
    await openRecurringRequests(product.deps);
    const opened = await openedOf(late);
    expect(opened).toMatchObject([{ origin: `recurring:${late}:${addDays(today, -1)}` }]);
    expect(opened[0]?.note).toContain('3 times before it were left out.');
    expect(await openedOf(over)).toMatchObject([{ origin: `recurring:${over}:${today}` }]);
    expect(await stored(over)).toMatchObject({ next_on: null });
  });

  test('of customers outside the scope nothing is shown', async () => {
    const id = await createRecurring(product.deps, { startsOn: addDays(today, 5) });
    const own = await product.signIn({
      grants: { 'service-requests:create': 'all', 'customers:read': 'own' },
    });
    expect((await own.page(path))('tbody tr').length).toBe(0);
    expect((await own.get(`${path}/${id}/edit`)).status).toBe(404);
    expect((await own.post(`${path}/${id}/pause`, { version: '1' })).status).toBe(404);
    const auditor = await product.signIn({ role: 'auditor' });
    expect((await auditor.get(path)).status).toBe(403);
  });
});
