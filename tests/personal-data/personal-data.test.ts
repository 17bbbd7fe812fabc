import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { revealsPerHour } from '../../src/modules/customers/reveal-limit.js';
import { pdf } from '../attachments/files.js';
import { proposedForm } from '../duplicates/merge-support.js';
import { readArchive } from './read-archive.js';
import type { TestClient } from '../support/client.js';
import { createContactPoint } from '../support/factories/contact-point.js';
import { createContactRecord } from '../support/factories/contact-record.js';
import { createCustomField } from '../support/factories/custom-field.js';
import { createCustomer, type TestCustomer } from '../support/factories/customer.js';
import { createCustomerContact } from '../support/factories/customer-contact.js';
import { createFollowUp } from '../support/factories/follow-up.js';
import { createPurchase } from '../support/factories/purchase.js';
import { createEntry, createRequest } from '../support/factories/service-request.js';
import { createTag } from '../support/factories/tag.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let folder: string;
let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'personal-data-'));
  product = await startTestProduct({ environment: { DATA_DIR: folder } });
  manager = await product.signIn({ role: 'manager' });
});
afterAll(async () => {
  await product.close();
  await rm(folder, { recursive: true, force: true });
});

const Buffered = z.instanceof(Buffer);

const take = async (client: TestClient, { id }: TestCustomer): Promise<ReadonlyMap<string, Buffer>> => {
  const response = await client.downloadByPost(`/customers/${id}/personal-data`);
  expect(response.status).toBe(200);
  expect(response.headers['content-type']).toBe('application/zip');
  expect(response.headers['content-disposition']).toMatch(/personal-data-.*\.zip/);
  return readArchive(Buffered.parse(response.body));
};

async function createPerson(): Promise<TestCustomer> {
  const { deps } = product;
  const staffId = manager.user.id;
  await createCustomField(deps, { key: 'shoe', label: 'Shoe size', kind: 'number' });
  const person = await createCustomer(deps, {
    ...{ name: '张三', phone: '+8613812340101', email: 'zhang@example.com', wechat: 'zhang_3' },
    ...{
      address: '南京路 1 号',
      birthDate: '1990-02-28',
      remark: 'Tea',
      habits: 'Sundays',
      needs: '<b>Quiet</b>',
    },
    customValues: { shoe: 38 },
  });
  const merged = await createCustomer(deps, { name: '章三', phone: '+8613812340102' });
  await createPurchase(deps, { customerId: merged.id, amount: '88.50', item: 'Facial care' });
  await createContactRecord(deps, { customerId: person.id, staffId, summary: 'Asked for a quiet room' });
  await createFollowUp(deps, {
    customerId: person.id,
    ownerId: staffId,
    dueOn: '2026-12-24',
    action: 'Send a card',
  });
  const request = await createRequest(deps, {
    ...{ type: 'complaint', customerId: merged.id, subject: 'Waited too long', description: 'An hour' },
  });
  await createEntry(deps, { requestId: request.id, body: 'Was really angry', authorId: staffId });
  await createContactPoint(deps, { customerId: person.id, value: '+8613812340103' });
  await createCustomerContact(deps, { customerId: person.id, name: 'Li Si', phone: '+8613812340104' });
  await createTag(deps, { name: 'Regular', customerIds: [person.id] });
  for (const name of ['合同.pdf', '合同.pdf', '../../evil.pdf']) {
    const file = { field: 'files', name, content: pdf };
    await manager.upload(`/customers/${person.id}/attachments`, { id: newId() }, file);
  }
  const { action, fields } = await proposedForm(manager, `/customers/${person.id}/merge?with=${merged.id}`);
  await manager.post(action, { ...fields, name: 'first', phone: 'first' });
  await manager.post(`/customers/${person.id}/contact/phone`);
  return person;
}

