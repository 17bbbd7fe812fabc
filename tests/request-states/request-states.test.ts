import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actionsOn } from '../service-settings/actions-on.js';
import type { TestClient } from '../support/client.js';
import { createRequestState, createTransition } from '../support/factories/request-state.js';
import { createRequest, stateIdOf } from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const path = '/admin/request-states';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const stored = (id: string) => product.deps.database.models.requestState.findUnique({ where: { id } });
const step = (from: string, to: string) =>
  product.deps.database.models.requestTransition.findFirst({
    where: { fromStateId: from, toStateId: to },
    select: { permission: true, requiredFields: true },
  });

describe('R2.3 states of requests', () => {
  test('one is created, and joins the lifecycle step by step', async () => {
    const id = newId();
    const form = { id, name: 'At the supplier', category: 'waiting', color: 'red' };
    for (const attempt of [1, 2])
      expect((await manager.post(path, form)).headers['location'], `${attempt}`).toBe(path);
    expect(await stored(id)).toMatchObject({ category: 'waiting', color: 'red', isInitial: false });
    expect(await actionsOn(product, id)).toEqual(['request-states.created']);
    const sentence = 'No request can get from New to At the supplier';
    expect((await manager.page(path))('.notice').text()).toContain(sentence);
    const [inProgress, closed] = [
      await stateIdOf(product.deps, 'inProgress'),
      await stateIdOf(product.deps, 'closed'),
    ];

    const early = await saveSteps(inProgress, { [id]: 'service-requests:work' });
    expect(early.status).toBe(422);
    expect(early.text).toContain('A request in At the supplier could never be done');
    expect(load(early.text)(`select[name="permission_${id}"]`).val()).toBe('service-requests:work');
    expect(await step(inProgress, id)).toBeNull();

    const onwards = await saveSteps(
      id,
      { [closed]: 'service-requests:close', [inProgress]: 'service-requests:work' },
      { [closed]: ['resolution', 'reason'] },
    );
    expect(onwards.status).toBe(303);
    expect(await step(id, closed)).toEqual({
      permission: 'service-requests:close',
      requiredFields: ['reason', 'resolution'],
    });
    expect((await saveSteps(inProgress, { [id]: 'service-requests:work' })).status).toBe(303);
    const page = await manager.page(path);
    expect(page('.notice-warning').length).toBe(0);
    const cell = page(`a[href="${path}/${id}/steps"]`).closest('tr').find('td[data-label="Closed"]').text();
    expect(cell).toContain('Close');
    expect(cell).toContain('Asks for: Reason, Resolution');

    const cut = await saveSteps(inProgress, { [id]: '' });
    expect(cut.status).toBe(422);
    expect(cut.text).toContain(sentence);
    expect((await manager.post(`${path}/${id}/archival`)).status).toBe(303);
    expect((await manager.post(`${path}/${id}/archival/removal`)).status).toBe(303);
  });

  test('steps that somebody else changed meanwhile are not overwritten unseen', async () => {
    const [from, to] = [await stateIdOf(product.deps, 'new'), await stateIdOf(product.deps, 'closed')];
    const sent = await stepsOf(from);
    expect((await saveSteps(from, { [to]: 'service-requests:assign' })).status).toBe(303);
    const late = await manager.post(`${path}/${from}/steps`, { ...sent, [`required_${to}`]: 'reason' });
    expect(late.status).toBe(409);
    const page = load(late.text);
    expect(page('main').text()).toContain('Somebody else changed these steps');
    expect(page(`input[name="required_${to}"][value="reason"]`).attr('checked')).toBe('checked');
    expect(await step(from, to)).toMatchObject({ permission: 'service-requests:assign' });
    expect((await manager.post(`${path}/${from}/steps`, { ...sent, permission_x: '' })).status).toBe(422);
    const strange = { ...(await stepsOf(from)), [`permission_${newId()}`]: 'service-requests:work' };
    expect((await manager.post(`${path}/${from}/steps`, strange)).status).toBe(422);
    const bad = { ...(await stepsOf(from)), [`permission_${to}`]: 'customers:read' };
    expect((await manager.post(`${path}/${from}/steps`, bad)).status).toBe(422);
  });

  test('requests begin in exactly one, which is open and stays', async () => {
    const [first, inProgress, closed] = [
      await stateIdOf(product.deps, 'new'),
      await stateIdOf(product.deps, 'inProgress'),
      await stateIdOf(product.deps, 'closed'),
    ];
    const form = { name: 'Closed', color: 'green', isInitial: 'on', version: '1' };
    expect((await manager.post(`${path}/${closed}`, form)).status).toBe(422);
    const refused = await manager.post(`${path}/${inProgress}`, { ...form, name: 'In progress' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('No request can get from In progress to New');
    await createTransition(product.deps, { from: inProgress, to: first });
    expect((await manager.post(`${path}/${inProgress}`, { ...form, name: 'In progress' })).status).toBe(303);
    const initial = await product.deps.database.models.requestState.findMany({ where: { isInitial: true } });
    expect(initial.map(({ id }) => id)).toEqual([inProgress]);
    const archival = await manager.post(`${path}/${inProgress}/archival`);
    expect(archival.status).toBe(409);
    expect(archival.text).toContain('Requests begin in In progress');
  });

  test('one with requests in it is not archived, and keeps its meaning', async () => {
    await createRequest(product.deps);
    const id = await stateIdOf(product.deps, 'inProgress');
    const unused = await createRequestState(product.deps, { category: 'done' });
    expect((await manager.page(`${path}/${unused}/edit`))('#field-category').length).toBe(1);
    const other = { name: 'Unused', color: 'red', category: 'open', version: '1' };
    expect((await manager.post(`${path}/${unused}`, other)).status).toBe(303);
    expect(await stored(unused)).toMatchObject({ category: 'open', name: 'Unused' });
    expect((await manager.page(`${path}/${id}/edit`))('#field-category').length).toBe(0);
    const version = String((await stored(id))?.version);
    const meaning = { name: 'In progress', color: 'red', category: 'waiting', version };
    expect((await manager.post(`${path}/${id}`, meaning)).status).toBe(422);

    const first = await stateIdOf(product.deps, 'new');
    const begins = {
      name: 'New',
      color: 'blue',
      isInitial: 'on',
      version: String((await stored(first))?.version),
    };
    expect((await manager.post(`${path}/${first}`, begins)).status).toBe(303);
    const refused = await manager.post(`${path}/${id}/archival`);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('1 request is in the state In progress');
    expect((await manager.page(`${path}/${id}/deletion`))('main').text()).toContain('1 request has it.');
    expect((await manager.post(`${path}/${id}/deletion`, { version })).status).toBe(409);
  });

  test('an unused one is deleted with its steps, and brought back with them', async () => {
    const id = await createRequestState(product.deps);
    const closed = await stateIdOf(product.deps, 'closed');
    await createTransition(product.deps, { from: id, to: closed });
    expect((await manager.post(`${path}/${id}/deletion`, { version: '1' })).status).toBe(303);
    expect(await stored(id)).toBeNull();
    expect(await step(id, closed)).toBeNull();
    const undo = (await manager.page('/recent-actions'))('form[action$="/undo"]').attr('action') ?? '';
    expect((await manager.post(undo)).status).toBe(303);
    await product.runTasks();
    expect(await stored(id)).not.toBeNull();
    expect(await step(id, closed)).not.toBeNull();
  });

  test('are for those who may manage settings', async () => {
    const agent = await product.signIn({ role: 'agent' });
    const id = await stateIdOf(product.deps, 'waiting');
    for (const page of [
      path,
      `${path}/new`,
      `${path}/${id}/edit`,
      `${path}/${id}/deletion`,
      `${path}/${id}/steps`,
    ])
      expect((await agent.get(page)).status, page).toBe(403);
    expect((await agent.post(`${path}/${id}/steps`, { seen: '' })).status).toBe(403);
    for (const page of ['edit', 'deletion', 'steps'])
      expect((await manager.get(`${path}/${newId()}/${page}`)).status, page).toBe(404);
    expect((await manager.post(path, { id: newId(), name: '', color: 'red', category: 'open' })).status).toBe(
      422,
    );
    expect((await manager.get(`${path}?x=1`)).status).toBe(422);
  });
});

/** The form of the steps from a state, as it is shown. */
async function stepsOf(from: string): Promise<Record<string, string | string[]>> {
  const page = await manager.page(`${path}/${from}/steps`);
  const fields: Record<string, string | string[]> = { seen: page('input[name="seen"]').attr('value') ?? '' };
  for (const select of page('main select').toArray()) {
    fields[select.attribs['name'] ?? ''] = String(page(select).val());
  }
  for (const box of page('main input[type="checkbox"][checked]').toArray()) {
    const { name = '', value = '' } = box.attribs;
    fields[name] = [...[fields[name] ?? []].flat(), value];
  }
  return fields;
}

/** Changes some steps in the form of a state and sends it. */
async function saveSteps(
  from: string,
  permissions: Readonly<Record<string, string>>,
  required: Readonly<Record<string, string[]>> = {},
) {
  const fields = await stepsOf(from);
  for (const [id, permission] of Object.entries(permissions)) fields[`permission_${id}`] = permission;
  for (const [id, names] of Object.entries(required)) fields[`required_${id}`] = names;
  return manager.post(`${path}/${from}/steps`, fields);
}
