import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import type { TestClient } from '../support/client.js';
import { createContactRecord } from '../support/factories/contact-record.js';
import { createFollowUp } from '../support/factories/follow-up.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createRequest } from '../support/factories/service-request.js';
import { createTeam } from '../support/factories/team.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { createVisitor } from './visits.js';

const today = '2026-06-30';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  product.setNow(new Date(`${today}T04:00:00Z`));
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

/** Every 28 days, the last time so many days ago. */
const monthly = (last: number): number[] => [last + 84, last + 56, last + 28, last];
const visitor = (name: string, last: number) =>
  createVisitor(product, today, { name, daysAgo: monthly(last) });

const names = async (client: TestClient, query = ''): Promise<string[]> => {
  const page = await client.page(`/late-visits${query}`);
  return page('#list a.row-link')
    .toArray()
    .map((link) => page(link).text());
};

const at = (daysAgo: number): Date => new Date(`${addDays(today, -daysAgo)}T03:00:00Z`);
const call = (customerId: string, daysAgo: number) =>
  createContactRecord(product.deps, { customerId, staffId: manager.user.id, happenedAt: at(daysAgo) });

describe('R1.15 the list of late visits', () => {
  test('each late customer stands in one group; who was just called or is planned for stands in none', async () => {
    await visitor('On time', 28);
    await visitor('Within tolerance', 33);
    await visitor('Just late', 34);
    await visitor('At the edge', 84);
    await visitor('Gone', 85);
    const planned = await visitor('Planned', 50);
    await createFollowUp(product.deps, { customerId: planned.id, ownerId: manager.user.id, dueOn: today });
    const overdue = await visitor('Plan overdue', 51);
    const dueOn = addDays(today, -1);
    await createFollowUp(product.deps, { customerId: overdue.id, ownerId: manager.user.id, dueOn });
    await call((await visitor('Called lately', 52)).id, 13);
    await call((await visitor('Called before', 53)).id, 14);
    const tried = await visitor('Tried', 54);
    for (const daysAgo of [40, 30, 20]) await call(tried.id, daysAgo);
    const before = await visitor('Called for the last visit', 55);
    for (const daysAgo of [57, 56, 55]) await call(before.id, daysAgo);
    await createVisitor(product, today, { name: 'No rhythm', daysAgo: [100] });

    expect(await names(manager)).toEqual([
      'Just late',
      'Plan overdue',
      'Called before',
      'Called for the last visit',
      'At the edge',
    ]);
    expect(await names(manager, '?sort=name')).toContain('Just late');
    expect(await names(manager, '?group=tried')).toEqual(['Tried']);
    expect(await names(manager, '?group=gone')).toEqual(['Gone']);
    expect(await names(manager, '?q=Just')).toEqual(['Just late']);
  });

  test('R2.9 whoever waits for an answer to a complaint is left out until it is done', async () => {
    const complaining = await visitor('Complaining', 45);
    const { id } = await createRequest(product.deps, { type: 'complaint', customerId: complaining.id });
    await createRequest(product.deps, { customerId: (await visitor('Asking', 45)).id });
    expect(await names(manager, '?q=Complaining')).toEqual([]);
    expect(await names(manager, '?q=Asking')).toEqual(['Asking']);
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', (tx) =>
      tx.serviceRequest.update({ where: { id }, data: { deletedAt: product.deps.now() } }),
    );
    expect(await names(manager, '?q=Complaining')).toEqual(['Complaining']);
  });

  test('a row says since when, by which rhythm and how often somebody tried', async () => {
    await call((await visitor('Told in words', 60)).id, 20);
    const page = await manager.page('/late-visits?q=Told');
    const text = page('#list tbody tr').text().replace(/\s+/g, ' ');
    expect(text).toContain('Every 28 days, own rhythm');
    expect(text).toMatch(/Haircut.*own rhythm ?32 ?1/);
  });

  test('the filter of the customer list finds the same customers', async () => {
    const page = await manager.page('/customers?late=tried');
    expect(page('#list a.row-link').text()).toBe('Tried');
    expect(page('.active-filters').text()).toContain('Late visit: Tried often enough');
  });

  test.each(['late', 'tried', 'gone'])(
    '%s: the list of customers finds the same, the newest first',
    async (group) => {
      const listed = await names(manager, `?group=${group}`);
      expect(listed.length).toBeGreaterThan(0);
      const created = await product.query(
        z.object({ name: z.string() }),
        `SELECT name FROM customers WHERE name IN (${listed.map((name) => `'${name}'`).join()}) ORDER BY created_at, id`,
      );
      const oldestFirst = created.map(({ name }) => name);
      const found = async (query: string): Promise<string[]> => {
        const page = await manager.page(`/customers?late=${group}${query}`);
        return page('#list a.row-link')
          .toArray()
          .map((link) => page(link).text());
      };
      expect(await found('&sort=createdAt')).toEqual(oldestFirst);
      expect(await found('')).toEqual(oldestFirst.toReversed());
      expect((await found('&sort=name')).toSorted()).toEqual(listed.toSorted());
    },
  );

  test.each(['late', 'tried', 'gone'])('%s: those of one owner stand in the same order', async (group) => {
    const all = await names(manager, `?group=${group}`);
    const account = await product.signIn({ role: 'account' });
    const own = all.filter((_name, index) => index % 2 === 0);
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', (tx) =>
      tx.customer.updateMany({ where: { name: { in: own } }, data: { ownerId: account.user.id } }),
    );
    expect(own.length).toBeGreaterThan(0);
    for (const [query, wanted] of [
      ['', own],
      ['&owner=me', own],
      ['&sort=expected', own.toReversed()],
      ['&sort=name', own.toSorted()],
    ] as const) {
      expect(await names(account, `?group=${group}${query}`), query).toEqual(wanted);
    }
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', (tx) =>
      tx.customer.updateMany({ where: { name: { in: own } }, data: { ownerId: null } }),
    );
  });

  test('the totals know when each customer was created and whose it is, also after a change', async () => {
    const [first, second] = [
      await createVisitor(product, today, { daysAgo: [3] }),
      await visitor('Kept', 45),
    ];
    const setOwner = (id: string, ownerId: string | null) =>
      unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', (tx) =>
        tx.customer.update({ where: { id }, data: { ownerId } }),
      );
    await setOwner(first.id, manager.user.id);
    await setOwner(second.id, manager.user.id);
    await setOwner(first.id, null);
    const totals = await product.query(
      z.object({ id: z.string(), is_right: z.boolean(), has_owner: z.boolean() }),
      `SELECT customers.id, totals.owner_id IS NOT NULL AS has_owner,
              customer_created_at = created_at AND totals.owner_id IS NOT DISTINCT FROM customers.owner_id AS is_right
       FROM customers LEFT JOIN customer_purchase_totals AS totals ON customer_id = customers.id`,
    );
    expect(totals.filter((row) => !row.is_right)).toEqual([]);
    expect(totals.filter((row) => row.has_owner).map(({ id }) => id)).toContain(second.id);
    expect(await names(manager, '?owner=me')).toEqual(['Kept']);
    await setOwner(second.id, null);
    expect(await names(manager, '?owner=me')).toEqual([]);
  });

  test('the record says rhythm, expected visit and lateness', async () => {
    const customer = await visitor('On record', 34);
    const text = (await manager.page(`/customers/${customer.id}`)).text();
    expect(text).toContain('Every 28 days, own rhythm');
    expect(text).toContain('Jun 24, 2026, 6 days ago');
  });

  test('mine, team and branch narrow the list; nobody sees customers out of scope', async () => {
    const teamId = await createTeam(product.deps);
    const account = await product.signIn({ role: 'account', teamIds: [teamId] });
    await createVisitor(product, today, {
      name: 'Own',
      daysAgo: monthly(70),
      ownerId: account.user.id,
      teamId,
    });
    await createVisitor(product, today, { name: 'Of the team', daysAgo: monthly(71), teamId });
    expect(await names(account)).toEqual(['Own', 'Of the team']);
    expect(await names(account, '?owner=me')).toEqual(['Own']);
    expect(await names(manager, `?team=${teamId}`)).toEqual(['Own', 'Of the team']);
    expect(await names(manager, `?branch=${newId()}`)).toEqual([]);
    expect(await names(manager, `?team=${teamId}&tier=none&owner=none`)).toEqual(['Of the team']);
  });

  test('bad parameters are refused, and those without the permission see nothing', async () => {
    expect((await manager.get('/late-visits?group=early')).status).toBe(422);
    expect((await manager.get('/late-visits?sort=owner')).status).toBe(422);
    const nobody = await product.signIn({ role: null });
    expect((await nobody.get('/late-visits')).status).toBe(403);
  });
});

