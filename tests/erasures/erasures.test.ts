import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { addEmail } from '../../src/core/outbox.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { cellMatcher } from '../../src/modules/erasures/cell-matcher.js';
import { forgetOldMessages, messageDays } from '../../src/modules/erasures/message-expiry.js';
import type { TestClient } from '../support/client.js';
import { createContactRecord } from '../support/factories/contact-record.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let administrator: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  administrator = await product.signIn();
});
afterAll(() => product.close());

const erase = (client: TestClient, { id, customerNo }: { id: string; customerNo: string }, reason = 'law') =>
  client.post(`/customers/${id}/erasure`, { customerNo, reason });

describe('R1.12 the page before an erasure', () => {
  test('says in numbers what goes and what stays', async () => {
    const person = await createCustomer(product.deps, {
      name: '张三',
      phone: '+8613812340010',
      wechat: 'zs',
    });
    await createPurchase(product.deps, { customerId: person.id });
    await createContactRecord(product.deps, { customerId: person.id });
    const record = await administrator.page(`/customers/${person.id}`);
    expect(record(`a[href="/customers/${person.id}/erasure"]`).length).toBe(1);
    const page = await administrator.page(`/customers/${person.id}/erasure`);
    expect(page('#goes').parent().text()).toContain('2 ways to reach them');
    expect(page('#goes').parent().text()).toContain('The words of 1 contact record');
    expect(page('#stays').parent().text()).toContain('Day, item and amount of 1 purchase');
    expect(page('#stays').parent().text()).toContain('Backups keep everything');
  });

  test('is shown again with what was typed when the number is another one or the reason is missing', async () => {
    const person = await createCustomer(product.deps);
    for (const fields of [
      { customerNo: 'T1', reason: 'law' },
      { customerNo: person.customerNo, reason: '' },
      { customerNo: person.customerNo, reason: 'because' },
    ]) {
      const response = await administrator.post(`/customers/${person.id}/erasure`, fields);
      expect(response.status).toBe(422);
      expect(load(response.text)('input[name="customerNo"]').attr('value')).toBe(fields.customerNo);
    }
    const rows = await product.query(z.unknown(), 'SELECT 1 FROM customers WHERE erased_at IS NOT NULL');
    expect(rows).toEqual([]);
  });

  test('is for administrators, and for records that there are', async () => {
    const person = await createCustomer(product.deps);
    for (const role of ['manager', 'agent', 'account', 'auditor'] as const) {
      const client = await product.signIn({ role });
      expect((await client.get(`/customers/${person.id}/erasure`)).status, role).toBe(403);
      expect((await erase(client, person)).status, role).toBe(403);
      expect((await client.get('/admin/erasures')).status, role).toBe(403);
    }
    expect((await administrator.get(`/customers/${newId()}/erasure`)).status).toBe(404);
    expect((await erase(administrator, { id: newId(), customerNo: 'X' })).status).toBe(404);
    expect((await administrator.get('/admin/erasures?sort=name')).status).toBe(422);
  });
});

