import pg from 'pg';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { dayOf } from '../../src/core/format.js';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import { lastRequestOf } from '../admin/audit-of.js';
import type { TestClient } from '../support/client.js';
import { createContactRecord } from '../support/factories/contact-record.js';
import { createCustomer } from '../support/factories/customer.js';
import { createFollowUp } from '../support/factories/follow-up.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const today = dayOf(new Date());
const contact = { channel: 'phone', direction: 'out', outcome: 'reached', summary: 'Likes the new colour' };

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const Row = z.looseObject({});
const columns = { contact_records: '*', follow_ups: '*, due_on::text AS due_on' } as const;
const rowsOf = (table: keyof typeof columns, customerId: string) =>
  product.query(Row, `SELECT ${columns[table]} FROM ${table} WHERE customer_id = $1 ORDER BY id`, [
    customerId,
  ]);
const activityOf = async (customerId: string) =>
  (
    await product.query(
      z.object({ last_contact_at: z.date().nullable(), next_follow_up_on: z.string().nullable() }),
      'SELECT last_contact_at, next_follow_up_on::text FROM customer_activities WHERE customer_id = $1',
      [customerId],
    )
  )[0];

describe('R1.3 R1.4 one small form', () => {
  test('writes what happened, finishes what was due and plans what comes next, in one audited unit of work', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const dueId = await createFollowUp(product.deps, {
      customerId,
      ownerId: manager.user.id,
      dueOn: addDays(today, -2),
    });
    const id = newId();
    const response = await manager.post(`/customers/${customerId}/contact-records`, {
      ...contact,
      id,
      finish: dueId,
      nextOn: addDays(today, 3),
      nextTime: '15:30',
      nextAction: 'Send the price list',
    });
    expect(response.headers['location']).toBe(`/customers/${customerId}`);
    expect(await rowsOf('contact_records', customerId)).toMatchObject([
      { id, ...contact, staff_id: manager.user.id, version: 1 },
    ]);
    expect(await rowsOf('follow_ups', customerId)).toMatchObject([
      { id: dueId, state: 'done', contact_record_id: id, finished_by_id: manager.user.id },
      {
        state: 'open',
        due_on: addDays(today, 3),
        due_minute: 930,
        action: 'Send the price list',
        previous_id: dueId,
        owner_id: manager.user.id,
      },
    ]);
    const audit = await lastRequestOf(product, manager.user.id);
    expect(audit.map(({ action, table_name, operation }) => [action, table_name, operation])).toEqual([
      ['contact-records.created', 'contact_records', 'insert'],
      ['contact-records.created', 'follow_ups', 'update'],
      ['contact-records.created', 'follow_ups', 'insert'],
    ]);
    expect((await activityOf(customerId))?.next_follow_up_on).toBe(addDays(today, 3));
    expect((await activityOf(customerId))?.last_contact_at).not.toBeNull();
    const page = await manager.page(`/customers/${customerId}`);
    const timeline = page('.record-timeline .timeline-list').text();
    expect(timeline).toContain('Likes the new colour');
    expect(timeline).toContain('Follow-up done: Call back');
    expect(timeline).toContain('Send the price list');
    expect(page('.notice-success').text()).toContain('Next follow-up');
  });

  test('sent three times at once, stores once', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const form = { ...contact, id: newId(), nextOn: addDays(today, 1), nextAction: 'Once' };
    const responses = await Promise.all(
      [1, 2, 3].map(() => manager.post(`/customers/${customerId}/contact-records`, form)),
    );
    expect(responses.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await rowsOf('contact_records', customerId)).toHaveLength(1);
    expect(await rowsOf('follow_ups', customerId)).toHaveLength(1);
  });

  test('stands on the record with what is due ticked, what is not due unticked, what belongs to others left out', async () => {
    const agent = await product.signIn({ role: 'agent' });
    const { id: customerId } = await createCustomer(product.deps);
    const plan = { customerId, ownerId: agent.user.id };
    const due = await createFollowUp(product.deps, { ...plan, dueOn: today });
    const later = await createFollowUp(product.deps, { ...plan, dueOn: addDays(today, 9) });
    await createFollowUp(product.deps, { customerId, ownerId: manager.user.id, dueOn: today });
    const page = await agent.page(`/customers/${customerId}`);
    const ticks = page('input[name="finish"]').toArray();
    expect(ticks.map((tick) => page(tick).attr('value'))).toEqual([due, later]);
    expect(ticks.map((tick) => page(tick).is('[checked]'))).toEqual([true, false]);
    expect(page('#follow-ups-heading').parent().find('li').length).toBe(3);
  });

  test('refuses half a plan, a past day, a time that is none and a moment to come; keeps what was typed', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const send = (fields: Readonly<Record<string, string>>) =>
      manager.post(`/customers/${customerId}/contact-records`, { ...contact, id: newId(), ...fields });
    const noAction = await send({ nextOn: addDays(today, 1), summary: 'typed before' });
    expect(noAction.status).toBe(422);
    expect(noAction.text).toContain('Say what is to be done');
    expect(noAction.text).toContain('typed before');
    expect((await send({ nextAction: 'Call' })).text).toContain('Choose a day.');
    expect((await send({ nextAction: 'Call', nextOn: addDays(today, -1) })).text).toContain(
      'This day has passed',
    );
    expect((await send({ nextTime: '25:00' })).text).toContain('Enter a time such as');
    const future = await send({ happenedOn: addDays(today, 1) });
    expect(future.status).toBe(422);
    expect(future.text).toContain('has not come yet');
    expect(future.text).toContain(`value="${addDays(today, 1)}"`);
    expect((await send({ channel: 'pigeon' })).status).toBe(422);
    expect((await send({ staffId: newId() })).status).toBe(422);
    expect(await rowsOf('contact_records', customerId)).toHaveLength(0);
  });

  test('refuses to finish a follow-up of another customer or of somebody else', async () => {
    const agent = await product.signIn({ role: 'agent' });
    const { id: customerId } = await createCustomer(product.deps);
    const { id: otherId } = await createCustomer(product.deps);
    const plan = { ownerId: manager.user.id, dueOn: today };
    const foreign = await createFollowUp(product.deps, { ...plan, customerId });
    const elsewhere = await createFollowUp(product.deps, { ...plan, customerId: otherId });
    for (const finish of [foreign, elsewhere]) {
      const form = { ...contact, id: newId(), finish };
      expect((await agent.post(`/customers/${customerId}/contact-records`, form)).status).toBe(422);
    }
    expect(await rowsOf('follow_ups', customerId)).toMatchObject([{ state: 'open' }]);
    expect(await rowsOf('contact_records', customerId)).toHaveLength(0);
  });

  test('takes day and time in the product’s time zone; a day without a time is its noon', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const send = (fields: Readonly<Record<string, string>>) =>
      manager.post(`/customers/${customerId}/contact-records`, { ...contact, id: newId(), ...fields });
    await send({ happenedOn: '2026-03-01', happenedTime: '9:05' });
    await send({ happenedOn: '2026-03-02' });
    const rows = await rowsOf('contact_records', customerId);
    expect(rows.map((row) => row['happened_at'])).toEqual([
      new Date('2026-03-01T01:05:00Z'),
      new Date('2026-03-02T04:00:00Z'),
    ]);
  });
});

