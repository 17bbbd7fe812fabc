import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dayOf } from '../../src/core/format.js';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import { lastRequestOf } from '../admin/audit-of.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createFollowUp } from '../support/factories/follow-up.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const today = dayOf(new Date());

let product: TestProduct;
let manager: TestClient;
let customerId: string;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
  customerId = (await createCustomer(product.deps, { name: '王小明' })).id;
});
afterAll(() => product.close());

const plan = (options: { dueOn?: string; action?: string; ownerId?: string; previousId?: string } = {}) =>
  createFollowUp(product.deps, { customerId, ownerId: manager.user.id, dueOn: today, ...options });

const rowOf = async (id: string) => {
  const [row] = await product.query(
    z.looseObject({}),
    'SELECT *, due_on::text AS due_on FROM follow_ups WHERE id = $1',
    [id],
  );
  if (!row) throw new Error('no such row');
  return row;
};

const lastAudit = async (client: TestClient) =>
  (await lastRequestOf(product, client.user.id)).map(({ action, table_name, operation }) =>
    [action, table_name, operation].join(' '),
  );

const completion = { version: '1', channel: 'phone', direction: 'out', outcome: '' };

describe('R1.4 done', () => {
  test('with an outcome it writes the contact record, and chains the next one', async () => {
    const id = await plan();
    const recordId = newId();
    const response = await manager.post(`/follow-ups/${id}/completion`, {
      ...completion,
      recordId,
      outcome: 'message_left',
      summary: 'On the machine',
      nextOn: addDays(today, 2),
      nextAction: 'Try again',
    });
    expect(response.headers['location']).toBe('/follow-ups');
    expect(await rowOf(id)).toMatchObject({
      state: 'done',
      contact_record_id: recordId,
      finished_by_id: manager.user.id,
      version: 2,
    });
    expect(await lastAudit(manager)).toEqual([
      'follow-ups.done contact_records insert',
      'follow-ups.done follow_ups update',
      'follow-ups.done follow_ups insert',
    ]);
    const [next] = await product.query(
      z.object({ id: z.string(), due_on: z.string() }),
      'SELECT id, due_on::text FROM follow_ups WHERE previous_id = $1',
      [id],
    );
    expect(next?.due_on).toBe(addDays(today, 2));
    for (const link of [id, next?.id ?? '']) {
      const chain = (await manager.page(`/follow-ups/${link}`))('.timeline-list').text();
      expect(chain).toContain('Try again');
      expect(chain).toContain('On the machine');
    }
  });

  test('without an outcome nothing but the follow-up changes; a second time is told that it is finished', async () => {
    const id = await plan();
    const form = { ...completion, recordId: newId() };
    expect((await manager.post(`/follow-ups/${id}/completion`, form)).status).toBe(303);
    expect(await lastAudit(manager)).toEqual(['follow-ups.done follow_ups update']);
    const second = await manager.post(`/follow-ups/${id}/completion`, form);
    expect(second.status).toBe(409);
    expect(second.text).toContain('finished already');
    const page = await manager.page(`/follow-ups/${id}`);
    expect(page('form[action$="/completion"]').length).toBe(0);
    expect((await manager.get(`/follow-ups/${id}/edit`)).status).toBe(409);
  });

  test('a refused form keeps what was typed and changes nothing', async () => {
    const id = await plan();
    const response = await manager.post(`/follow-ups/${id}/completion`, {
      ...completion,
      recordId: newId(),
      summary: 'typed before',
      nextAction: 'Half a plan',
    });
    expect(response.status).toBe(422);
    expect(response.text).toContain('Choose a day.');
    expect(response.text).toContain('typed before');
    expect(response.text).toContain('value="Half a plan"');
    expect(await rowOf(id)).toMatchObject({ state: 'open', version: 1 });
  });

  test('of 20 who finish it at once one does, the others are told', async () => {
    const id = await plan();
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const form = { ...completion, recordId: newId(), outcome: 'reached' };
        return (await manager.post(`/follow-ups/${id}/completion`, form)).status;
      }),
    );
    expect(statuses.filter((status) => status === 303)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(19);
  });
});

