import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import {
  createCountedRequest,
  createLifecycle,
  recompute,
  storedDeadlines,
  type Lifecycle,
} from '../deadlines/counted-request.js';
import type { TestClient } from '../support/client.js';
import { createDeadlinePolicy } from '../support/factories/deadline-policy.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createUser } from '../support/factories/user.js';
import { createWorkingCalendar } from '../support/factories/working-calendar.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const path = '/admin/deadline-policies';
const unknownId = '00000000-0000-7000-8000-000000000000';
const at = (time: string): string => `2026-09-21T${time}:00+08:00`;

let product: TestProduct;
let manager: TestClient;
let calendarId: string;
let lifecycle: Lifecycle;
beforeAll(async () => {
  product = await startTestProduct();
  product.setNow(new Date(at('12:00')));
  manager = await product.signIn({ role: 'manager' });
  calendarId = await createWorkingCalendar(product.deps);
  lifecycle = await createLifecycle(product);
});
afterAll(() => product.close());
beforeEach(() =>
  unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.removed', async (tx) => {
    await tx.requestStateChange.deleteMany();
    await tx.serviceRequest.deleteMany();
    await tx.deadlinePolicy.deleteMany();
  }),
);

const policyForm = (
  fields: Readonly<Record<string, string | string[]>>,
): Record<string, string | string[]> => ({
  name: 'Repairs',
  ...{ typeId: lifecycle.typeId, priority: '', tierId: '', calendarId, position: '0', warning: '15 min' },
  ...{ firstResponse: '30 min', update: '', resolution: '4 h', ...fields },
});

const Policy = z.object({
  name: z.string(),
  first_response_minutes: z.number().nullable(),
  resolution_minutes: z.number().nullable(),
  version: z.number(),
  is_archived: z.boolean(),
});
const storedPolicies = () =>
  product.query(
    Policy,
    `SELECT name, first_response_minutes, resolution_minutes, version, archived_at IS NOT NULL AS is_archived
     FROM deadline_policies ORDER BY name`,
  );
const auditOf = (id: string) =>
  product.query(
    z.object({ action: z.string() }),
    `SELECT action FROM audit_log WHERE table_name = 'deadline_policies' AND record_id = $1
       AND action NOT LIKE 'factory.%' ORDER BY id`,
    [id],
  );
const consequences = (html: string): string[] => {
  const page = load(html);
  return page('.edit-form li')
    .get()
    .map((item) => page(item).text());
};

async function openRequest(): Promise<string> {
  const id = await createCountedRequest(product, lifecycle, { received: at('10:00') });
  await recompute(product, [id], at('10:00'));
  return id;
}