describe('R1.3 changing and deleting a contact record', () => {
  test('its author changes it; a second editor is shown both versions', async () => {
    const author = await product.signIn({ role: 'agent' });
    const { id: customerId } = await createCustomer(product.deps);
    const id = await createContactRecord(product.deps, { customerId, staffId: author.user.id });
    const form = { ...contact, happenedOn: '2026-03-01', happenedTime: '10:00', version: '1' };
    const saved = await author.post(`/contact-records/${id}`, { ...form, outcome: 'not_reached' });
    expect(saved.headers['location']).toBe(`/contact-records/${id}`);
    const [change] = await lastRequestOf(product, author.user.id);
    expect(change).toMatchObject({
      action: 'contact-records.changed',
      before: { outcome: 'reached' },
      after: { outcome: 'not_reached' },
    });
    const second = await manager.post(`/contact-records/${id}`, { ...form, summary: 'typed second' });
    expect(second.status).toBe(409);
    expect(second.text).toContain('typed second');
    expect(second.text).toContain('name="version" value="2"');
    expect((await author.post(`/contact-records/${id}`, { ...form, channel: '' })).status).toBe(422);
  });

  test('deleted, it goes from the timeline; undone, it is back with the follow-ups that it finished', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const followUpId = await createFollowUp(product.deps, {
      customerId,
      ownerId: manager.user.id,
      dueOn: today,
    });
    const id = newId();
    await manager.post(`/customers/${customerId}/contact-records`, { ...contact, id, finish: followUpId });
    const before = [await rowsOf('contact_records', customerId), await rowsOf('follow_ups', customerId)];
    expect((await manager.get(`/contact-records/${id}/deletion`)).text).toContain('stays done');
    const deletion = await manager.post(`/contact-records/${id}/deletion`, { version: '1' });
    expect(deletion.headers['location']).toBe(`/customers/${customerId}`);
    const actions = (await lastRequestOf(product, manager.user.id)).map(({ action }) => action);
    expect(actions).toEqual(['contact-records.deleted', 'contact-records.deleted']);
    expect(await rowsOf('contact_records', customerId)).toHaveLength(0);
    expect((await activityOf(customerId))?.last_contact_at).toBeNull();
    const page = await manager.page(`/customers/${customerId}`);
    const undo = page('form[action^="/recent-actions/"]').attr('action') ?? '';
    expect((await manager.get(`/contact-records/${id}`)).status).toBe(404);
    expect((await manager.post(undo)).status).toBe(303);
    expect([await rowsOf('contact_records', customerId), await rowsOf('follow_ups', customerId)]).toEqual(
      before,
    );
  });

  test('a deletion over an old version changes nothing', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const id = await createContactRecord(product.deps, { customerId });
    expect((await manager.post(`/contact-records/${id}/deletion`, { version: '7' })).status).toBe(409);
    expect(await rowsOf('contact_records', customerId)).toHaveLength(1);
  });
});