describe('R1.15 what can be done from the list', () => {
  test('“In a week” plans a follow-up once, and the customer is away until then', async () => {
    const customer = await visitor('Later', 40);
    const page = await manager.page('/late-visits?q=Later');
    const action = page('button[formaction][value="7"]').attr('formaction') ?? '';
    for (let times = 0; times < 2; times += 1) {
      const response = await manager.post(action, { choice: '7', returnTo: '/late-visits?q=Later' });
      expect([response.status, response.headers['location']]).toEqual([303, '/late-visits?q=Later']);
    }
    expect(await names(manager, '?q=Later')).toEqual([]);
    const planned = await product.query(
      z.object({ due_on: z.string(), action: z.string(), audited: z.string() }),
      `SELECT follow_ups.due_on::text, follow_ups.action, audit_log.action AS audited
       FROM follow_ups JOIN audit_log ON table_name = 'follow_ups' AND record_id = follow_ups.id::text
       WHERE customer_id = $1`,
      [customer.id],
    );
    expect(planned).toEqual([
      { due_on: addDays(today, 7), action: 'Ask about the next visit', audited: 'follow-ups.planned' },
    ]);
    product.setNow(new Date(`${addDays(today, 8)}T04:00:00Z`));
    expect(await names(manager, '?q=Later')).toEqual(['Later']);
    product.setNow(new Date(`${today}T04:00:00Z`));
  });

  test('“Called” opens the contact form with the next day filled in, and comes back to the list', async () => {
    const customer = await visitor('To call', 41);
    const list = await manager.page('/late-visits?q=To+call');
    const href = list('a[hx-target="#row-form"]').first().attr('href') ?? '';
    const form = await manager.page(href);
    expect(form('[name="nextOn"]').val()).toBe(addDays(today, 14));
    expect(form('[name="nextAction"]').val()).toBe('Ask about the next visit');
    const fields = { id: newId(), channel: 'phone', direction: 'out', outcome: 'not_reached' };
    const returnTo = String(form('main [name="returnTo"]').val());
    const refused = await manager.post(`/customers/${customer.id}/contact-records`, {
      ...fields,
      nextOn: addDays(today, 14),
      returnTo,
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('value="/late-visits?q=To+call"');
    const sent = await manager.post(`/customers/${customer.id}/contact-records`, { ...fields, returnTo });
    expect([sent.status, sent.headers['location']]).toEqual([303, '/late-visits?q=To+call']);
    expect(await names(manager, '?q=To+call')).toEqual([]);
  });

  test('the third attempt plans no further one', async () => {
    const customer = await visitor('Last attempt', 42);
    for (const daysAgo of [30, 20]) await call(customer.id, daysAgo);
    const href = (await manager.page('/late-visits?q=Last+attempt'))('a[hx-target="#row-form"]')
      .first()
      .attr('href');
    expect(href).not.toContain('nextOn');
  });

  test('“Other day” begins a follow-up; it goes back only to pages of the product', async () => {
    const customer = await visitor('Other day', 43);
    const path = `/customers/${customer.id}/follow-ups/new`;
    const form = await manager.page(`${path}?action=Ask&returnTo=/late-visits`);
    expect(form('[name="action"]').val()).toBe('Ask');
    for (const elsewhere of ['//example.com', 'https://example.com', '/\\example.com']) {
      expect((await manager.get(`${path}?returnTo=${encodeURIComponent(elsewhere)}`)).status).toBe(422);
    }
    const fields = { id: newId(), action: 'Ask', dueOn: today, returnTo: '/late-visits' };
    const sent = await manager.post(`/customers/${customer.id}/follow-ups`, fields);
    expect([sent.status, sent.headers['location']]).toEqual([303, '/late-visits']);
  });

  test('a postponement is refused for what cannot be', async () => {
    const { id } = await visitor('Refused', 44);
    const path = `/late-visits/${id}/postponement?followUp=${newId()}`;
    expect((await manager.post(path, { choice: '8' })).status).toBe(422);
    expect(
      (await manager.post(`/late-visits/${newId()}/postponement?followUp=${newId()}`, { choice: '7' }))
        .status,
    ).toBe(404);
    const reader = await product.signIn({ grants: { 'customers:read': 'all' } });
    expect((await reader.post(path, { choice: '7' })).status).toBe(403);
  });
});
