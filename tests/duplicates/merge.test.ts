import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openContact } from '../../src/modules/customers/contact-details.js';
import type { TestClient } from '../support/client.js';
import { createCustomField } from '../support/factories/custom-field.js';
import { createCustomer, type CustomerOptions, type TestCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { createTeam } from '../support/factories/team.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { lastUndo, proposedForm } from './merge-support.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const CustomerRow = z.looseObject({
  version: z.number(),
  phone_encrypted: z.string().nullable(),
  phone_hash: z.string().nullable(),
});

async function rowOf(id: string): Promise<z.infer<typeof CustomerRow>> {
  const [row] = await product.query(CustomerRow, 'SELECT * FROM customers WHERE id = $1', [id]);
  if (!row) throw new Error('no such row');
  return row;
}

const mergePath = (first: TestCustomer, second: TestCustomer): string =>
  `/customers/${first.id}/merge?with=${second.id}`;

const createBoth = async (
  one: CustomerOptions,
  other: CustomerOptions,
): Promise<[TestCustomer, TestCustomer]> => [
  await createCustomer(product.deps, one),
  await createCustomer(product.deps, other),
];

describe('R1.10 merging two customers', () => {
  test('stores what was chosen, moves what hangs on the other one, and audits all of it', async () => {
    const [first, second] = await createBoth(
      { name: '张三', phone: '+8613800000001', city: '上海市', remark: 'Tea' },
      { name: '章三', phone: '+8613800000002', email: 'zhang@example.com', gender: 'male', remark: 'Window' },
    );
    const purchaseId = await createPurchase(product.deps, { customerId: second.id, amount: '88.00' });
    const { action, fields } = await proposedForm(manager, mergePath(first, second));
    expect(fields).toMatchObject({
      survivor: 'first',
      city: 'first',
      email: 'second',
      gender: 'second',
      remark: 'both',
    });
    const response = await manager.post(action, { ...fields, name: 'second', phone: 'second' });
    expect(response.headers['location']).toBe(`/customers/${first.id}`);

    const survivor = await rowOf(first.id);
    expect(survivor).toMatchObject({
      ...{ name: '章三', name_pinyin: 'zhangsan', city: '上海市', gender: 'male', remark: 'Tea\nWindow' },
      ...{ customer_no: first.customerNo, version: 2, deleted_at: null },
    });
    const { cipher } = product.deps;
    expect(openContact(cipher, first.id, 'phone', survivor.phone_encrypted)).toBe('+8613800000002');
    expect(survivor.phone_hash).toBe(cipher.searchHash('phone', '+8613800000002'));
    const other = await rowOf(second.id);
    expect(other).toMatchObject({ merged_into_id: first.id, deleted_by_id: manager.user.id });
    expect(openContact(cipher, second.id, 'phone', other.phone_encrypted)).toBe('+8613800000002');

    const page = await manager.page(`/customers/${first.id}`);
    expect(page('body').text()).toContain('Merged into 章三; one record moved.');
    expect(page('form[action^="/recent-actions/"]').length).toBe(1);
    expect(page('main').text()).toContain('88.00');
    expect((await manager.get(`/customers/${second.id}`)).headers['location']).toBe(`/customers/${first.id}`);

    const audit = await product.query(
      z.object({ record_id: z.string(), operation: z.string(), actor_id: z.string() }),
      `SELECT record_id, operation, actor_id FROM audit_log WHERE action = 'customers.merged' ORDER BY id`,
    );
    const [keptPhone] = await product.query(
      z.object({ id: z.string() }),
      'SELECT id FROM customer_contact_points WHERE customer_id = $1',
      [first.id],
    );
    expect(audit.map(({ record_id, operation }) => [record_id, operation])).toEqual([
      [purchaseId, 'update'],
      [first.id, 'update'],
      [keptPhone?.id, 'insert'],
      [second.id, 'update'],
      [first.id, 'event'],
    ]);
    expect(new Set(audit.map(({ actor_id }) => actor_id))).toEqual(new Set([manager.user.id]));
  });

  test('keeps the other record when that one is chosen, and leaves it untouched but for what moves', async () => {
    const [first, second] = await createBoth({ name: 'Keep A', remark: 'short' }, { name: 'Keep B' });
    await createPurchase(product.deps, { customerId: first.id });
    const { action, fields } = await proposedForm(manager, mergePath(first, second));
    await manager.post(action, { ...fields, survivor: 'second', name: 'second', remark: 'second' });
    expect(await rowOf(second.id)).toMatchObject({ name: 'Keep B', remark: null, version: 1 });
    expect(await rowOf(first.id)).toMatchObject({ merged_into_id: second.id });
  });

  test('shows contact data masked, says when masked values differ, and how much would move', async () => {
    const [first, second] = await createBoth(
      { phone: '+8613811115678', address: '南京路 1 号' },
      { phone: '+8613822225678', address: '南京路 1 号' },
    );
    await createPurchase(product.deps, { customerId: second.id });
    await createPurchase(product.deps, { customerId: second.id });
    const page = await manager.page(mergePath(first, second));
    const text = page('main').text();
    expect(text).not.toMatch(/13811115678|1381111|13822225678|1382222|南京路 1/);
    expect(page('tr.differs th').text()).toContain('Phone');
    expect(page('input[name="address"]').length).toBe(0);
    expect(text).toContain('Then this moves here: 2 purchases');
    expect(text).toContain('Nothing moves: the other record is bare.');
  });

  test('R1.1 takes the profile field by field; of custom fields, what only one of the two has is kept', async () => {
    await createCustomField(product.deps, { key: 'pet', label: 'Pet name' });
    const [first, second] = await createBoth(
      { habits: 'Sundays', needs: 'Rest', customValues: { pet: 'Rex', shoe: 38 } },
      { habits: 'Mornings', customValues: { pet: 'Momo', club: true } },
    );
    const { action, fields } = await proposedForm(manager, mergePath(first, second));
    expect((await manager.page(mergePath(first, second)))('main').text()).toContain('Pet name Momo');
    const choices = { survivor: 'first', habits: 'second', needs: 'first', customValues: 'second' };
    expect((await manager.post(action, { ...fields, ...choices })).status).toBe(303);
    expect(await rowOf(first.id)).toMatchObject({
      habits: 'Mornings',
      needs: 'Rest',
      custom_values: { pet: 'Momo', shoe: 38, club: true },
    });
    await manager.post(await lastUndo(manager));
    expect(await rowOf(first.id)).toMatchObject({
      habits: 'Sundays',
      custom_values: { pet: 'Rex', shoe: 38 },
    });
  });

  test('R1.1 custom fields that only the other has come over, even when all choices are the survivor’s', async () => {
    const [first, second] = await createBoth(
      { customValues: { pet: 'Rex' } },
      { customValues: { club: false } },
    );
    const { action, fields } = await proposedForm(manager, mergePath(first, second));
    const own = Object.fromEntries(
      Object.keys(fields)
        .filter((name) => fields[name] === 'second' || fields[name] === 'both')
        .map((name) => [name, 'first']),
    );
    await manager.post(action, { ...fields, ...own, survivor: 'first', customValues: 'first' });
    expect(await rowOf(first.id)).toMatchObject({ custom_values: { pet: 'Rex', club: false } });
  });

  test('R1.14 a company takes neither gender nor birth date from the other one', async () => {
    const [firm, person] = await createBoth(
      { name: '某某有限公司', kind: 'company' },
      { name: '张三', gender: 'male', birthDate: '1990-01-01', city: '上海市' },
    );
    const { action, fields } = await proposedForm(manager, mergePath(firm, person));
    expect(fields).toMatchObject({ survivor: 'first', gender: 'second', birthDate: 'second' });
    expect((await manager.post(action, fields)).status).toBe(303);
    expect(await rowOf(firm.id)).toMatchObject({
      ...{ kind: 'company', gender: null, birth_date: null, birth_calendar: 'solar', city: '上海市' },
    });
  });

  test('refuses what makes no sense with a sentence', async () => {
    const [first, second] = await createBoth({}, {});
    const { action, fields } = await proposedForm(manager, mergePath(first, second));
    const itself = await manager.post(action, { ...fields, with: first.id });
    expect(itself.status).toBe(422);
    expect(itself.text).toContain('one cannot be merged with itself');
    expect((await manager.post(action, { ...fields, survivor: 'both' })).status).toBe(422);
    expect((await manager.post(action, { ...fields, name: 'third' })).status).toBe(422);
    const long = 'x'.repeat(3_000);
    const [one, other] = await createBoth({ remark: long }, { remark: `${long}y` });
    const form = await proposedForm(manager, mergePath(one, other));
    expect(form.fields['remark']).not.toBe('both');
    expect((await manager.post(form.action, { ...form.fields, remark: 'both' })).status).toBe(422);
    expect(await rowOf(other.id)).toMatchObject({ deleted_at: null });
  });
});

describe('R1.10 two people at once', () => {
  test('a change since the comparison is shown, nothing is merged, and the choices are kept', async () => {
    const [first, second] = await createBoth(
      { name: 'Seen A', city: '北京市' },
      { name: 'Seen B', city: '上海市' },
    );
    const { action, fields } = await proposedForm(manager, mergePath(first, second));
    const other = await product.signIn({ role: 'manager' });
    const edit = { name: 'Seen A', birthCalendar: 'solar', version: '1', city: '广州市' };
    await other.post(`/customers/${first.id}`, edit);
    const response = await manager.post(action, { ...fields, survivor: 'second', city: 'second' });
    expect(response.status).toBe(409);
    expect(response.text).toContain('Nothing was merged yet');
    expect(response.text).toContain('广州市');
    expect(response.text).toContain('name="firstVersion" value="2"');
    expect(response.text).toMatch(/name="survivor" value="second" checked/);
    expect(response.text).toMatch(/name="city" value="second" checked/);
    expect(await rowOf(first.id)).toMatchObject({ deleted_at: null });
  });

  test('50 parallel merges of one pair: one merges, 49 are told', async () => {
    const [first, second] = await createBoth({ name: 'Busy A' }, { name: 'Busy B' });
    const { action, fields } = await proposedForm(manager, mergePath(first, second));
    const statuses = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const survivor = index % 2 === 0 ? 'first' : 'second';
        return (await manager.post(action, { ...fields, survivor })).status;
      }),
    );
    expect(statuses.filter((status) => status === 303)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(49);
    const rows = [await rowOf(first.id), await rowOf(second.id)];
    expect(rows.filter((row) => row['merged_into_id'] !== null)).toHaveLength(1);
  });
});

