import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { mostContactPoints } from '../../src/modules/customers/contact-point.js';
import type { TestClient } from '../support/client.js';
import { createContactPoint } from '../support/factories/contact-point.js';
import { createCustomer } from '../support/factories/customer.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { cardOf, namesFound, shownContacts } from './contact-card.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const form = (value: string, kind = 'phone', label = 'work') => ({
  ...{ id: newId(), contactKind: kind, contactLabel: label, contactValue: value },
});

const loggedActions = async (customerId: string): Promise<string[]> => {
  const rows = await product.query(
    z.object({ action: z.string() }),
    `SELECT DISTINCT action FROM audit_log
     WHERE table_name = 'customer_contact_points' AND coalesce(after, before)->>'customer_id' = $1
       AND action <> 'factory.created' ORDER BY 1`,
    [customerId],
  );
  return rows.map(({ action }) => action);
};

describe('R1.1 several phones and e-mail addresses', () => {
  test('are added masked, found by the search, and stand encrypted in the database', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Several', phone: '+8613812340001' });
    const phone = form('139-1234-0002');
    expect((await manager.post(`/customers/${id}/contact-points`, phone)).status).toBe(303);
    expect((await manager.post(`/customers/${id}/contact-points`, phone)).status).toBe(303);
    await manager.post(`/customers/${id}/contact-points`, form('Second@Example.com', 'email', 'home'));
    await manager.post(`/customers/${id}/contact-points`, form('third@example.com', 'email', 'other'));
    expect(await shownContacts(manager, id)).toEqual([
      ['Phone', '138****0001'],
      ['Phone (work)', '139****0002'],
      ['E-mail', 's***@example.com'],
      ['E-mail (other)', 't***@example.com'],
      ['WeChat', '–'],
      ['Address', '–'],
    ]);
    for (const text of ['13912340002', '0002', '0001', 'second@example.com', 'THIRD@example.com'])
      expect(await namesFound(manager, text), text).toEqual(['Several']);
    expect(await loggedActions(id)).toEqual(['customers.contact-point-added']);
    const clear = await product.query(
      z.object({ count: z.number() }),
      `SELECT count(*)::integer AS count FROM audit_log WHERE after::text LIKE '%13912340002%'`,
    );
    expect(clear).toEqual([{ count: 0 }]);
    const log = await manager.page('/admin/audit-log?table=customer_contact_points');
    expect(log('tbody').text()).toContain('Phone or e-mail added');
  });

  test('that the customer has already, that cannot be, or that are too many are refused with what was typed', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Refused', phone: '+8613812341001' });
    await createContactPoint(product.deps, { customerId: id, value: '+8613912341002' });
    const refusedWith = async (value: string, kind = 'phone'): Promise<string> => {
      const response = await manager.post(`/customers/${id}/contact-points`, form(value, kind));
      expect(response.status, value).toBe(422);
      const page = load(response.text);
      expect(page('#field-contactValue').val()).toBe(value);
      return page('#field-contactValue-error').text().trim();
    };
    expect(await refusedWith('138 1234 1001')).toBe('The customer has this one already.');
    expect(await refusedWith('+86 139 1234 1002')).toBe('The customer has this one already.');
    expect(await refusedWith('12')).toContain('phone');
    expect(await refusedWith('nobody', 'email')).toContain('e-mail');
    for (let count = 1; count < mostContactPoints; count += 1)
      await createContactPoint(product.deps, { customerId: id });
    expect(await refusedWith('13912341003')).toContain(String(mostContactPoints));
    expect((await manager.post(`/customers/${id}/contact-points`, form('a@b.co', 'fax'))).status).toBe(422);
  });

  test('change places, each readable in its new one, and back again by undo', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Swapped', phone: '+8613812342001' });
    const pointId = await createContactPoint(product.deps, { customerId: id, value: '+8613912342002' });
    const response = await manager.post(`/customers/${id}/contact-points/${pointId}/first`);
    expect(response.headers['location']).toBe(`/customers/${id}`);
    const swapped = [
      ['Phone', '139****2002'],
      ['Phone (other)', '138****2001'],
    ];
    expect((await shownContacts(manager, id)).slice(0, 2)).toEqual(swapped);
    expect(await namesFound(manager, '13812342001')).toEqual(['Swapped']);
    const revealed = await manager.post(`/customers/${id}/contact/phone`);
    expect(revealed.text).toContain('139 1234 2002');
    await undoLast();
    expect((await shownContacts(manager, id)).slice(0, 2)).toEqual([
      ['Phone', '138****2001'],
      ['Phone (mobile)', '139****2002'],
    ]);
  });

  test('are removed and brought back; of a customer without a first one they move up', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Removed' });
    const pointId = await createContactPoint(product.deps, { customerId: id, value: '+8613912343002' });
    expect((await manager.post(`/customers/${id}/contact-points/${pointId}/removal`)).status).toBe(303);
    expect(await namesFound(manager, '13912343002')).toEqual([]);
    await undoLast();
    expect(await namesFound(manager, '13912343002')).toEqual(['Removed']);
    await manager.post(`/customers/${id}/contact-points/${pointId}/first`);
    expect((await shownContacts(manager, id)).slice(0, 2)).toEqual([
      ['Phone', '139****3002'],
      ['E-mail', '–'],
    ]);
  });

  test('that the form of the customer makes the first one stand there once', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Once', phone: '+8613812344001' });
    await createContactPoint(product.deps, { customerId: id, value: '+8613912344002' });
    await manager.post(`/customers/${id}`, { version: '1', name: 'Once', phone: '13912344002' });
    expect((await cardOf(manager, id))('dt:contains("Phone")')).toHaveLength(1);
  });

  async function undoLast(): Promise<void> {
    const actions = await manager.page('/recent-actions');
    const path = actions('form[action^="/recent-actions/"]').first().attr('action') ?? '';
    expect((await manager.post(path)).status).toBe(303);
  }
});

