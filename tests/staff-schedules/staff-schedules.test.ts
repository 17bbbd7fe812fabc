import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createSkill } from '../support/factories/skill.js';
import { createAbsence, createStaffSchedule } from '../support/factories/staff-schedule.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
  product.setNow(new Date('2026-11-30T10:00:00+08:00'));
});
afterAll(() => product.close());

const base = '/admin/staff-schedules';
const createAgent = async (name: string) => (await createUser(product.deps, { role: 'agent', name })).id;

const schedule = {
  version: '0',
  ...{ monday: '9-12, 13:00–18:00', tuesday: '09:00-12:00', wednesday: '', thursday: '', friday: '' },
  ...{ saturday: '', sunday: '22:00-24:00', takesAutomatic: 'on', maximumOpen: '4', weight: '50' },
};

const shiftsOf = (userId: string) =>
  product.query(
    z.object({ weekday: z.number(), from_minute: z.number(), to_minute: z.number() }),
    `SELECT weekday, from_minute, to_minute FROM staff_shifts WHERE user_id = $1 ORDER BY 1, 2`,
    [userId],
  );

const undoLatest = async () => {
  const page = await manager.page('/recent-actions');
  return manager.post(page('form[action$="/undo"]').first().attr('action') ?? '');
};

describe('R2.2 the week of the staff', () => {
  test('shows hours, load, skills, and who is absent or has no hours', async () => {
    const worker = await createAgent('Able Worker');
    const shifts = [{ weekday: 1, fromMinute: 540, toMinute: 720 }];
    await createStaffSchedule(product.deps, { userId: worker, shifts, maximumOpen: 3 });
    await createSkill(product.deps, { name: 'Juggling', staffIds: [worker] });
    const absent = await createAgent('Absent Worker');
    await createStaffSchedule(product.deps, { userId: absent });
    await createAbsence(product.deps, { userId: absent, fromDay: '2026-11-29', toDay: '2026-12-04' });
    const idle = await createAgent('Idle Worker');
    await createStaffSchedule(product.deps, { userId: idle, shifts: [] });
    await createAgent('New Worker');
    const page = await manager.page(`${base}?q=worker`);
    const rows = page('tbody tr')
      .toArray()
      .map((row) => page(row).text().replace(/\s+/g, ' ').trim());
    expect(rows[0]).toContain('Able Worker At work 0 of 3 9–12');
    expect(rows[0]).toContain('Juggling');
    expect(rows[1]).toContain('Absent until Dec 4, 2026');
    expect(rows[2]).toContain('No hours');
    expect(rows[3]).toContain('Not set up');
    expect((await manager.page(`${base}/${idle}`))('.notice').text()).toContain('Without hours nothing');
  });

  test('leaves out who cannot work requests, and is not for those without the permission', async () => {
    await createUser(product.deps, { role: 'auditor', name: 'Only Reader' });
    expect((await manager.page(`${base}?q=only`))('tbody tr')).toHaveLength(0);
    const agent = await product.signIn({ role: 'agent' });
    expect((await agent.get(base)).status).toBe(403);
    expect((await agent.post(`${base}/${agent.user.id}`, schedule)).status).toBe(403);
    for (const path of ['', '/edit', '/hours-copy', '/absences/new'])
      expect((await manager.get(`${base}/${newId()}${path}`)).status).toBe(404);
    expect((await manager.get(`${base}?sort=load`)).status).toBe(422);
  });
});

