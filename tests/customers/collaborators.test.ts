import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { mostCollaborators } from '../../src/modules/customers/collaborator.js';
import { lastUndo, proposedForm } from '../duplicates/merge-support.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let owner: TestClient;
let colleague: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  owner = await product.signIn({ role: 'account' });
  colleague = await product.signIn({ role: 'account' });
});
afterAll(() => product.close());

const createOwned = (options: Parameters<typeof createCustomer>[1] = {}) =>
  createCustomer(product.deps, { ownerId: owner.user.id, phone: '+8613812360001', ...options });

const collaboratorsOf = async (id: string): Promise<string[] | undefined> => {
  const [row] = await product.query(
    z.object({ collaborator_ids: z.array(z.string()) }),
    'SELECT collaborator_ids FROM customers WHERE id = $1',
    [id],
  );
  return row?.collaborator_ids;
};

const add = (client: TestClient, customerId: string, userId: string) =>
  client.post(`/customers/${customerId}/collaborators`, { collaborator: userId });

describe('R1.15 collaborators', () => {
  test('are added by the owner, told, and work with the customer as with their own', async () => {
    const { id } = await createOwned({ name: 'Shared' });
    expect((await colleague.get(`/customers/${id}`)).status).toBe(404);
    expect((await add(owner, id, colleague.user.id)).status).toBe(303);
    expect((await add(owner, id, colleague.user.id)).status).toBe(303);
    expect(await collaboratorsOf(id)).toEqual([colleague.user.id]);
    expect((await colleague.page('/notifications'))('main').text()).toContain('shares the customer Shared');
    expect((await colleague.get(`/customers/${id}/edit`)).status).toBe(200);
    expect((await colleague.post(`/customers/${id}/contact/phone`)).text).toContain('138 1236 0001');
    expect((await colleague.get(`/customers/${id}/purchases/new`)).status).toBe(200);
    for (const path of ['/customers', '/customers?owner=shared'])
      expect((await colleague.page(path))('#list tbody').text(), path).toContain('Shared');
    expect((await colleague.page('/customers?owner=me'))('#list').text()).not.toContain('Shared');
    expect((await colleague.page('/customers?owner=shared'))('.active-filters').text()).toContain(
      'Shared with me',
    );
    expect((await owner.page('/customers?owner=shared'))('#list').text()).not.toContain('T0');
  });

  test('neither delete, merge, export nor give the customer away', async () => {
    const { id } = await createOwned({ name: 'Kept', collaboratorIds: [colleague.user.id] });
    expect((await colleague.get(`/customers/${id}/deletion`)).status).toBe(403);
    expect((await colleague.get(`/customers/${id}/merge`)).status).toBe(404);
    expect((await colleague.get('/customers.csv')).text).not.toContain('Kept');
    const taken = await colleague.post(`/customers/${id}`, {
      ...{ version: '1', name: 'Renamed', ownerId: colleague.user.id },
    });
    expect(taken.status).toBe(422);
    expect(load(taken.text)('#field-ownerId-error').text()).toContain('only the owner');
    const renamed = { version: '1', name: 'Renamed', ownerId: owner.user.id };
    expect((await colleague.post(`/customers/${id}`, renamed)).status).toBe(303);
  });

  test('are removed, brought back by undo, and stand in the log by name', async () => {
    const person = await createUser(product.deps, { role: 'account' });
    const { id } = await createOwned({ name: 'Logged' });
    await add(owner, id, person.id);
    await owner.post(`/customers/${id}/collaborators/${person.id}/removal`);
    expect(await collaboratorsOf(id)).toEqual([]);
    await owner.post(await lastUndo(owner));
    expect(await collaboratorsOf(id)).toEqual([person.id]);
    const manager = await product.signIn({ role: 'manager' });
    const history = await manager.page(`/admin/audit-log?table=customers&record=${id}`);
    expect(history('tbody').text()).toContain(`Collaborators ${person.name} → –`);
    const entry = history('tbody').text();
    expect(entry).not.toContain(person.id);
    const actions = await product.query(
      z.object({ action: z.string() }),
      `SELECT action FROM audit_log WHERE record_id = $1 AND operation = 'update' ORDER BY id`,
      [id],
    );
    expect(actions.map(({ action }) => action)).toEqual([
      'customers.collaborator-added',
      'customers.collaborator-removed',
      'undo.applied',
    ]);
  });

  test('cannot be the owner, nobody, or too many; and only those who edit choose them', async () => {
    const people = await Promise.all(
      Array.from({ length: mostCollaborators }, () => createUser(product.deps)),
    );
    const { id } = await createOwned({ collaboratorIds: people.map((person) => person.id) });
    const full = await add(owner, id, colleague.user.id);
    expect(full.status).toBe(422);
    expect(full.text).toContain(`There are ${mostCollaborators} collaborators`);
    const other = await createOwned();
    expect((await add(owner, other.id, owner.user.id)).status).toBe(422);
    expect((await add(owner, other.id, newId())).status).toBe(422);
    expect((await add(owner, other.id, '')).status).toBe(422);
    expect((await add(colleague, other.id, colleague.user.id)).status).toBe(404);
    const agent = await product.signIn({ role: 'agent' });
    expect((await add(agent, other.id, agent.user.id)).status).toBe(403);
    expect((await agent.page(`/customers/${id}`))('form[action*="collaborators"]')).toHaveLength(0);
    const unknown = `/customers/${other.id}/collaborators/${colleague.user.id}/removal`;
    expect((await owner.post(unknown)).status).toBe(404);
  });

  test('R1.10 of both customers stay with the one that a merge leaves', async () => {
    const [one, two] = await Promise.all([createUser(product.deps), createUser(product.deps)]);
    const first = await createOwned({ name: 'A', phone: '+8613812360002', collaboratorIds: [one.id] });
    const second = await createOwned({ name: 'B', phone: '+8613812360003', collaboratorIds: [two.id] });
    const { action, fields } = await proposedForm(owner, `/customers/${first.id}/merge?with=${second.id}`);
    expect((await owner.post(action, { ...fields, survivor: 'first' })).status).toBe(303);
    expect(await collaboratorsOf(first.id)).toEqual([one.id, two.id]);
    expect((await owner.post(await lastUndo(owner))).status).toBe(303);
    expect(await collaboratorsOf(first.id)).toEqual([one.id]);
  });
});