describe('R2.4 deadline policies', () => {
  test('R2.4 a new policy says first what it would change, writes nothing, and then counts open requests anew', async () => {
    const id = await openRequest();
    const form = policyForm({ id: newId() });
    const preview = await manager.post(path, form);
    expect(preview.status).toBe(200);
    const sentences = consequences(preview.text);
    expect(sentences.slice(0, 4)).toEqual([
      '1 open request is looked at.',
      '1 request gets another policy.',
      '2 deadlines are added.',
      '1 request becomes late at once.',
    ]);
    expect(sentences[4]).toContain('First response: new');
    expect(await storedPolicies()).toEqual([]);
    expect(await storedDeadlines(product, id)).toMatchObject({ policy_id: null });

    const fields = load(preview.text)('.edit-form input[type=hidden]')
      .get()
      .map(({ attribs }) => [attribs.name ?? '', attribs.value ?? ''] as const);
    for (let time = 0; time < 2; time += 1)
      expect((await manager.post(path, Object.fromEntries(fields))).headers.location).toBe(path);
    expect(await storedPolicies()).toMatchObject([{ first_response_minutes: 30, resolution_minutes: 240 }]);
    const { version } = await storedDeadlines(product, id);
    await product.runTasks();
    expect(await storedDeadlines(product, id)).toMatchObject({
      ...{ policy_id: form.id, version },
      first_response_due_at: new Date(at('10:30')),
    });
    expect(await auditOf(String(form.id))).toEqual([{ action: 'deadline-policies.created' }]);
    const list = await manager.page(path);
    expect(list('main').text()).toContain('Repairs');
    expect(list('main').text()).toContain('30 min');
  });

  test('R2.4 a refused policy is shown again with what was typed', async () => {
    const refusals = [
      { fields: { firstResponse: '', resolution: '' }, text: 'at least one deadline' },
      { fields: { resolution: '2 d' }, text: 'Enter hours and minutes' },
      { fields: { resolution: '2000 h' }, text: 'between 1 min and 1666 h' },
      { fields: { calendarId: unknownId }, text: 'Working calendar' },
      { fields: { escalationUserIds: [unknownId] }, text: 'Who is told' },
      { fields: { position: 'x' }, text: 'Position' },
    ];
    for (const { fields, text } of refusals) {
      const refused = await manager.post(path, policyForm({ id: newId(), name: 'Typed name', ...fields }));
      expect(refused.status).toBe(422);
      expect(load(refused.text)('main').text()).toContain(text);
      expect(refused.text).toContain('Typed name');
    }
    await createDeadlinePolicy(product.deps, { calendarId, name: 'Taken' });
    const taken = await manager.post(path, policyForm({ id: newId(), name: 'Taken', isPreviewed: 'on' }));
    expect(taken.status).toBe(422);
    expect(await storedPolicies()).toHaveLength(1);
  });

  test('R2.4 of many people those who are told are shown, the rest folded away, and all of them can be sent', async () => {
    const { deps } = product;
    const told = await createUser(deps, { name: 'Told already' });
    for (let count = 0; count < 16; count += 1) await createUser(deps);
    const id = await createDeadlinePolicy(deps, { calendarId, escalationUserIds: [told.id] });
    const page = await manager.page(`${path}/${id}/edit`);
    const boxes = page('#field-escalationUserIds input');
    expect(boxes.length).toBeGreaterThan(16);
    const shown = boxes.filter((_, box) => page(box).closest('details').length === 0);
    expect(shown.map((_, box) => page(box).attr('value')).get()).toEqual([told.id]);
    expect(page('#field-escalationUserIds :checked').length).toBe(1);
    expect(page('#field-escalationUserIds summary').text()).toBe(`Choose from ${boxes.length - 1}`);
  });

  test('R2.4 a target that the calendar cannot hold is refused', async () => {
    const scarce = await createWorkingCalendar(product.deps, {
      weekly: {
        ...{ monday: [{ fromMinute: 0, toMinute: 1 }], tuesday: [], wednesday: [], thursday: [] },
        ...{ friday: [], saturday: [], sunday: [] },
      },
    });
    const refused = await manager.post(
      path,
      policyForm({ id: newId(), calendarId: scarce, resolution: '1000 h' }),
    );
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('more than five years ahead');
  });

  test('R2.4 a change is previewed, saved and logged; an old form meets the conflict page', async () => {
    const { typeId } = lifecycle;
    const policyId = await createDeadlinePolicy(product.deps, { calendarId, typeId, updateMinutes: null });
    const id = await openRequest();
    const form = policyForm({ version: '1', firstResponse: '3 h', resolution: '4 h' });
    const preview = await manager.post(`${path}/${policyId}`, form);
    expect(consequences(preview.text)).toEqual(
      expect.arrayContaining(['1 deadline moves earlier.', '1 deadline moves later.']),
    );
    expect((await manager.post(`${path}/${policyId}`, { ...form, isPreviewed: 'on' })).status).toBe(303);
    await product.runTasks();
    expect(await storedDeadlines(product, id)).toMatchObject({
      ...{ first_response_due_at: new Date(at('13:00')), resolution_due_at: new Date(at('14:00')) },
    });
    expect(await auditOf(policyId)).toEqual([{ action: 'deadline-policies.changed' }]);
    const conflict = await manager.post(`${path}/${policyId}`, { ...form, isPreviewed: 'on' });
    expect(conflict.status).toBe(409);
    expect(conflict.text).toContain('Repairs');
  });

  test('R2.4 archived, its requests lose their deadlines; brought back, they have them again', async () => {
    const { typeId } = lifecycle;
    const policyId = await createDeadlinePolicy(product.deps, { calendarId, typeId, updateMinutes: null });
    const id = await openRequest();
    const preview = await manager.get(`${path}/${policyId}/archival`);
    expect(consequences(preview.text)).toContain('2 deadlines are removed.');
    expect(
      (await manager.post(`${path}/${policyId}/archival`, { version: '1', isPreviewed: 'on' })).status,
    ).toBe(303);
    await product.runTasks();
    expect(await storedDeadlines(product, id)).toMatchObject({ policy_id: null, next_due_at: null });
    expect(
      (await manager.post(`${path}/${policyId}/archival`, { version: '1', isPreviewed: 'on' })).status,
    ).toBe(409);
    expect(consequences((await manager.get(`${path}/${policyId}/archival`)).text)).toContain(
      '2 deadlines are added.',
    );
    await manager.post(`${path}/${policyId}/archival`, { version: '2', isPreviewed: 'on' });
    await product.runTasks();
    expect(await storedDeadlines(product, id)).toMatchObject({ policy_id: policyId });
    expect(await auditOf(policyId)).toEqual([
      { action: 'deadline-policies.archived' },
      { action: 'deadline-policies.unarchived' },
    ]);
  });

  test('R2.4 only an archived policy that no request was counted by is deleted, and comes back by undo', async () => {
    const inUse = await createDeadlinePolicy(product.deps, { calendarId });
    expect((await manager.get(`${path}/${inUse}/deletion`)).status).toBe(409);
    expect((await manager.post(`${path}/${inUse}/deletion`, { version: '1' })).status).toBe(409);
    const archived = await createDeadlinePolicy(product.deps, { calendarId, archivedAt: new Date() });
    expect((await manager.get(`${path}/${archived}/deletion`)).status).toBe(200);
    await manager.post(`${path}/${archived}/deletion`, { version: '1' });
    expect(await storedPolicies()).toHaveLength(1);
    const page = await manager.page(path);
    const undo = page('form[action*="/undo"]').attr('action') ?? '';
    expect(undo).not.toBe('');
    await manager.post(undo);
    await product.runTasks();
    expect(await storedPolicies()).toHaveLength(2);
  });

  test('R2.4 who may not manage the settings sees none of it; unknown ids are not found', async () => {
    const agent = await product.signIn({ role: 'agent' });
    const id = await createDeadlinePolicy(product.deps, { calendarId });
    for (const page of [path, `${path}/new`, `${path}/${id}/edit`, `${path}/${id}/archival`])
      expect((await agent.get(page)).status).toBe(403);
    expect((await agent.post(path, policyForm({ id: newId() }))).status).toBe(403);
    for (const page of ['edit', 'archival', 'deletion']) {
      expect((await manager.get(`${path}/${unknownId}/${page}`)).status).toBe(404);
      expect((await manager.get(`${path}/no-id/${page}`)).status).toBe(404);
    }
    expect((await manager.post(`${path}/${unknownId}`, policyForm({ version: '1' }))).status).toBe(404);
    expect((await manager.get(`${path}/new`)).status).toBe(200);
    expect((await manager.get(`${path}/${id}/edit`)).status).toBe(200);
    expect((await manager.get('/admin/deadline-recount')).status).toBe(200);
  });

  test('R2.4 more open requests than one step takes are all counted', async () => {
    const { typeId } = lifecycle;
    await createDeadlinePolicy(product.deps, { calendarId, typeId });
    const model = await openRequest();
    await product.query(
      z.object({}),
      `SELECT set_config('audit.actor_name', 'test', false), set_config('audit.action', 'test.created', false)`,
    );
    await product.query(
      z.object({}),
      `INSERT INTO service_requests (id, request_no, type_id, state_id, state_category, channel, subject, customer_id, received_at)
       SELECT gen_random_uuid(), 'N' || n, type_id, state_id, state_category, channel, subject, customer_id, received_at
       FROM service_requests, generate_series(1, 1100) AS n WHERE id = $1`,
      [model],
    );
    await manager.post(path, policyForm({ id: newId(), priority: '2', isPreviewed: 'on' }));
    await product.runTasks();
    expect(
      await product.query(
        z.object({ n: z.number() }),
        'SELECT count(*)::integer AS n FROM service_requests WHERE first_response_due_at = $1',
        [new Date(at('10:30'))],
      ),
    ).toEqual([{ n: 1_101 }]);
  });
});
