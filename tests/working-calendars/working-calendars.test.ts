import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { knownChineseYears } from '../../src/core/working-time/chinese-calendar.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { completeInstallation } from '../../src/modules/admin/installation.js';
import {
  createCountedRequest,
  createLifecycle,
  recompute,
  storedDeadlines,
} from '../deadlines/counted-request.js';
import type { TestClient } from '../support/client.js';
import { createDeadlinePolicy } from '../support/factories/deadline-policy.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createWorkingCalendar } from '../support/factories/working-calendar.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const path = '/admin/working-calendars';
const unknownId = '00000000-0000-7000-8000-000000000000';
const at = (text: string): string => `2026-${text.replace(' ', 'T')}:00+08:00`;

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  product.setNow(new Date(at('09-21 12:00')));
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());
beforeEach(() =>
  unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.removed', async (tx) => {
    await tx.requestStateChange.deleteMany();
    await tx.serviceRequest.deleteMany();
    await tx.deadlinePolicy.deleteMany();
    await tx.workingCalendar.deleteMany({ where: { shippedKey: null } });
  }),
);

const form = (fields: Readonly<Record<string, string>>): Record<string, string> => ({
  ...{ name: 'Branch', timeZone: 'Asia/Shanghai', monday: '09:00-12:00, 13:00-18:00', tuesday: '9:00-18:00' },
  ...{ wednesday: '9:00-18:00', thursday: '9:00-18:00', friday: '9:00-18:00', saturday: '', sunday: '' },
  ...fields,
});
const Calendar = z.object({ name: z.string(), version: z.number(), is_default: z.boolean() });
const calendars = () =>
  product.query(Calendar, 'SELECT name, version, is_default FROM working_calendars ORDER BY name');
const Day = z.object({ day: z.string(), name: z.string(), windows: z.unknown(), origin: z.string() });
const daysOf = (id: string) =>
  product.query(
    Day,
    `SELECT day::text, name->>'en' AS name, windows, origin FROM working_calendar_exceptions WHERE calendar_id = $1 ORDER BY day`,
    [id],
  );
const pathOfDay = async (calendarId: string, day: string): Promise<string> => {
  const [row] = await product.query(
    z.object({ id: z.string() }),
    'SELECT id::text FROM working_calendar_exceptions WHERE calendar_id = $1 AND day = $2',
    [calendarId, day],
  );
  return `/admin/working-calendar-days/${row?.id}`;
};
const actionsOn = async (id: string) =>
  (
    await product.query(
      z.object({ action: z.string() }),
      `SELECT DISTINCT action FROM audit_log WHERE (record_id = $1 OR after->>'calendar_id' = $1)
         AND action NOT LIKE 'factory.%' ORDER BY action`,
      [id],
    )
  ).map(({ action }) => action);
const consequences = (html: string): string[] => {
  const page = load(html);
  return page('.edit-form li')
    .get()
    .map((item) => page(item).text());
};

/** A calendar with an open request of Friday 25 September, five in the afternoon, that is due two hours later. */
async function withRequest() {
  const calendarId = await createWorkingCalendar(product.deps);
  const lifecycle = await createLifecycle(product);
  await createDeadlinePolicy(product.deps, {
    ...{ calendarId, typeId: lifecycle.typeId, firstResponseMinutes: null, updateMinutes: null },
    resolutionMinutes: 120,
  });
  const requestId = await createCountedRequest(product, lifecycle, { received: at('09-25 17:00') });
  await recompute(product, [requestId], at('09-25 17:00'));
  const due = async () => {
    await product.runTasks();
    return (await storedDeadlines(product, requestId)).resolution_due_at;
  };
  expect(await due()).toEqual(new Date(at('09-28 10:00')));
  return { calendarId, due };
}