describe('R1.15 whose contact records', () => {
  test('pages: ok, 404 out of scope, 403 for those who may only read', async () => {
    const teamId = await createTeam(product.deps);
    const { id: customerId } = await createCustomer(product.deps, { teamId });
    const id = await createContactRecord(product.deps, { customerId });
    const stranger = await product.signIn({ role: 'account' });
    const auditor = await product.signIn({ role: 'auditor' });
    const form = `/customers/${customerId}/contact-records/new`;
    for (const path of [
      form,
      `/contact-records/${id}`,
      `/contact-records/${id}/edit`,
      `/contact-records/${id}/deletion`,
    ]) {
      expect((await manager.get(path)).status, path).toBe(200);
      expect((await stranger.get(path)).status, path).toBe(404);
      expect((await auditor.get(path)).status, path).toBe(path === `/contact-records/${id}` ? 200 : 403);
    }
    expect((await manager.get('/contact-records/not-an-id')).status).toBe(404);
    expect((await manager.get(`/contact-records/${newId()}`)).status).toBe(404);
    expect((await manager.get(`${form}?x=1`)).status).toBe(422);
    const send = { ...contact, id: newId() };
    expect((await stranger.post(`/customers/${customerId}/contact-records`, send)).status).toBe(404);
    expect((await auditor.post(`/customers/${customerId}/contact-records`, send)).status).toBe(403);
    expect((await stranger.post(`/contact-records/${id}/deletion`, { version: '1' })).status).toBe(404);
  });

  test('with the permission for one’s own, a colleague’s record is read only', async () => {
    const agent = await product.signIn({ role: 'agent' });
    const { id: customerId } = await createCustomer(product.deps);
    const colleague = await createUser(product.deps, { role: 'agent' });
    const id = await createContactRecord(product.deps, { customerId, staffId: colleague.id });
    const page = await agent.page(`/contact-records/${id}`);
    expect(page('.page-actions').length).toBe(0);
    for (const path of [`/contact-records/${id}/edit`, `/contact-records/${id}/deletion`]) {
      expect((await agent.get(path)).status, path).toBe(403);
    }
    expect((await agent.post(`/contact-records/${id}`, { ...contact, version: '1' })).status).toBe(403);
    expect((await agent.post(`/contact-records/${id}/deletion`, { version: '1' })).status).toBe(403);
    expect(await rowsOf('contact_records', customerId)).toHaveLength(1);
  });

  test('of a customer in the recycle bin there is none to see', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const id = await createContactRecord(product.deps, { customerId });
    await manager.post(`/customers/${customerId}/deletion`, { version: '1' });
    expect((await manager.get(`/contact-records/${id}`)).status).toBe(404);
    expect((await manager.post(`/contact-records/${id}/deletion`, { version: '1' })).status).toBe(404);
  });
});

test('R1.3 the timeline tells everything in its order, over pages; the record takes at most 12 statements', async () => {
  const { id: customerId } = await createCustomer(product.deps);
  for (let index = 0; index < 35; index += 1) {
    await createContactRecord(product.deps, {
      customerId,
      summary: `Talk ${index}.`,
      happenedAt: new Date(Date.UTC(2026, 0, 1 + index)),
    });
  }
  const statements = vi.spyOn(pg.Client.prototype, 'query');
  const first = await manager.page(`/customers/${customerId}`);
  expect(statements.mock.calls.length).toBeGreaterThan(3);
  expect(statements.mock.calls.length).toBeLessThanOrEqual(12);
  statements.mockRestore();
  const titles = (page: typeof first): string[] =>
    page('.timeline-text')
      .toArray()
      .flatMap((item) => /Talk \d+\./.exec(page(item).text()) ?? []);
  const second = await manager.page(first('.record-timeline a.btn-sm').attr('href') ?? '');
  expect([...titles(first), ...titles(second)]).toEqual(
    Array.from({ length: 35 }, (_, index) => `Talk ${34 - index}.`),
  );
});
