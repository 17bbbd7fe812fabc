import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { cardsPerColumn } from '../../src/modules/service-requests/board.queries.js';
import type { TestClient } from '../support/client.js';
import {
  createRequest,
  stateIdOf,
  typeIdOf,
  type RequestOptions,
} from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
const states = { new: '', inProgress: '', waiting: '', closed: '', cancelled: '' };
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
  for (const key of ['new', 'inProgress', 'waiting', 'closed', 'cancelled'] as const) {
    states[key] = await stateIdOf(product.deps, key);
  }
});
afterAll(() => product.close());

type State = keyof typeof states;

const open = (options: RequestOptions = {}) =>
  createRequest(product.deps, { assigneeId: manager.user.id, ...options });

const step = (id: string, from: State, to: State, more: Readonly<Record<string, string>> = {}) =>
  manager.post(`/service-requests/${id}/transitions`, {
    fromStateId: states[from],
    stateId: states[to],
    ...more,
  });

const Stored = z.object({
  state_id: z.string(),
  state_category: z.string(),
  closed_at: z.date().nullable(),
  reopen_count: z.number(),
  resolution: z.string().nullable(),
  first_responded_at: z.date().nullable(),
  customer_waits_since: z.date().nullable(),
  history: z.array(z.string()),
});

const stored = async (id: string) =>
  (
    await product.query(
      Stored,
      `SELECT state_id::text, state_category, closed_at, reopen_count, resolution, first_responded_at, customer_waits_since,
              ARRAY(SELECT category FROM request_state_changes WHERE request_id = service_requests.id ORDER BY changed_at, id) AS history
       FROM service_requests WHERE id = $1::uuid`,
      [id],
    )
  )[0];