describe('R1.10 finding the other record', () => {
  test('searches among what the viewer may merge, without the record itself', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Findable One' });
    await createCustomer(product.deps, { name: 'Findable Two' });
    const page = await manager.page(`/customers/${id}/merge?q=findable`);
    expect(page('tbody tr').length).toBe(1);
    expect(page('tbody a').attr('href')).toContain(`/customers/${id}/merge?with=`);
    expect((await manager.page(`/customers/${id}/merge?q=nobody`))('main').text()).toContain('Nothing found');
    expect((await manager.page(`/customers/${id}`))(`a[href="/customers/${id}/merge"]`).length).toBe(1);
  });
});

describe('R1.10, R1.15 scope', () => {
  test('both customers must lie within the permission, and what does not is not shown', async () => {
    const teamId = await createTeam(product.deps);
    const member = await product.signIn({
      teamIds: [teamId],
      grants: { 'customers:read': 'all', 'customers:merge': 'team' },
    });
    const own = await createCustomer(product.deps, { name: 'Reach Own', teamId });
    const team = await createCustomer(product.deps, { name: 'Reach Team', teamId });
    const foreign = await createCustomer(product.deps, { name: 'Reach Foreign', phone: '+8613700000077' });
    const { fields } = await proposedForm(member, mergePath(own, team));
    expect((await member.get(mergePath(own, foreign))).status).toBe(404);
    expect((await member.get(mergePath(foreign, own))).status).toBe(404);
    expect((await member.get(`/customers/${foreign.id}/merge`)).status).toBe(404);
    expect((await member.post(`/customers/${foreign.id}/merge`, { ...fields, with: own.id })).status).toBe(
      404,
    );
    expect((await member.post(`/customers/${own.id}/merge`, { ...fields, with: foreign.id })).status).toBe(
      404,
    );
    const found = await member.page(`/customers/${own.id}/merge?q=reach`);
    expect(found('tbody tr').length).toBe(1);
    expect(found('main').text()).not.toContain('Foreign');
    expect((await member.page(`/customers/${foreign.id}`))(`a[href$="/merge"]`).length).toBe(0);
  });

  test('the address of a merged record leads only those on who may see the one that stays', async () => {
    const [first, second] = await createBoth({ name: 'Hidden A' }, { name: 'Hidden B' });
    const { action, fields } = await proposedForm(manager, mergePath(first, second));
    await manager.post(action, fields);
    const account = await product.signIn({ role: 'account' });
    expect((await account.get(`/customers/${second.id}`)).status).toBe(404);
  });

  test('pages: ok, 422, 404 for ids that are none, 403 without permission, 303 without sign-in', async () => {
    const [first, second] = await createBoth({}, {});
    const agent = await product.signIn({ role: 'agent' });
    const path = `/customers/${first.id}/merge`;
    for (const address of [path, `${path}?with=${second.id}`, `${path}?q=x`]) {
      expect((await manager.get(address)).status, address).toBe(200);
      expect((await agent.get(address)).status, address).toBe(403);
      expect((await product.anonymous().get(address)).status, address).toBe(303);
    }
    expect((await agent.post(path, {})).status).toBe(403);
    expect((await manager.get(`${path}?with=nobody`)).status).toBe(422);
    expect((await manager.get(`${path}?with=${first.id}`)).status).toBe(422);
    expect((await manager.get(`${path}?with=${newId()}`)).status).toBe(404);
    expect((await manager.get(`/customers/${newId()}/merge`)).status).toBe(404);
    expect((await manager.get('/customers/nobody/merge')).status).toBe(404);
  });
});