describe('R2.4 working calendars', () => {
  test('R2.4 a calendar is made once, however often its form is sent, and can become the default', async () => {
    const fields = form({ id: newId(), isDefault: 'on' });
    for (let time = 0; time < 2; time += 1) expect((await manager.post(path, fields)).status).toBe(303);
    expect((await calendars()).filter((calendar) => calendar.is_default)).toEqual([
      { name: 'Branch', version: 1, is_default: true },
    ]);
    const list = await manager.page(path);
    expect(list('main').text()).toContain('Tue–Fri 09:00-18:00');
    expect(await actionsOn(fields.id ?? '')).toEqual(['working-calendars.created']);
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', async (tx) => {
      await tx.workingCalendar.updateMany({ where: { name: 'Branch' }, data: { isDefault: false } });
      await tx.workingCalendar.updateMany({ where: { shippedKey: 'china' }, data: { isDefault: true } });
    });
  });

  test('R2.4 a refused calendar is shown again with what was typed; one without hours is refused', async () => {
    const closed = { monday: '', tuesday: '', wednesday: '', thursday: '', friday: '' };
    const refusals = [
      { fields: closed, text: 'Enter hours for at least one day' },
      { fields: { tuesday: '9 to 5' }, text: 'Enter hours as' },
      { fields: { tuesday: '18:00-09:00' }, text: 'Hours must end after they begin' },
      { fields: { tuesday: '9:00-12:00, 11:00-13:00' }, text: 'without overlaps' },
      { fields: { timeZone: 'Middle/Earth' }, text: 'not a time zone' },
      { fields: { name: 'China, Monday to Saturday' }, text: 'Name' },
    ];
    for (const { fields, text } of refusals) {
      const refused = await manager.post(path, form({ id: newId(), wednesday: '10:00-11:11', ...fields }));
      expect(refused.status).toBe(422);
      expect(load(refused.text)('main').text()).toContain(text);
    }
    expect(await calendars()).toHaveLength(1);
  });

  test('R2.4 changed hours are previewed, saved, logged and counted by', async () => {
    const { calendarId, due } = await withRequest();
    const fields = form({ version: '1', monday: '14:00-18:00' });
    const preview = await manager.post(`${path}/${calendarId}`, fields);
    expect(consequences(preview.text)).toContain('1 deadline moves later.');
    expect(await due()).toEqual(new Date(at('09-28 10:00')));
    expect((await manager.post(`${path}/${calendarId}`, { ...fields, isPreviewed: 'on' })).status).toBe(303);
    expect(await due()).toEqual(new Date(at('09-28 15:00')));
    expect(await actionsOn(calendarId)).toEqual(['working-calendars.changed']);
    const conflict = await manager.post(`${path}/${calendarId}`, { ...fields, isPreviewed: 'on' });
    expect(conflict.status).toBe(409);
  });

  test('R2.4 a holiday and a make-up Saturday are added, changed and removed', async () => {
    const { calendarId, due } = await withRequest();
    const own = `${path}/${calendarId}`;
    const holiday = { day: '2026-09-28', name: 'Inventory', hours: '' };
    expect(consequences((await manager.post(`${own}/days`, holiday)).text)).toContain(
      '1 deadline moves later.',
    );
    expect(await daysOf(calendarId)).toEqual([]);
    await manager.post(`${own}/days`, { ...holiday, isPreviewed: 'on' });
    expect(await due()).toEqual(new Date(at('09-29 10:00')));
    const saturday = { day: '2026-09-26', name: 'Make-up', hours: '13:00-18:00', isPreviewed: 'on' };
    await manager.post(`${own}/days`, saturday);
    expect(await due()).toEqual(new Date(at('09-26 14:00')));
    expect(await daysOf(calendarId)).toEqual([
      { day: '2026-09-26', name: 'Make-up', windows: [{ fromMinute: 780, toMinute: 1_080 }], origin: 'own' },
      { day: '2026-09-28', name: 'Inventory', windows: [], origin: 'own' },
    ]);
    expect((await manager.page(`${own}?year=2026`))('main').text()).toContain('Inventory');
    const dayPath = await pathOfDay(calendarId, '2026-09-26');
    const edit = await manager.page(`${dayPath}/edit`);
    expect(edit('input[name=hours]').val()).toBe('13:00-18:00');
    const removal = `${dayPath}/removal`;
    expect(consequences((await manager.get(removal)).text)).toContain('1 deadline moves later.');
    expect((await manager.post(removal, { isPreviewed: 'on' })).status).toBe(303);
    expect((await manager.post(removal, { isPreviewed: 'on' })).status).toBe(404);
    expect(await due()).toEqual(new Date(at('09-29 10:00')));
    expect(await actionsOn(calendarId)).toContain('working-calendars.day-removed');
    const refused = await manager.post(`${own}/days`, { day: 'x', name: '', hours: '9' });
    expect(refused.status).toBe(422);
  });

  test("R2.4 China's official calendar is taken over for a year; own days stay", async () => {
    const { calendarId } = await withRequest();
    const own = `${path}/${calendarId}`;
    await manager.post(`${own}/days`, {
      day: '2026-10-01',
      name: 'We work',
      hours: '9:00-10:00',
      isPreviewed: 'on',
    });
    expect((await manager.post(`${own}/chinese-holidays`, { year: '2026' })).text).toContain('Take over');
    await manager.post(`${own}/chinese-holidays`, { year: '2026', isPreviewed: 'on' });
    const days = await daysOf(calendarId);
    expect(days.find(({ day }) => day === '2026-10-01')).toMatchObject({ name: 'We work', origin: 'own' });
    expect(days.find(({ day }) => day === '2026-10-02')).toMatchObject({
      name: 'National Day',
      origin: 'shipped',
    });
    expect(days.find(({ day }) => day === '2026-10-10')?.windows).toEqual([
      { fromMinute: 540, toMinute: 1_080 },
    ]);
    await manager.post(`${own}/chinese-holidays`, { year: '2026', isPreviewed: 'on' });
    expect(await daysOf(calendarId)).toEqual(days);
    expect((await manager.page(own))('.flash, [role=status], main').text()).toContain(
      '0 days added, 0 changed',
    );
    const unknown = await manager.post(`${own}/chinese-holidays`, {
      year: String(knownChineseYears.last + 1),
    });
    expect(unknown.status).toBe(422);
  });

  test('R2.4 holidays come from a calendar file; own days stay, and what cannot be read is told', async () => {
    const { calendarId } = await withRequest();
    const own = `${path}/${calendarId}`;
    await manager.post(`${own}/days`, { day: '2026-12-25', name: 'Ours', hours: '', isPreviewed: 'on' });
    const events = ['20261225', '20261226'].map(
      (day) =>
        `BEGIN:VEVENT\r\nUID:${day}\r\nDTSTART;VALUE=DATE:${day}\r\nSUMMARY:Christmas\r\nEND:VEVENT\r\n`,
    );
    const file = (text: string) => ({ name: 'holidays.ics', content: Buffer.from(text) });
    const ics = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n${events.join('')}END:VCALENDAR\r\n`;
    const imported = await manager.upload(`${own}/import`, { year: '2026' }, { field: 'file', ...file(ics) });
    expect(imported.status).toBe(303);
    expect(await daysOf(calendarId)).toMatchObject([
      { day: '2026-12-25', name: 'Ours', origin: 'own' },
      { day: '2026-12-26', name: 'Christmas', origin: 'imported' },
    ]);
    expect((await manager.page(own))('body').text()).toContain('1 days added, 0 changed, 1 left');
    const refused = await manager.upload(`${own}/import`, { year: '2026' }, { field: 'file', ...file('no') });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('not a calendar file');
  });

  test('R2.4 a calendar that nothing counts by is deleted, and comes back by undo with its days', async () => {
    const { calendarId } = await withRequest();
    expect((await manager.get(`${path}/${calendarId}/deletion`)).status).toBe(409);
    const unused = await createWorkingCalendar(product.deps, {
      exceptions: { '2026-10-01': { windows: [], name: { en: 'Holiday', 'zh-CN': '假日' } } },
    });
    expect((await manager.get(`${path}/${unused}/deletion`)).status).toBe(200);
    await manager.post(`${path}/${unused}/deletion`, { version: '1' });
    expect(await daysOf(unused)).toEqual([]);
    const undo = (await manager.page(path))('form[action*="/undo"]').attr('action') ?? '';
    await manager.post(undo);
    await product.runTasks();
    expect(await daysOf(unused)).toHaveLength(1);
  });

  test('R2.4 who may not manage the settings sees none of it; unknown ids and years are refused', async () => {
    const agent = await product.signIn({ role: 'agent' });
    const id = await createWorkingCalendar(product.deps);
    const pages = ['', '/edit', '/days/new', '/chinese-holidays', '/import', '/deletion'];
    expect((await agent.get(path)).status).toBe(403);
    for (const page of pages) {
      expect((await agent.get(`${path}/${id}${page}`)).status).toBe(403);
      expect((await manager.get(`${path}/${id}${page}`)).status).toBe(200);
      expect((await manager.get(`${path}/${unknownId}${page}`)).status).toBe(404);
    }
    expect((await manager.get(`${path}/new`)).status).toBe(200);
    expect((await manager.get(`${path}/${id}?year=abc`)).status).toBe(422);
    for (const day of [unknownId, 'no-id'])
      for (const page of ['edit', 'removal'])
        expect((await manager.get(`/admin/working-calendar-days/${day}/${page}`)).status).toBe(404);
  });

  test('R2.4 an installation starts with a calendar and three policies, once', async () => {
    const [shipped] = await calendars();
    expect(shipped).toMatchObject({ name: 'China, Monday to Saturday', is_default: true });
    const chinese = await product.signIn({ role: 'manager', locale: 'zh-CN' });
    expect((await chinese.page(path))('main').text()).toContain('中国，周一至周六');
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.removed', (tx) =>
      tx.workingCalendar.deleteMany(),
    );
    await completeInstallation(product.deps);
    expect(await calendars()).toEqual([]);
  });
});