describe('R1.4 putting off, cancelling, changing', () => {
  test('a click puts off and counts, and comes back to the list it was clicked in', async () => {
    const id = await plan({ dueOn: addDays(today, -5) });
    const list = await manager.page('/follow-ups?due=overdue');
    const button = list(`button[formaction^="/follow-ups/${id}/"][value="3"]`);
    expect(button.attr('aria-label')).toBe('Put off +3 days: 王小明');
    const returnTo = list('#snooze input[name="returnTo"]').attr('value') ?? '';
    const response = await manager.post(button.attr('formaction') ?? '', { days: '3', returnTo });
    expect(response.headers['location']).toBe('/follow-ups?due=overdue');
    expect(await rowOf(id)).toMatchObject({ due_on: addDays(today, 3), snooze_count: 1, version: 2 });
    expect(await lastAudit(manager)).toEqual(['follow-ups.snoozed follow_ups update']);
    const stale = await manager.post(`/follow-ups/${id}/snooze?version=1`, { days: '1' });
    expect(stale.status).toBe(409);
    const until = addDays(today, 20);
    expect((await manager.post(`/follow-ups/${id}/snooze?version=2`, { until })).status).toBe(303);
    expect(await rowOf(id)).toMatchObject({ due_on: until, snooze_count: 2 });
    expect((await manager.page('/follow-ups?due=later'))('#list').text()).toContain('put off 2 times');
  });

  test('putting off refuses an earlier day, no day, and days that are no choice', async () => {
    const id = await plan({ dueOn: addDays(today, 5) });
    const send = (fields: Readonly<Record<string, string>>) =>
      manager.post(`/follow-ups/${id}/snooze?version=1`, fields);
    const earlier = await send({ until: addDays(today, 2) });
    expect(earlier.status).toBe(422);
    expect(earlier.text).toContain('Choose a day later');
    expect((await send({})).status).toBe(422);
    expect((await send({ days: '1000' })).status).toBe(422);
    expect((await manager.post(`/follow-ups/${id}/snooze`, { days: '1' })).status).toBe(422);
    expect(await rowOf(id)).toMatchObject({ snooze_count: 0, version: 1 });
  });

  test('cancelled with a reason, and taken back', async () => {
    const id = await plan();
    const before = await rowOf(id);
    expect((await manager.post(`/follow-ups/${id}/cancellation`, { version: '1', reason: ' ' })).status).toBe(
      422,
    );
    const form = { version: '1', reason: 'Moved away' };
    const response = await manager.post(`/follow-ups/${id}/cancellation`, form);
    expect(response.headers['location']).toBe('/follow-ups');
    expect(await rowOf(id)).toMatchObject({ state: 'cancelled', reason: 'Moved away' });
    expect(await lastAudit(manager)).toEqual(['follow-ups.cancelled follow_ups update']);
    const list = await manager.page('/follow-ups?state=cancelled');
    expect(list('#list tbody tr').length).toBe(1);
    expect((await manager.page(`/customers/${customerId}`))('.timeline-list').text()).toContain('Moved away');
    const undo = list('form[action^="/recent-actions/"]').attr('action') ?? '';
    expect((await manager.post(undo)).status).toBe(303);
    expect(await rowOf(id)).toEqual(before);
  });

  test('changed and given to somebody else, who is told; the second editor sees both versions', async () => {
    const id = await plan({ dueOn: addDays(today, -1) });
    const colleague = await product.signIn({ role: 'agent', name: 'Li Wei' });
    const form = { version: '1', action: 'Visit', dueOn: addDays(today, -1), dueTime: '9' };
    const response = await manager.post(`/follow-ups/${id}`, { ...form, ownerId: colleague.user.id });
    expect(response.headers['location']).toBe(`/follow-ups/${id}`);
    expect(await rowOf(id)).toMatchObject({
      action: 'Visit',
      due_minute: 540,
      owner_id: colleague.user.id,
    });
    expect(await lastAudit(manager)).toEqual(['follow-ups.changed follow_ups update']);
    const bell = await colleague.page('/notifications');
    expect(bell('main').text()).toContain('gave you a follow-up for 王小明');
    const second = await manager.post(`/follow-ups/${id}`, { ...form, action: 'Second' });
    expect(second.status).toBe(409);
    expect(second.text).toContain('value="Second"');
    expect((await manager.post(`/follow-ups/${id}`, { ...form, version: '2', action: '' })).status).toBe(422);
    const past = { ...form, version: '2', dueOn: addDays(today, -3) };
    expect((await manager.post(`/follow-ups/${id}`, past)).text).toContain('This day has passed');
  });

  test('planned by itself, once', async () => {
    const { id: fresh } = await createCustomer(product.deps);
    const form = { id: newId(), dueOn: today, action: 'Welcome call' };
    const responses = await Promise.all(
      [1, 2].map(() => manager.post(`/customers/${fresh}/follow-ups`, form)),
    );
    expect(responses.map(({ status }) => status)).toEqual([303, 303]);
    expect(await rowOf(form.id)).toMatchObject({ customer_id: fresh, owner_id: manager.user.id });
    expect(await lastAudit(manager)).toEqual(['follow-ups.planned follow_ups insert']);
    expect(
      (await manager.post(`/customers/${fresh}/follow-ups`, { ...form, dueOn: '2020-01-01' })).status,
    ).toBe(422);
  });
});