describe('R1.12 an erased person', () => {
  test('is nowhere any more but in the list of erasures, and cannot be erased again', async () => {
    const person = await createCustomer(product.deps, { name: 'Erna Weg', phone: '+8613812340011' });
    await administrator.post(`/customers/${person.id}/deletion`, { version: '1' });
    const bin = await administrator.page(`/recycle-bin/${person.id}`);
    expect(bin(`a[href="/customers/${person.id}/erasure"]`).length).toBe(1);
    expect((await erase(administrator, person)).status).toBe(303);

    for (const path of ['', '/edit', '/erasure', '/personal-data', '/merge'])
      expect((await administrator.get(`/customers/${person.id}${path}`)).status, path).toBe(404);
    expect((await administrator.get(`/recycle-bin/${person.id}`)).status).toBe(404);
    expect((await administrator.post(`/recycle-bin/${person.id}/restoration`)).status).toBe(404);
    for (const path of ['/recycle-bin', '/customers?q=Erna', '/customers?q=13812340011', '/recent-actions'])
      expect((await administrator.page(path))('main').text(), path).not.toContain('Erna');
    const inList = await administrator.page(`/customers?q=${person.customerNo}`);
    expect(inList('tbody tr').length).toBe(0);

    const again = await erase(administrator, person);
    expect(again.status).toBe(409);
    expect(load(again.text)('main').text()).toContain('was erased already');
    const list = await administrator.page(`/admin/erasures?q=${person.customerNo}`);
    const row = list('tbody tr').first().text();
    for (const text of [person.customerNo, administrator.user.name, 'A law or an authority']) {
      expect(row).toContain(text);
    }
  });

  test('leaves the log saying who did what and when', async () => {
    const person = await createCustomer(product.deps, { name: 'Berta Fort' });
    await erase(administrator, person, 'person');
    const log = await administrator.page(`/admin/audit-log?table=customers&record=${person.id}`);
    expect(log('main').text()).toContain('(contents erased)');
    expect(log('main').text()).toContain(`erased the personal data of customer ${person.customerNo}`);
    expect(log('main').text()).not.toContain('Berta');
    const links = log('a[href^="/admin/audit-log/"]').toArray();
    expect(links.length).toBeGreaterThan(1);
    for (const link of links) {
      const entry = await administrator.page(log(link).attr('href') ?? '');
      expect(entry('main').text()).not.toContain('Berta');
    }
    const [event] = await product.query(
      z.object({ after: z.record(z.string(), z.unknown()), actor_id: z.string() }),
      `SELECT after, actor_id FROM audit_log WHERE action = 'customers.erased' AND operation = 'event' AND record_id = $1`,
      [person.id],
    );
    expect(event).toMatchObject({
      after: { customerNo: person.customerNo, erasureReason: 'person', count: 2 },
      actor_id: administrator.user.id,
    });
  });

  test('two administrators at once erase once', async () => {
    const person = await createCustomer(product.deps);
    const other = await product.signIn();
    const answers = await Promise.all([erase(administrator, person), erase(other, person)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
  });

  test('only entries about somebody erased can be redacted, and only by that function', async () => {
    const person = await createCustomer(product.deps);
    const redaction = product.deps.database.pool.query('SELECT redact_audit_log($1)', [person.id]);
    await expect(redaction).rejects.toThrow(/only entries about an erased person/);
  });
});

test('R1.12 a row of a file is recognised by a phone in any spelling, by other values as they are', () => {
  const matches = cellMatcher(['+8613812340012', 'wang@example.com', '王小明']);
  for (const cell of ['13812340012', '+86 138-1234-0012', '008613812340012', ' Wang@Example.com ', '王小明'])
    expect(matches(cell), cell).toBe(true);
  for (const cell of ['', '0012', '13812340013', '2026-01-02', 'an@example.com', '王小明明'])
    expect(matches(cell), cell).toBe(false);
});

test(`R1.12 messages are emptied ${messageDays} days after they were written, but for those still to be sent`, async () => {
  const { deps } = product;
  const email = { to: 'somebody@example.com', subject: 'Due today', text: 'Call 张三' };
  const ids = await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => [
    await addEmail(tx, deps, email),
    await addEmail(tx, deps, email),
    await addEmail(tx, deps, email),
  ]);
  await product.query(
    z.unknown(),
    `UPDATE outbox_messages SET created_at = now() - interval '31 days', state = CASE id WHEN $1 THEN 'sent' ELSE 'kept' END
     WHERE id = ANY ($2)`,
    [ids[0], ids.slice(0, 2)],
  );
  await forgetOldMessages(deps);
  const rows = await product.query(
    z.object({ state: z.string(), is_empty: z.boolean() }),
    `SELECT state, body_encrypted = '' AND recipient_encrypted = '' AS is_empty FROM outbox_messages
     WHERE id = ANY ($1) ORDER BY id`,
    [ids],
  );
  expect(rows).toEqual([
    { state: 'sent', is_empty: true },
    { state: 'expired', is_empty: true },
    { state: 'kept', is_empty: false },
  ]);
  expect((await administrator.page(`/admin/outbox/${ids[1] ?? ''}`))('main').text()).toContain('Emptied');
});
