import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { workOffQueue } from '../../src/modules/assignment/assignment.service.js';
import { createRequest } from '../support/factories/service-request.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createStaffSchedule } from '../support/factories/staff-schedule.js';
import { createTeam } from '../support/factories/team.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { createStaff, startAfresh, storedRequest } from './requests.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());
beforeEach(() => startAfresh(product));
afterEach(() => {
  product.setNow(undefined);
});

const formFields = (html: string) => {
  const page = load(html);
  const fields = page('form.edit-form, form[action^="/service-requests/"]').first().serializeArray();
  return Object.fromEntries(
    fields.filter(({ name }) => name !== '_csrf').map(({ name, value }) => [name, value]),
  );
};

describe('R2.2 a form that is open while the product assigns', () => {
  test('is saved without a conflict, and both changes are kept', async () => {
    const manager = await product.signIn({ role: 'manager' });
    const { id } = await createRequest(product.deps, { subject: 'Colour too dark' });
    const path = `/service-requests/${id}`;
    const opened = formFields((await manager.get(`${path}/edit`)).text);
    await workOffQueue(product.deps);
    const staffId = await createStaff(product);
    expect(await workOffQueue(product.deps)).toBe(1);
    const saved = await manager.post(path, { ...opened, subject: 'Colour far too dark' });
    expect(saved.status).toBe(303);
    expect(await storedRequest(product, id)).toMatchObject({ assignee_id: staffId });
    expect((await manager.page(path))('h1').text()).toContain('Colour far too dark');
  });

  test('meets the conflict page when somebody else saved the same form', async () => {
    const manager = await product.signIn({ role: 'manager' });
    const { id } = await createRequest(product.deps, { subject: 'Colour too dark' });
    const path = `/service-requests/${id}`;
    const opened = formFields((await manager.get(`${path}/edit`)).text);
    expect((await manager.post(path, { ...opened, subject: 'First' })).status).toBe(303);
    expect((await manager.post(path, { ...opened, subject: 'Second' })).status).toBe(409);
  });
});

describe('R2.2 a request that was given back', () => {
  const giveBack = async (id: string) => {
    const manager = await product.signIn({ role: 'manager' });
    await manager.post(`/service-requests/${id}/assignment`, { assigneeId: '' });
    await workOffQueue(product.deps);
  };
  const reasonShown = async (id: string): Promise<string> => {
    const manager = await product.signIn({ role: 'manager' });
    return (await manager.page(`/service-requests/${id}`))('.record-belongings').text();
  };

  test('goes to somebody else for a day, though they have more to do', async () => {
    const agent = await product.signIn({ role: 'agent' });
    await createStaffSchedule(product.deps, { userId: agent.user.id });
    const { id } = await createRequest(product.deps);
    expect(await storedRequest(product, id)).toMatchObject({ assignee_id: agent.user.id });
    const other = await createStaff(product);
    for (let count = 0; count < 3; count += 1) await createRequest(product.deps, { assigneeId: other });
    expect((await agent.post(`/service-requests/${id}/assignment`, { assigneeId: '' })).status).toBe(303);
    await workOffQueue(product.deps);
    expect(await storedRequest(product, id)).toMatchObject({
      assignee_id: other,
      history: ['automatic', 'released', 'automatic'],
    });
    await giveBack(id);
    expect(await reasonShown(id)).toContain('it was given back, but nobody else could take it');
  });

  test('may come back to the only one who can take it, with the reason, and to anybody after a day', async () => {
    const first = await createStaff(product);
    const { id } = await createRequest(product.deps);
    await giveBack(id);
    expect(await storedRequest(product, id)).toMatchObject({ assignee_id: first });
    expect(await reasonShown(id)).toContain('it was given back, but nobody else could take it');

    const busy = await createStaff(product);
    for (let count = 0; count < 3; count += 1) await createRequest(product.deps, { assigneeId: busy });
    const manager = await product.signIn({ role: 'manager' });
    await manager.post(`/service-requests/${id}/assignment`, { assigneeId: '' });
    product.setNow(new Date(Date.now() + 25 * 3_600_000));
    await workOffQueue(product.deps);
    expect(await storedRequest(product, id)).toMatchObject({ assignee_id: first });
  });
});

test('R2.2 those of the branch get its requests first; others when nobody of it can', async () => {
  const branchId = newId();
  await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.branch.create({ data: { id: branchId, name: 'Harbour' } }),
  );
  const teamId = await createTeam(product.deps, { branchId });
  const near = await createStaff(product, { teamIds: [teamId], maximumOpen: 3 });
  const far = await createStaff(product);
  for (let count = 0; count < 2; count += 1) await createRequest(product.deps, { assigneeId: near });
  const { id } = await createRequest(product.deps, { branchId });
  expect(await storedRequest(product, id)).toMatchObject({ assignee_id: near });
  const manager = await product.signIn({ role: 'manager' });
  const record = await manager.page(`/service-requests/${id}`);
  expect(record('.record-belongings').text()).toContain(
    'Nobody else of the branch Harbour could take it then.',
  );
  const { id: second } = await createRequest(product.deps, { branchId });
  expect(await storedRequest(product, second)).toMatchObject({ assignee_id: far });
});