describe('R2.2 the schedule of somebody', () => {
  test('is saved with hours, capacity and skills, wakes the queue, and is audited', async () => {
    const userId = await createAgent('Saved');
    const skillId = await createSkill(product.deps, { name: 'Singing' });
    product.woken.length = 0;
    const path = `${base}/${userId}`;
    await manager.page(`${path}/edit`);
    expect((await manager.post(path, { ...schedule, skillIds: [skillId] })).headers['location']).toBe(path);
    expect(await shiftsOf(userId)).toEqual([
      { weekday: 1, from_minute: 540, to_minute: 720 },
      { weekday: 1, from_minute: 780, to_minute: 1_080 },
      { weekday: 2, from_minute: 540, to_minute: 720 },
      { weekday: 7, from_minute: 1_320, to_minute: 1_440 },
    ]);
    expect(product.woken).toEqual([{ name: 'assignment', payload: {} }]);
    const page = await manager.page(path);
    expect(page('main').text()).toContain('09:00-12:00, 13:00-18:00');
    expect(page('main').text()).toContain('Singing');
    const audit = await product.query(
      z.object({ table_name: z.string(), count: z.number() }),
      `SELECT table_name, count(*)::integer FROM audit_log WHERE action = 'staff-schedules.changed' GROUP BY 1 ORDER BY 1`,
    );
    expect(audit).toEqual([
      { table_name: 'staff_capacities', count: 1 },
      { table_name: 'staff_shifts', count: 4 },
      { table_name: 'staff_skills', count: 1 },
    ]);
    const log = await manager.page('/admin/audit-log?table=staff_skills');
    expect(log('tbody').text()).toContain('gave Saved the skill Singing');

    const again = { ...schedule, version: '1', monday: '' };
    expect((await manager.post(path, again)).status).toBe(303);
    expect((await shiftsOf(userId)).map(({ weekday }) => weekday)).toEqual([2, 7]);
    const late = await manager.post(path, { ...schedule, version: '1' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('9-12, 13:00–18:00');
    expect((await manager.post(path, schedule)).status).toBe(409);
  });

  test('is shown again with what was typed when hours cannot be read, overlap or end early', async () => {
    const userId = await createAgent('Refused');
    for (const [hours, sentence] of [
      ['nine to five', 'Enter hours as'],
      ['09:00-12:00, 11:00-13:00', 'one after the other'],
      ['18:00-09:00', 'Hours must end after they begin'],
      ['9-25', 'Enter hours as'],
    ] as const) {
      const refused = await manager.post(`${base}/${userId}`, { ...schedule, friday: hours, weight: '50' });
      expect(refused.status, hours).toBe(422);
      const page = load(refused.text);
      expect(page('#field-friday').attr('value')).toBe(hours);
      expect(page('#field-friday-error').text()).toContain(sentence);
      expect(page('#field-weight').attr('value')).toBe('50');
    }
    const refused = await manager.post(`${base}/${userId}`, { ...schedule, maximumOpen: '1001' });
    expect(refused.status).toBe(422);
    const unknown = await manager.post(`${base}/${userId}`, { ...schedule, skillIds: newId() });
    expect(unknown.status).toBe(422);
    expect(await shiftsOf(userId)).toEqual([]);
  });

  test('takes over the hours of a colleague, and undo brings the former back', async () => {
    const [from, to] = [await createAgent('From'), await createAgent('To')];
    const early = [{ weekday: 1, fromMinute: 360, toMinute: 840 }];
    const late = [{ weekday: 2, fromMinute: 840, toMinute: 1_320 }];
    await createStaffSchedule(product.deps, { userId: from, shifts: early });
    await createStaffSchedule(product.deps, { userId: to, shifts: late });
    const path = `${base}/${to}/hours-copy`;
    expect((await manager.page(path))(`option[value="${from}"]`)).toHaveLength(1);
    expect((await manager.post(path, { fromId: from })).status).toBe(303);
    expect(await shiftsOf(to)).toEqual([{ weekday: 1, from_minute: 360, to_minute: 840 }]);
    await undoLatest();
    expect(await shiftsOf(to)).toEqual([{ weekday: 2, from_minute: 840, to_minute: 1_320 }]);
    for (const fromId of [to, newId(), 'nobody'])
      expect((await manager.post(path, { fromId })).status, fromId).toBe(422);
  });
});
