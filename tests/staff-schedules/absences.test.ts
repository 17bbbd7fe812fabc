import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createRequests, createStaff, storedRequest } from '../assignment/requests.js';
import type { TestClient } from '../support/client.js';
import { createAbsence } from '../support/factories/staff-schedule.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
  product.setNow(new Date('2026-11-30T10:00:00+08:00'));
});
afterAll(() => product.close());

const pathOf = (userId: string) => `/admin/staff-schedules/${userId}`;
const absence = (parts: Readonly<Record<string, string>> = {}) => ({
  id: newId(),
  fromDay: '2026-12-07',
  toDay: '2026-12-11',
  reason: 'holiday',
  ...parts,
});

const Stored = z.object({ from_day: z.string(), to_day: z.string(), reason: z.string() });
const absencesOf = (userId: string) =>
  product.query(
    Stored,
    `SELECT from_day::text, to_day::text, reason FROM staff_absences WHERE user_id = $1 ORDER BY from_day`,
    [userId],
  );

const undoLatest = async () => {
  const page = await manager.page('/recent-actions');
  return manager.post(page('form[action$="/undo"]').first().attr('action') ?? '');
};

describe('R2.2 absences', () => {
  test('one is noted once, changed, deleted, and comes back by undo', async () => {
    const userId = await createStaff(product);
    const path = pathOf(userId);
    const form = absence();
    await manager.page(`${path}/absences/new`);
    for (let time = 0; time < 2; time += 1)
      expect((await manager.post(`${path}/absences`, form)).headers['location']).toBe(path);
    expect(await absencesOf(userId)).toHaveLength(1);
    const own = `/admin/staff-absences/${form.id}`;
    const version = (await manager.page(own))('input[name="version"]').attr('value') ?? '';
    const { id: _id, ...fields } = absence({ toDay: '2026-12-08', reason: 'sick' });
    expect((await manager.post(own, { version, ...fields })).status).toBe(303);
    const late = await manager.post(own, { version, ...fields });
    expect(late.status).toBe(409);
    const changed = [{ from_day: '2026-12-07', to_day: '2026-12-08', reason: 'sick' }];
    expect(await absencesOf(userId)).toEqual(changed);
    const deletion = await manager.page(`${own}/deletion`);
    const current = deletion('input[name="version"]').attr('value') ?? '';
    expect((await manager.post(`${own}/deletion`, { version: current })).status).toBe(303);
    expect(await absencesOf(userId)).toEqual([]);
    await undoLatest();
    expect(await absencesOf(userId)).toEqual(changed);
    const audit = await product.query(
      z.object({ action: z.string() }),
      `SELECT action FROM audit_log WHERE table_name = 'staff_absences' AND record_id = $1 ORDER BY id`,
      [form.id],
    );
    expect(audit.map(({ action }) => action)).toEqual([
      'staff-absences.created',
      'staff-absences.changed',
      'staff-absences.deleted',
      'undo.applied',
    ]);
  });

  test('one that cannot be is refused beside its field', async () => {
    const userId = await createStaff(product);
    await createAbsence(product.deps, { userId, fromDay: '2026-12-11', toDay: '2026-12-12' });
    for (const [parts, field, sentence] of [
      [{ toDay: '2026-12-06' }, 'toDay', 'before the first'],
      [{ toDay: '2029-12-06' }, 'toDay', 'two years'],
      [{}, 'fromDay', 'absent on some of these days already'],
      [{ toDay: '2026-12-10', substituteId: userId }, 'substituteId', 'stand in for themselves'],
      [{ toDay: '2026-12-10', substituteId: newId() }, 'substituteId', ''],
      [{ reason: 'tired' }, 'reason', ''],
    ] as const) {
      const refused = await manager.post(`${pathOf(userId)}/absences`, absence(parts));
      expect(refused.status, field).toBe(422);
      const error = load(refused.text)(`#field-${field}-error`).text();
      expect(error.trim(), field).not.toBe('');
      expect(error).toContain(sentence);
    }
  });

  test('a substitute who is absent too is warned of', async () => {
    const [userId, substituteId] = [await createStaff(product), await createStaff(product, { name: 'Lin' })];
    await createAbsence(product.deps, { userId: substituteId, fromDay: '2026-12-11' });
    await manager.post(`${pathOf(userId)}/absences`, absence({ substituteId }));
    const page = await manager.page(pathOf(userId));
    expect(page('.flash, [role="status"]').text()).toContain('Lin, who stands in, is absent');
    expect(page('#absences').parent().text()).toContain('Lin, absent too');
  });

  test('are not for those without the permission, and unknown ones are not there', async () => {
    const userId = await createStaff(product);
    const id = await createAbsence(product.deps, { userId, fromDay: '2026-12-01' });
    for (const path of ['', '/deletion', '/requests'])
      expect((await manager.get(`/admin/staff-absences/${newId()}${path}`)).status).toBe(404);
    const agent = await product.signIn({ role: 'agent' });
    expect((await agent.post(`${pathOf(userId)}/absences`, absence())).status).toBe(403);
    expect((await agent.post(`/admin/staff-absences/${id}/requests`, { choice: 'queue' })).status).toBe(403);
  });
});