describe('R2.3 the lifecycle', () => {
  test('a request goes its way, is closed with what was done, and opened again with a reason', async () => {
    const { id } = await open();
    expect((await step(id, 'new', 'inProgress')).status).toBe(303);
    expect((await step(id, 'inProgress', 'closed')).status).toBe(422);
    expect((await step(id, 'inProgress', 'closed', { resolution: '已更换滤网' })).status).toBe(303);
    expect(await stored(id)).toMatchObject({
      state_category: 'done',
      resolution: '已更换滤网',
      reopen_count: 0,
    });
    expect((await step(id, 'closed', 'inProgress')).status).toBe(422);
    expect((await step(id, 'closed', 'inProgress', { reason: '又坏了' })).status).toBe(303);
    expect(await stored(id)).toMatchObject({
      state_category: 'open',
      closed_at: null,
      reopen_count: 1,
      history: ['open', 'open', 'done', 'open'],
    });
    const page = await manager.page(`/service-requests/${id}`);
    expect(page('.timeline-list').text()).toContain('又坏了');
  });

  test('a step that the lifecycle does not have, or from a state it has left, is refused: 409', async () => {
    const { id } = await open();
    expect((await step(id, 'new', 'new')).status).toBe(409);
    expect((await step(id, 'inProgress', 'waiting')).status).toBe(409);
    expect((await manager.get(`/service-requests/${id}/transition?stateId=${newId()}`)).status).toBe(409);
    expect((await manager.get(`/service-requests/${id}/transition?stateId=x`)).status).toBe(422);
    const auditor = await product.signIn({ role: 'auditor' });
    const sent = { fromStateId: states.new, stateId: states.inProgress };
    expect((await auditor.post(`/service-requests/${id}/transitions`, sent)).status).toBe(403);
  });

  test('nobody closes what nobody has', async () => {
    const { id } = await createRequest(product.deps);
    const refused = await step(id, 'new', 'closed', { resolution: 'Done' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('take it or assign it');
  });

  test('R2.6 a complaint is not closed without cause, responsibility and remedy', async () => {
    const { id } = await open({ type: 'complaint' });
    const refused = await step(id, 'new', 'closed', { resolution: 'Said sorry' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Choose the cause');
    const [cause] = await product.query(
      z.object({ id: z.string() }),
      'SELECT id::text FROM complaint_causes WHERE parent_id IS NOT NULL ORDER BY name LIMIT 1',
    );
    const details = { causeId: cause?.id ?? '', responsibility: 'staff', remedy: '退款' };
    expect((await step(id, 'new', 'closed', { resolution: 'Said sorry', ...details })).status).toBe(303);
    const [complaint] = await product.query(
      z.object({ remedy: z.string(), responsibility: z.string() }),
      'SELECT remedy, responsibility FROM complaints WHERE id = $1::uuid',
      [id],
    );
    expect(complaint).toEqual({ remedy: '退款', responsibility: 'staff' });
  });

  test('R2.6 cost and root cause of a complaint stand on a page of their own', async () => {
    const { id } = await open({ type: 'complaint' });
    const path = `/service-requests/${id}/complaint`;
    const page = await manager.page(path);
    const version = String(page('input[name="version"]').val());
    expect((await manager.post(path, { version, cost: '-1' })).status).toBe(422);
    expect((await manager.post(path, { version, cost: '128.5', rootCause: '预约系统重复' })).status).toBe(
      303,
    );
    expect((await manager.post(path, { version, cost: '1' })).status).toBe(409);
    const shown = await manager.page(`/service-requests/${id}`);
    expect(shown('body').text()).toContain('128.50');
    const { id: plain } = await open();
    expect((await manager.get(`/service-requests/${plain}/complaint`)).status).toBe(409);
    expect((await manager.get(`/service-requests/${newId()}/complaint`)).status).toBe(404);
  });
});

describe('R2.3 words', () => {
  const write = (id: string, kind: string, body: string, more: Readonly<Record<string, string>> = {}) =>
    manager.post(`/service-requests/${id}/entries`, { id: newId(), kind, body, channel: 'phone', ...more });

  test('the first answer is the first response; a note is none; a word of the customer waits until it is answered', async () => {
    const { id } = await open();
    await write(id, 'note', 'internal');
    expect((await stored(id))?.first_responded_at).toBeNull();
    await write(id, 'customerWord', '还没人来');
    expect((await stored(id))?.customer_waits_since).not.toBeNull();
    await write(id, 'reply', 'We come at three');
    const answered = await stored(id);
    expect(answered?.first_responded_at).not.toBeNull();
    expect(answered?.customer_waits_since).toBeNull();
    const audit = await product.query(
      z.object({ action: z.string() }),
      `SELECT action FROM audit_log WHERE table_name = 'request_entries' AND after->>'request_id' = $1 ORDER BY id`,
      [id],
    );
    expect(audit.map(({ action }) => action)).toEqual([
      'service-requests.noted',
      'service-requests.heard',
      'service-requests.answered',
    ]);
  });

  test('an answer can let the request wait, and the next word of the customer brings it back to work', async () => {
    const { id } = await open();
    await step(id, 'new', 'inProgress');
    await write(id, 'reply', 'Which colour?', { waits: 'on' });
    expect((await stored(id))?.state_category).toBe('waiting');
    await write(id, 'customerWord', 'Blue');
    expect(await stored(id)).toMatchObject({
      state_category: 'open',
      history: ['open', 'open', 'waiting', 'open'],
    });
  });

  test('sent twice it is written once; empty words are shown again: 422', async () => {
    const { id } = await open();
    const entry = { id: newId(), kind: 'reply', body: 'Once', channel: 'phone' };
    await manager.post(`/service-requests/${id}/entries`, entry);
    await manager.post(`/service-requests/${id}/entries`, entry);
    const [row] = await product.query(
      z.object({ count: z.number() }),
      'SELECT count(*)::integer AS count FROM request_entries WHERE request_id = $1::uuid',
      [id],
    );
    expect(row?.count).toBe(1);
    const refused = await write(id, 'reply', '  ');
    expect(refused.status).toBe(422);
    const account = await product.signIn({ role: 'account' });
    expect((await account.post(`/service-requests/${id}/entries`, { ...entry, id: newId() })).status).toBe(
      404,
    );
  });
});

describe('R2.2 who works it', () => {
  test('one takes what nobody has, gives it back, and whoever may assigns it to somebody', async () => {
    const agent = await product.signIn({ role: 'agent' });
    const { id } = await createRequest(product.deps);
    const path = `/service-requests/${id}`;
    expect((await agent.post(`${path}/taking`, {})).status).toBe(303);
    expect((await manager.post(`${path}/taking`, {})).status).toBe(409);
    expect((await agent.post(`${path}/assignment`, {})).status).toBe(303);
    expect((await manager.post(`${path}/assignment`, { assigneeId: agent.user.id })).status).toBe(303);
    expect((await manager.post(`${path}/assignment`, { assigneeId: newId() })).status).toBe(422);
    const [row] = await product.query(
      z.object({ ways: z.array(z.string()) }),
      `SELECT array_agg(way ORDER BY assigned_at, id) AS ways FROM request_assignments WHERE request_id = $1::uuid`,
      [id],
    );
    expect(row?.ways).toEqual(['taken', 'released', 'byHand']);
    const account = await product.signIn({ role: 'account' });
    expect((await account.post(`${path}/taking`, {})).status).toBe(404);
  });
});

describe('R2.3 the board', () => {
  test('each state has its column, the most urgent on top; a card goes on from there and back to the board', async () => {
    const { id } = await open({ subject: 'On the board' });
    const board = await manager.page('/service-requests/board?group=mine');
    const card = board(`a[href="/service-requests/${id}"]`).closest('li');
    expect(card.text()).toContain('On the board');
    const form = card.find('form').first();
    const sent = Object.fromEntries(
      form
        .find('input')
        .toArray()
        .map((input) => [String(input.attribs['name']), String(input.attribs['value'])]),
    );
    const moved = await manager.post(`/service-requests/${id}/transitions`, sent);
    expect(moved.status).toBe(303);
    expect(moved.headers.location).toBe('/service-requests/board?group=mine');
    expect((await stored(id))?.state_id).toBe(sent['stateId']);
    expect((await manager.get('/service-requests/board?group=nobody')).status).toBe(422);
    const auditor = await product.signIn({ role: 'auditor' });
    const read = await auditor.page('/service-requests/board');
    expect(read('.board form').length).toBe(0);
    const nobody = await product.signIn({ grants: {} });
    expect((await nobody.get('/service-requests/board')).status).toBe(403);
  });

  test('a column says how many it holds, and leads to the list of all of them by the same filters', async () => {
    for (let number = 0; number <= cardsPerColumn; number += 1) await open({ type: 'repair', priority: 4 });
    const type = await typeIdOf(product.deps, 'repair');
    const page = await manager.page(`/service-requests/board?type=${type}&priority=4`);
    const heading = page(`#column-${states.new}`);
    const column = heading.closest('section');
    expect(column.find('.board-card').length).toBe(cardsPerColumn);
    expect(heading.find('.text-secondary').text()).toBe(String(cardsPerColumn + 1));
    const href = column.find('> a').attr('href') ?? '';
    expect(href).toContain('priority=4');
    expect(column.find('input[name=returnTo]').first().attr('value')).toBe(
      `/service-requests/board?type=${type}&priority=4`,
    );
    expect((await manager.page(href))('#list a.row-link').length).toBe(cardsPerColumn + 1);
  });
});