describe('R1.1 who may see and change them', () => {
  test('a reveal shows one value and leaves an event', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Revealed', phone: '+8613812345001' });
    const pointId = await createContactPoint(product.deps, { customerId: id, value: '+8613912345002' });
    const response = await manager.post(`/customers/${id}/contact-points/${pointId}/reveal`);
    expect(response.status).toBe(200);
    expect(response.text).toContain('139 1234 5002');
    const events = await product.query(
      z.object({ action: z.string(), actor_id: z.string() }),
      `SELECT action, actor_id FROM audit_log WHERE operation = 'event' AND record_id = $1`,
      [id],
    );
    expect(events).toEqual([{ action: 'customers.phone-revealed', actor_id: manager.user.id }]);
  });

  test('those who may only read see masks and no forms; out of scope there is nothing', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Read only', phone: '+8613812346001' });
    const pointId = await createContactPoint(product.deps, { customerId: id });
    const path = `/customers/${id}/contact-points`;
    const reader = await product.signIn({ role: 'auditor' });
    expect((await cardOf(reader, id))('form')).toHaveLength(0);
    expect((await reader.post(path, form('13912346002'))).status).toBe(403);
    expect((await reader.post(`${path}/${pointId}/first`)).status).toBe(403);
    expect((await reader.post(`${path}/${pointId}/removal`)).status).toBe(403);
    expect((await reader.post(`${path}/${pointId}/reveal`)).status).toBe(403);
    const agent = await product.signIn({ role: 'agent' });
    expect((await agent.post(`${path}/${pointId}/reveal`)).status).toBe(403);
    expect((await agent.post(`${path}/${pointId}/removal`)).status).toBe(403);
    const account = await product.signIn({ role: 'account' });
    expect((await account.post(`${path}/${pointId}/reveal`)).status).toBe(404);
    const other = await createCustomer(product.deps);
    for (const verb of ['first', 'removal', 'reveal'])
      expect((await manager.post(`/customers/${other.id}/contact-points/${pointId}/${verb}`)).status).toBe(
        404,
      );
  });
});