describe('R1.12 personal data of one person', () => {
  test('comes as one archive with everything that was stored, in clear, and nothing about others', async () => {
    const other = await createCustomer(product.deps, { name: 'Somebody Else', phone: '+8613812340199' });
    const person = await createPerson();
    const files = await take(manager, person);
    expect([...files.keys()]).toEqual([
      ...['data.json', 'overview.html'],
      ...['attachments/01 合同.pdf', 'attachments/02 合同.pdf', 'attachments/03 evil.pdf'],
    ]);
    for (const [path, bytes] of files) if (path.endsWith('.pdf')) expect(bytes.equals(pdf), path).toBe(true);

    const data: unknown = JSON.parse(files.get('data.json')?.toString('utf8') ?? '');
    expect(data).toMatchObject({
      profiles: [
        {
          ...{
            customer_no: person.customerNo,
            name: '张三',
            phone: '+8613812340101',
            address: '南京路 1 号',
          },
          ...{ email: 'zhang@example.com', wechat: 'zhang_3', birth_date: '1990-02-28', habits: 'Sundays' },
          custom_fields: [{ label: 'Shoe size', value: 38 }],
        },
        { name: '章三', phone: '+8613812340102' },
      ],
      contacts: [{ name: 'Li Si', phone: '+8613812340104' }],
      purchases: [{ amount: '88.50', item: 'Facial care' }],
      contact_records: [{ summary: 'Asked for a quiet room', staff: manager.user.name }],
      follow_ups: [{ action: 'Send a card', due_on: '2026-12-24', state: 'open' }],
      service_requests: [
        {
          ...{ subject: 'Waited too long', description: 'An hour', type: 'Complaint', state: 'New' },
          entries: [{ kind: 'note', body: 'Was really angry', author: manager.user.name }],
        },
      ],
      tags: ['Regular'],
      attachments: [{ path: 'attachments/01 合同.pdf', size: pdf.length }, {}, {}],
    });
    const text = JSON.stringify(data);
    expect(text).toContain('+8613812340103');
    expect(text).toContain('customers.phone-revealed');
    expect(text).not.toMatch(/"v1\.|_hash|_encrypted/);

    const overview = load(files.get('overview.html')?.toString('utf8') ?? '');
    for (const shown of [
      '138 1234 0101',
      '138 1234 0103',
      'Shoe size',
      'Asked for a quiet room',
      'Waited too long',
      'Was really angry',
      '<b>Quiet</b>',
    ])
      expect(overview('body').text(), shown).toContain(shown);
    expect(overview('h1').text()).toBe('Personal data of 张三');
    for (const bytes of files.values()) {
      expect(bytes.includes('Somebody Else') || bytes.includes('12340199') || bytes.includes(other.id)).toBe(
        false,
      );
    }
    const [event] = await product.query(
      z.object({ actor_id: z.string(), after: z.unknown() }),
      `SELECT actor_id, after FROM audit_log WHERE action = 'customers.personal-data-exported' AND record_id = $1`,
      [person.id],
    );
    expect(event).toEqual({ actor_id: manager.user.id, after: { customerNo: person.customerNo } });
  });

  test('begins with a page that says what it is', async () => {
    const person = await createCustomer(product.deps, { name: 'Anna' });
    const record = await manager.page(`/customers/${person.id}`);
    const href = record('a[href$="/personal-data"]').attr('href') ?? '';
    const page = await manager.page(href);
    expect(page('main').text()).toContain('stand in it in full');
    expect(page('form.edit-form').attr('action')).toBe(href);
  });

  test('is for administrators and managers, and for records that there are', async () => {
    const person = await createCustomer(product.deps);
    for (const role of ['agent', 'account', 'auditor'] as const) {
      const client = await product.signIn({ role });
      expect((await client.get(`/customers/${person.id}/personal-data`)).status, role).toBe(403);
      expect((await client.post(`/customers/${person.id}/personal-data`)).status, role).toBe(403);
    }
    expect((await manager.get(`/customers/${newId()}/personal-data`)).status).toBe(404);
    expect((await manager.post(`/customers/${newId()}/personal-data`)).status).toBe(404);
    expect((await manager.post(`/customers/${person.id}/personal-data`, { extra: '1' })).status).toBe(422);
  });

  test('is handed out as seldom as single values are revealed', async () => {
    const person = await createCustomer(product.deps);
    const client = await product.signIn({ role: 'manager' });
    await product.query(z.unknown(), 'INSERT INTO rate_limits (key, points, expire) VALUES ($1, $2, $3)', [
      `reveal:${client.user.id}`,
      revealsPerHour,
      Date.now() + 3_600_000,
    ]);
    expect((await client.post(`/customers/${person.id}/personal-data`)).status).toBe(429);
    const events = await product.query(
      z.unknown(),
      'SELECT 1 FROM audit_log WHERE actor_id = $1 AND action LIKE $2',
      [client.user.id, '%personal-data-exported'],
    );
    expect(events).toEqual([]);
  });

  test('never comes as half an archive: when a file is missing, the connection is cut', async () => {
    const person = await createCustomer(product.deps);
    const file = { field: 'files', name: 'a.pdf', content: pdf };
    await manager.upload(`/customers/${person.id}/attachments`, { id: newId() }, file);
    await rm(join(folder, 'attachments'), { recursive: true });
    await expect(manager.downloadByPost(`/customers/${person.id}/personal-data`)).rejects.toThrow();
  });
});
