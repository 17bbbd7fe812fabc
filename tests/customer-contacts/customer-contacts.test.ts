import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { customerContactLimits } from '../../src/modules/customer-contacts/customer-contact.js';
import type { TestClient } from '../support/client.js';
import { createCustomerContact } from '../support/factories/customer-contact.js';
import { createCustomer } from '../support/factories/customer.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const ContactRow = z.object({
  name: z.string(),
  phone_encrypted: z.string().nullable(),
  phone_hash: z.string().nullable(),
  email_encrypted: z.string().nullable(),
  is_primary: z.boolean(),
  version: z.number(),
});

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const company = (ownerId?: string) =>
  createCustomer(product.deps, { kind: 'company', ...(ownerId !== undefined && { ownerId }) });

const contactRows = (id: string) =>
  product.query(ContactRow, 'SELECT * FROM customer_contacts WHERE id = $1', [id]);

const auditOf = (recordId: string) =>
  product.query(
    z.object({ action: z.string(), operation: z.string() }),
    `SELECT action, operation FROM audit_log WHERE record_id = $1 AND action <> 'factory.created' ORDER BY id`,
    [recordId],
  );

describe('R1.14 contacts of a company', () => {
  test('one is added once, encrypted and audited, and stands masked on the record', async () => {
    const customer = await company();
    const id = newId();
    const form = { id, name: '陈经理', position: '采购', phone: '138 1234 9999', email: 'Chen@Example.com' };
    const path = `/customers/${customer.id}`;
    expect((await manager.get(`${path}/contacts/new`)).status).toBe(200);
    for (const attempt of [1, 2]) {
      const sent = await manager.post(`${path}/contacts`, { ...form, isPrimary: 'on' });
      expect(sent.headers['location'], `attempt ${attempt}`).toBe(path);
    }
    const [row] = await contactRows(id);
    expect(row).toMatchObject({ name: '陈经理', is_primary: true, version: 1 });
    expect(JSON.stringify(row)).not.toContain('13812349999');
    expect(await auditOf(id)).toEqual([{ action: 'customer-contacts.created', operation: 'insert' }]);
    const text = (await manager.page(path))('section[aria-labelledby="customer-contacts-heading"]').text();
    for (const shown of ['陈经理', '采购', 'Call first', '138****9999', 'c***@example.com'])
      expect(text).toContain(shown);
    expect(text).not.toContain('13812349999');
  });

  test('the card is there for companies, and for people who have contacts', async () => {
    const heading = '#customer-contacts-heading';
    const person = await createCustomer(product.deps);
    expect((await manager.page(`/customers/${person.id}`))(heading)).toHaveLength(0);
    expect((await manager.page(`/customers/${(await company()).id}`))(heading)).toHaveLength(1);
    await createCustomerContact(product.deps, { customerId: person.id, name: 'Daughter' });
    expect((await manager.page(`/customers/${person.id}`)).text()).toContain('Daughter');
  });

  test('a refused form keeps what was typed', async () => {
    const customer = await company();
    const form = { id: newId(), name: '', phone: '12', email: 'x@' };
    const refused = await manager.post(`/customers/${customer.id}/contacts`, form);
    expect(refused.status).toBe(422);
    const page = load(refused.text);
    expect(page('#field-phone').attr('value')).toBe('12');
    expect(page('#field-name-error, #field-phone-error, #field-email-error')).toHaveLength(3);
  });

  test('a customer has no more than the most', async () => {
    const customer = await company();
    for (let made = 0; made < customerContactLimits.contacts; made += 1)
      await createCustomerContact(product.deps, { customerId: customer.id });
    expect((await manager.page(`/customers/${customer.id}`))('a[href$="/contacts/new"]')).toHaveLength(0);
    const id = newId();
    const refused = await manager.post(`/customers/${customer.id}/contacts`, { id, name: 'One more' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('at most 50 contacts');
    expect(await contactRows(id)).toEqual([]);
  });

  test('changing keeps phone and e-mail that were left empty, and removes what is named', async () => {
    const customer = await company();
    const other = await createCustomerContact(product.deps, { customerId: customer.id, isPrimary: true });
    const id = await createCustomerContact(product.deps, {
      customerId: customer.id,
      phone: '+8613812340001',
      email: 'kept@example.com',
    });
    const [before] = await contactRows(id);
    const page = await manager.page(`/customer-contacts/${id}/edit`);
    expect(page('#field-phone').attr('placeholder')).toBe('138****0001');
    expect(page('#field-phone').attr('value') ?? '').toBe('');
    const form = { name: 'Renamed', version: '1', isPrimary: 'on', phone: '', email: '' };
    const saved = await manager.post(`/customer-contacts/${id}`, { ...form, clearReach: 'phone' });
    expect(saved.headers['location']).toBe(`/customers/${customer.id}`);
    const [after] = await contactRows(id);
    expect(after).toMatchObject({
      name: 'Renamed',
      is_primary: true,
      phone_encrypted: null,
      phone_hash: null,
    });
    expect(after?.email_encrypted).toBe(before?.email_encrypted);
    expect((await contactRows(other))[0]?.is_primary).toBe(false);
    expect(await auditOf(id)).toEqual([{ action: 'customer-contacts.changed', operation: 'update' }]);

    const late = await manager.post(`/customer-contacts/${id}`, { ...form, name: 'Too late' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Renamed');
    expect(late.text).toContain('Too late');
    const refused = await manager.post(`/customer-contacts/${id}`, { ...form, name: '', version: '2' });
    expect(refused.status).toBe(422);
  });

  test('one is deleted after a question, and comes back', async () => {
    const customer = await company();
    const id = await createCustomerContact(product.deps, { customerId: customer.id, name: 'Leaves' });
    expect((await manager.page(`/customer-contacts/${id}/deletion`))('main').text()).toContain(
      '1 contact goes',
    );
    expect((await manager.post(`/customer-contacts/${id}/deletion`, { version: '7' })).status).toBe(409);
    expect((await manager.post(`/customer-contacts/${id}/deletion`, { version: '1' })).status).toBe(303);
    expect(await contactRows(id)).toEqual([]);
    expect(await auditOf(id)).toEqual([{ action: 'customer-contacts.deleted', operation: 'delete' }]);
    const actions = await manager.page('/recent-actions');
    expect(actions('main').text()).toContain('Deleted the contact Leaves');
    await manager.post(actions('form[action$="/undo"]').first().attr('action') ?? '');
    expect(await contactRows(id)).toHaveLength(1);
  });

  test('phone and e-mail are revealed to who may, each with its line in the log', async () => {
    const customer = await company();
    const contact = {
      customerId: customer.id,
      name: 'Ms Li',
      phone: '+8613812340002',
      email: 'li@example.com',
    };
    const id = await createCustomerContact(product.deps, contact);
    const shown = await manager.post(`/customer-contacts/${id}/reveals/phone`);
    expect(shown.text).toContain('138 1234 0002');
    expect((await manager.post(`/customer-contacts/${id}/reveals/email`)).text).toContain('li@example.com');
    expect((await manager.post(`/customer-contacts/${id}/reveals/remark`)).status).toBe(404);
    expect((await auditOf(id)).map(({ action }) => action)).toEqual([
      'customer-contacts.phone-revealed',
      'customer-contacts.email-revealed',
    ]);
    const log = await manager.page('/admin/audit-log?table=customer_contacts');
    expect(log('tbody').text()).toContain(
      `revealed the phone of the contact Ms Li of ${customer.customerNo}`,
    );
    const reader = await product.signIn({ grants: { 'customers:read': 'all' } });
    expect((await reader.post(`/customer-contacts/${id}/reveals/phone`)).status).toBe(403);
    expect((await reader.page(`/customers/${customer.id}`))('form[action*="/reveals/"]')).toHaveLength(0);
  });

  test('goes as far as the customer: 403 where it may only be read, 404 where it may not', async () => {
    const customer = await company();
    const id = await createCustomerContact(product.deps, { customerId: customer.id });
    const own = { 'customers:edit': 'own', 'customers:reveal-contact': 'own' } as const;
    const reader = await product.signIn({ grants: { 'customers:read': 'all', ...own } });
    const stranger = await product.signIn({ grants: { 'customers:read': 'own', ...own } });
    const pages = [`/customers/${customer.id}/contacts/new`, `/customer-contacts/${id}/edit`];
    for (const path of [...pages, `/customer-contacts/${id}/deletion`]) {
      expect((await reader.get(path)).status, path).toBe(403);
      expect((await stranger.get(path)).status, path).toBe(404);
    }
    const posts: [string, Record<string, string>][] = [
      [`/customers/${customer.id}/contacts`, { id: newId(), name: 'A' }],
      [`/customer-contacts/${id}`, { name: 'A', version: '1' }],
      [`/customer-contacts/${id}/deletion`, { version: '1' }],
      [`/customer-contacts/${id}/reveals/phone`, {}],
    ];
    for (const [path, form] of posts) {
      expect((await reader.post(path, form)).status, path).toBe(403);
      expect((await stranger.post(path, form)).status, path).toBe(404);
    }
    expect((await manager.get(`/customer-contacts/${newId()}/edit`)).status).toBe(404);
  });
});

describe('R1.14 R1.9 the one box finds a customer by a contact', () => {
  test('by phone in any spelling, last four digits, e-mail and part of the name, within the scope', async () => {
    const customer = await createCustomer(product.deps, { kind: 'company', name: 'Blue Harbour Ltd' });
    await createCustomerContact(product.deps, {
      customerId: customer.id,
      name: '诸葛孔明',
      phone: '+8613987654321',
      email: 'kongming@example.com',
    });
    const found = async (client: TestClient, q: string) =>
      (await client.page(`/customers?q=${encodeURIComponent(q)}`))('tbody .row-link')
        .toArray()
        .map((link) => load(link).text());
    const searches = ['139-8765-4321', '4321', 'KongMing@example.com', '孔明', '诸葛孔明'];
    for (const q of searches) expect(await found(manager, q), q).toEqual(['Blue Harbour Ltd']);
    const stranger = await product.signIn({ grants: { 'customers:read': 'own' } });
    for (const q of searches) expect(await found(stranger, q), q).toEqual([]);
  });
});
