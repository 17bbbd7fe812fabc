import { v7 as newId } from 'uuid';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const similarTo = async (client: TestClient, typed: Readonly<Record<string, string>>) => {
  const response = await client.get(`/customers/similar?${new URLSearchParams(typed).toString()}`);
  expect(response.status).toBe(200);
  const document = load(response.text);
  const lines = document('li')
    .toArray()
    .map((line) => document(line).text());
  return { document, lines, text: response.text };
};

const form = (fields: Readonly<Record<string, string>>) => ({
  id: newId(),
  name: 'Somebody',
  birthCalendar: 'solar',
  ...fields,
});

describe('R1.10 warning while a new customer is typed', () => {
  test('names who has the same phone, in any spelling, e-mail, or name and birth date, and why', async () => {
    const phone = '+8613812340001';
    const { id, customerNo } = await createCustomer(product.deps, {
      ...{ name: '林一', phone, email: 'lin@example.com', birthDate: '1990-02-28' },
    });
    const typed = {
      name: '林一',
      phone: '0086 138-1234-0001',
      email: 'Lin@Example.com',
      birthDate: '1990-02-28',
    };
    const { document, lines } = await similarTo(manager, typed);
    expect(lines).toEqual([`林一 ${customerNo} – same phone, same e-mail, same name and birth date`]);
    expect(document('a').attr('href')).toBe(`/customers/${id}`);
    expect(document('input[name="createAnyway"]').length).toBe(1);
    const byName = await similarTo(manager, { name: '林一' });
    expect(byName.lines).toEqual([`林一 ${customerNo} – same name`]);
    expect(byName.document('input').length).toBe(0);
  });

  test('says nothing while a value is not complete, of the deleted, and shows five at most', async () => {
    await createCustomer(product.deps, { name: 'Unfinished', phone: '+8613812340002' });
    for (const typed of [{ phone: '1381234' }, { email: 'unf@' }, { birthDate: '1990-02-3' }, { name: '' }]) {
      expect((await similarTo(manager, typed)).lines, JSON.stringify(typed)).toEqual([]);
    }
    const deleted = await createCustomer(product.deps, { name: 'Thrown Away' });
    await manager.post(`/customers/${deleted.id}/deletion`, { version: '1' });
    expect((await similarTo(manager, { name: 'Thrown Away' })).lines).toEqual([]);
    for (let index = 0; index < 7; index += 1)
      await createCustomer(product.deps, { phone: '+8613812340003' });
    expect((await similarTo(manager, { phone: '13812340003' })).lines).toHaveLength(5);
  });

  test('keeps the box ticked that was ticked', async () => {
    await createCustomer(product.deps, { phone: '+8613812340004' });
    const ticked = await similarTo(manager, { phone: '13812340004', createAnyway: 'on' });
    expect(ticked.document('input[name="createAnyway"]').attr('checked')).toBeDefined();
  });

  test('is asked for by the form as it is typed', async () => {
    const page = await manager.page('/customers/new');
    const warning = page('form [hx-get="/customers/similar"]');
    expect(warning.attr('hx-trigger')).toContain('#field-phone');
    expect(warning.text().trim()).toBe('');
  });

  test('canary: outside the scope it tells owner and team, never the record', async () => {
    const teamId = await createTeam(product.deps, { name: 'Team East' });
    const owner = await createUser(product.deps, { name: 'Wang Fang', teamIds: [teamId] });
    const secret = { name: '金丝雀', customerNo: 'CANARY-88', email: 'canary@example.com', city: '金丝雀城' };
    const { id } = await createCustomer(product.deps, {
      ...{ ...secret, phone: '+8613788888888', birthDate: '1988-08-08', ownerId: owner.id, teamId },
    });
    const account = await product.signIn({ role: 'account' });
    const typed = { phone: '13788888888', name: secret.name, birthDate: '1988-08-08' };
    const byPhone = await similarTo(account, { phone: typed.phone });
    expect(byPhone.lines).toEqual(['A customer of Wang Fang, team Team East – same phone']);
    expect(byPhone.document('a').length).toBe(0);
    expect(byPhone.text).not.toMatch(new RegExp(`金丝雀|CANARY|canary@|8888|${id}`));
    const byAll = await similarTo(account, typed);
    expect(byAll.lines).toEqual([
      'A customer of Wang Fang, team Team East – same phone, same name and birth date',
    ]);
    expect((await similarTo(account, { name: secret.name })).lines).toEqual([]);

    const refused = await account.post('/customers', form({ phone: typed.phone, name: 'Other' }));
    expect(refused.status).toBe(422);
    expect(load(refused.text)('main').text()).not.toMatch(/金丝雀|CANARY|canary@/);
    expect(refused.text).not.toContain(id);
  });

  test('of the public pool it says so', async () => {
    await createCustomer(product.deps, { phone: '+8613788880000' });
    const account = await product.signIn({ role: 'account' });
    expect((await similarTo(account, { phone: '13788880000' })).lines).toEqual([
      'A customer in the public pool – same phone',
    ]);
  });

  test('403 without the permission to create, 422 for what it does not know', async () => {
    const auditor = await product.signIn({ role: 'auditor' });
    expect((await auditor.get('/customers/similar?name=x')).status).toBe(403);
    expect((await manager.get('/customers/similar?wechat=x')).status).toBe(422);
  });
});

describe('R1.10 creating a customer whose phone or e-mail somebody has', () => {
  test('is refused with the matches and everything typed, until the box is ticked', async () => {
    const known = await createCustomer(product.deps, { name: 'Known', phone: '+8613812340009' });
    const typed = form({ name: 'New Person', phone: '138 1234 0009', city: 'Typed City' });
    const refused = await manager.post('/customers', typed);
    expect(refused.status).toBe(422);
    const page = load(refused.text);
    expect(page('.form-problems').text()).toContain('Phone: Another customer has this');
    expect(page('.form-problems a').attr('href')).toBe('#field-phone');
    expect(page(`a[href="/customers/${known.id}"]`).text()).toContain('Known');
    expect(page('#field-city').attr('value')).toBe('Typed City');
    expect(page('#field-createAnyway').attr('checked')).toBeUndefined();
    const created = await manager.post('/customers', { ...typed, createAnyway: 'on' });
    expect(created.headers['location']).toBe(`/customers/${typed.id}`);
    const again = await manager.post('/customers', typed);
    expect(again.status).toBe(422);
  });

  test('sent twice without the box, it creates once: nobody is their own duplicate', async () => {
    const typed = form({ phone: '13812340010' });
    const statuses = await Promise.all(
      [1, 2, 3].map(async () => (await manager.post('/customers', typed)).status),
    );
    expect(statuses).toEqual([303, 303, 303]);
  });

  test('is not held up by the same name alone', async () => {
    await createCustomer(product.deps, { name: 'Namesake', birthDate: '1990-01-01' });
    const response = await manager.post('/customers', form({ name: 'Namesake', birthDate: '1990-01-01' }));
    expect(response.status).toBe(303);
  });
});