describe('R2.2 requests of somebody who is absent', () => {
  const absentWithRequests = async () => {
    const [userId, substituteId] = [
      await createStaff(product, { name: 'Chen' }),
      await createStaff(product, { name: 'Wu' }),
    ];
    const open = await createRequests(product, { count: 2, assigneeId: userId });
    const waiting = await createRequests(product, { assigneeId: userId, state: 'waiting' });
    const done = await createRequests(product, { assigneeId: userId, state: 'closed' });
    const form = absence({ fromDay: '2026-11-30', substituteId });
    const saved = await manager.post(`${pathOf(userId)}/absences`, form);
    const path = `/admin/staff-absences/${form.id}/requests`;
    expect(saved.headers['location']).toBe(path);
    return { userId, substituteId, path, unfinished: [...open, ...waiting], done };
  };
  const assigneesOf = async (ids: readonly string[]) =>
    (await Promise.all(ids.map((id) => storedRequest(product, id)))).map((row) => row.assignee_id);

  test('are counted before anything happens, and may stay', async () => {
    const { path, userId, unfinished } = await absentWithRequests();
    const page = await manager.page(path);
    expect(page('.subtitle').text()).toContain('Open requests: 2. Waiting for the customer: 1.');
    expect(page('option[value="substitute"]').text()).toContain('Wu, who has 0 of 10 open now');
    expect((await manager.post(path, { choice: 'leave' })).headers['location']).toBe(pathOf(userId));
    expect(await assigneesOf(unfinished)).toEqual([userId, userId, userId]);
    expect((await manager.post(path, { choice: 'burn' })).status).toBe(422);
  });

  test('go to the substitute, who is told once; undo takes it back', async () => {
    const { path, userId, substituteId, unfinished, done } = await absentWithRequests();
    expect((await manager.post(path, { choice: 'substitute' })).status).toBe(303);
    expect(await assigneesOf([...unfinished, ...done])).toEqual([
      ...unfinished.map(() => substituteId),
      userId,
    ]);
    expect((await storedRequest(product, unfinished[0] ?? '')).history).toEqual(['absence']);
    const told = await product.query(
      z.object({ kind: z.string(), count: z.number() }),
      `SELECT kind, (params->>'count')::integer AS count FROM notifications WHERE user_id = $1`,
      [substituteId],
    );
    expect(told).toEqual([{ kind: 'requestsPassedOn', count: 3 }]);
    await undoLatest();
    expect(await assigneesOf(unfinished)).toEqual([userId, userId, userId]);
    expect((await storedRequest(product, unfinished[0] ?? '')).history).toEqual([]);
  });

  test('or back into the queue, which is woken', async () => {
    const { path, unfinished } = await absentWithRequests();
    product.woken.length = 0;
    expect((await manager.post(path, { choice: 'queue' })).status).toBe(303);
    expect(await assigneesOf(unfinished)).toEqual([null, null, null]);
    expect(product.woken).toEqual([{ name: 'assignment', payload: {} }]);
  });

  test('cannot go to a substitute that there is not', async () => {
    const userId = await createStaff(product);
    const id = await createAbsence(product.deps, { userId, fromDay: '2026-11-30' });
    const path = `/admin/staff-absences/${id}/requests`;
    expect((await manager.page(path))('option[value="substitute"]')).toHaveLength(0);
    expect((await manager.post(path, { choice: 'substitute' })).status).toBe(422);
  });
});