describe('R1.4 R1.15 whose follow-ups', () => {
  test('pages: ok, 422, 404 out of scope, 403 without the permission', async () => {
    const id = await plan();
    const stranger = await product.signIn({ role: 'account' });
    const auditor = await product.signIn({ role: 'auditor' });
    const posts = {
      completion: { ...completion, recordId: newId() },
      cancellation: { version: '1', reason: 'x' },
      'snooze?version=1': { days: '1' },
    };
    for (const path of [
      '/follow-ups',
      `/follow-ups/${id}`,
      `/follow-ups/${id}/edit`,
      `/customers/${customerId}/follow-ups/new`,
    ]) {
      expect((await manager.get(path)).status, path).toBe(200);
      expect((await stranger.get(path)).status, path).toBe(path === '/follow-ups' ? 200 : 404);
      expect((await auditor.get(path)).status, path).toBe(path === `/follow-ups/${id}` ? 200 : 403);
    }
    for (const [verb, fields] of Object.entries(posts)) {
      expect((await stranger.post(`/follow-ups/${id}/${verb}`, fields)).status, verb).toBe(404);
      expect((await auditor.post(`/follow-ups/${id}/${verb}`, fields)).status, verb).toBe(403);
    }
    expect((await manager.get('/follow-ups/not-an-id')).status).toBe(404);
    expect((await manager.get(`/follow-ups/${newId()}`)).status).toBe(404);
    for (const query of ['due=someday', 'owner=x', 'state=x', 'sort=name', 'after=x', 'x=1']) {
      expect((await manager.get(`/follow-ups?${query}`)).status, query).toBe(422);
    }
    expect(await rowOf(id)).toMatchObject({ state: 'open', version: 1 });
  });

  test('own: a colleague’s on a customer one sees is read only; team: those of the team’s customers; all: all', async () => {
    const teamId = await createTeam(product.deps);
    const colleague = await createUser(product.deps, { role: 'account', teamIds: [teamId] });
    const { id: teamCustomer } = await createCustomer(product.deps, { teamId, ownerId: colleague.id });
    const id = await createFollowUp(product.deps, {
      customerId: teamCustomer,
      ownerId: colleague.id,
      dueOn: today,
      action: 'Of the team',
    });
    const account = await product.signIn({ role: 'account', teamIds: [teamId] });
    const agent = await product.signIn({ role: 'agent', teamIds: [teamId] });
    const otherAgent = await product.signIn({ role: 'agent' });
    const fields = { version: '1', reason: 'Not mine to cancel' };
    for (const client of [account, otherAgent]) {
      expect((await client.page(`/follow-ups/${id}`))('form[action$="/completion"]').length).toBe(0);
      expect((await client.post(`/follow-ups/${id}/cancellation`, fields)).status).toBe(403);
      expect((await client.page('/follow-ups?owner=all'))('#list').text()).not.toContain('Of the team');
    }
    expect((await account.page('/follow-ups'))('select[name="owner"]').length).toBe(0);
    const teamList = await agent.page('/follow-ups?owner=all');
    expect(teamList('#list').text()).toContain('Of the team');
    expect(teamList(`select[name="owner"] option[value="${colleague.id}"]`).length).toBe(1);
    expect((await agent.page('/follow-ups'))('#list').text()).not.toContain('Of the team');
    expect((await manager.page(`/follow-ups?owner=${colleague.id}`))('#list tbody tr').length).toBe(1);
    expect((await agent.post(`/follow-ups/${id}/cancellation`, fields)).status).toBe(303);
  });

  test('nobody is given a follow-up of a customer whom they cannot see', async () => {
    const stranger = await createUser(product.deps, { role: 'account' });
    const form = { id: newId(), dueOn: today, action: 'Call', ownerId: stranger.id };
    const response = await manager.post(`/customers/${customerId}/follow-ups`, form);
    expect(response.status).toBe(422);
    expect(response.text).toContain('Choose somebody who can see this customer');
  });

  test('with the permission for one’s own nobody else can be given one', async () => {
    const account = await product.signIn({ role: 'account' });
    const { id: own } = await createCustomer(product.deps, { ownerId: account.user.id });
    const form = { id: newId(), dueOn: today, action: 'Call', ownerId: manager.user.id };
    expect((await account.post(`/customers/${own}/follow-ups`, form)).status).toBe(422);
    const mine = { ...form, ownerId: account.user.id };
    expect((await account.post(`/customers/${own}/follow-ups`, mine)).status).toBe(303);
  });

  test('of a customer in the recycle bin there is none, nor on the bell', async () => {
    const { id: gone } = await createCustomer(product.deps, { name: 'Gone' });
    const agent = await product.signIn({ role: 'agent' });
    const id = await createFollowUp(product.deps, { customerId: gone, ownerId: agent.user.id, dueOn: today });
    expect((await agent.page('/follow-ups'))('.frame-header .pill-red').text()).toBe('1');
    await manager.post(`/customers/${gone}/deletion`, { version: '1' });
    const list = await agent.page('/follow-ups');
    expect(list('#list tbody tr').length).toBe(0);
    expect(list('.frame-header .pill-red').length).toBe(0);
    expect((await agent.get(`/follow-ups/${id}`)).status).toBe(404);
  });
});
