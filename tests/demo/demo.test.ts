import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { ConfigError } from '../../src/config.js';
import { workingTimeBetween } from '../../src/core/working-time/add-working-time.js';
import { refuseWeakPassword } from '../../src/modules/auth/auth.service.js';
import { openContact } from '../../src/modules/customers/contact-details.js';
import { createCompany, type Company } from '../../src/modules/demo/company/company.js';
import { readDemoRecord, type DemoRecord } from '../../src/modules/demo/demo-record.js';
import { fillDemo } from '../../src/modules/demo/demo.service.js';
import { demoParts } from '../../src/modules/demo/demo-parts.js';
import { purchasesPart } from '../../src/modules/demo/parts/purchases.js';
import { readCalendars } from '../../src/modules/working-calendars/stored-calendar.js';
import { signInLines } from '../../src/modules/demo/sign-ins.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const scale = 0.04;

let product: TestProduct;
let company: Company;
beforeAll(async () => {
  product = await startTestProduct();
  vi.spyOn(purchasesPart, 'fill').mockRejectedValueOnce(new Error('killed'));
  await expect(fillDemo(product.deps, { scale })).rejects.toThrow('killed');
  expect(await count('customers')).toBe(120);
  expect(await count('purchases')).toBe(0);
  await fillDemo(product.deps, { scale });
  company = createCompany(await record());
});
afterAll(async () => {
  vi.restoreAllMocks();
  await product.close();
});

async function count(table: string, where = 'TRUE'): Promise<number> {
  const [row] = await product.query(
    z.object({ count: z.coerce.number() }),
    `SELECT count(*) FROM ${table} WHERE ${where}`,
  );
  return row?.count ?? 0;
}

async function record(): Promise<DemoRecord> {
  const found = await readDemoRecord(product.deps.database.models);
  if (!found) throw new Error('no demo was begun');
  return found;
}

describe('R6.1 the demo is filled once', () => {
  test('a start after a killed one goes on where that one ended, without doubling', async () => {
    expect((await record()).parts).toEqual(demoParts.map(({ name }) => name));
    expect(await count('branches')).toBe(company.branches.length);
    expect(await count('teams')).toBe(company.branches.length);
    expect(await count('users')).toBe(company.staff.length);
    expect(await count('user_roles')).toBe(company.staff.length);
    expect(await count('customers')).toBe(company.customers.length);
    expect(await count('purchases')).toBe(company.purchases.length);
    expect(company.purchases.length).toBeGreaterThan(600);
  });

  test('the next start finds it and writes nothing', async () => {
    const before = await count('audit_log');
    await fillDemo(product.deps, { scale: 1 });
    expect(await count('audit_log')).toBe(before);
  });

  test('each row stands in the audit log, with the demo as its author', async () => {
    for (const table of ['branches', 'customers', 'purchases']) {
      const inserts = `table_name = '${table}' AND operation = 'insert' AND action = 'demo.filled' AND actor_name = 'demo'`;
      expect(await count('audit_log', inserts), table).toBe(await count(table));
    }
  });

  test('an installation that is in use is left alone', async () => {
    const used = await startTestProduct();
    await createUser(used.deps);
    await expect(fillDemo(used.deps)).rejects.toThrow(ConfigError);
    await expect(fillDemo(used.deps)).rejects.toThrow(/in use.*DATA_DIR/);
    expect(await readDemoRecord(used.deps.database.models)).toBeUndefined();
    await used.close();
  });
});

describe('R6.1 five people can sign in', () => {
  const lines = () => signInLines(product.deps.keys).map((line) => line.split('\t'));

  test('with the passwords that are printed, the same at every start', () => {
    expect(lines().map(([role, username]) => [role, username])).toEqual(
      ['admin', 'manager', 'agent', 'account', 'auditor'].map((name) => [name, name]),
    );
    expect(new Set(lines().map(([, , password]) => password)).size).toBe(5);
    expect(signInLines(product.deps.keys)).toEqual(signInLines(product.deps.keys));
  });

  test('and that the product takes as passwords', () => {
    for (const [, username = '', password = ''] of lines()) {
      expect(password).toMatch(/^[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}$/);
      expect(() => refuseWeakPassword(password, username, 'password')).not.toThrow();
    }
  });

  test('into the role that is printed, without being asked for another password', async () => {
    for (const [role = '', username = '', password = ''] of lines()) {
      const client = product.anonymous();
      expect((await client.signIn(username, password)).headers['location'], username).toBe('/');
      expect((await client.get('/')).status, username).toBe(200);
      expect((await client.get('/admin/users')).status, username).toBe(role === 'admin' ? 200 : 403);
      expect((await client.get('/customers/new')).status, username).toBe(role === 'auditor' ? 403 : 200);
    }
  });

  test('and nobody else has a password that somebody knows', async () => {
    const others = "username NOT IN ('admin', 'manager', 'agent', 'account', 'auditor')";
    expect(await count('users', others)).toBe(35);
    expect(await count('users', `${others} AND disabled_at IS NOT NULL`)).toBe(2);
  });
});

describe('R2.8 requests of the demo', () => {
  test('are answered and closed in working time, and never after the company was made', async () => {
    const [id = ''] = (
      await product.query(z.object({ id: z.string() }), 'SELECT id FROM working_calendars WHERE is_default')
    ).map((row) => row.id);
    const calendar = (await readCalendars(product.deps.database, [id])).get(id);
    if (!calendar) throw new Error('no calendar');
    const steps = await product.query(
      z.object({ at: z.date() }),
      `SELECT changed_at AS at FROM request_state_changes JOIN service_requests ON service_requests.id = request_id
       WHERE from_state_id IS NOT NULL`,
    );
    expect(steps.length).toBeGreaterThan(100);
    for (const { at } of steps) {
      const minuteBefore = new Date(at.getTime() - 60_000);
      expect(workingTimeBetween(calendar, minuteBefore, at), at.toISOString()).toBeGreaterThan(0);
    }
    const { createdOn } = await record();
    expect(await count('service_requests', `closed_at >= '${createdOn}T00:00:00+08:00'`)).toBe(0);
  });

  test('are rated by some, and a low score has its recovery', async () => {
    const asked = await count('surveys');
    const answered = await count('surveys', 'answered_at IS NOT NULL');
    expect(answered).toBeGreaterThan(asked / 4);
    expect(answered).toBeLessThan(asked);
    expect(await count('surveys', 'service_score >= 4')).toBeGreaterThan(answered / 2);
    expect(await count('surveys', 'answered_at > now() OR answered_at < closed_at')).toBe(0);
    const recovered = `round = 1 AND service_score <= 2 AND EXISTS (
      SELECT FROM service_requests JOIN request_relations ON from_id = service_requests.id AND kind = 'recovers'
      WHERE origin = 'recovery:' || surveys.id AND to_id = surveys.request_id)`;
    expect(await count('surveys', recovered)).toBe(
      await count('surveys', 'round = 1 AND service_score <= 2'),
    );
    const manager = await product.signIn({ role: 'manager' });
    expect((await manager.get('/evaluations')).status).toBe(200);
  });
});

describe('R1.2 the product works on the demo', () => {
  test('customers were contacted by those who look after them, and something is planned', async () => {
    expect(await count('contact_records')).toBeGreaterThan(company.customers.length / 2);
    expect(await count('contact_records', 'happened_at > now()')).toBe(0);
    expect(await count('follow_ups', `state = 'open'`)).toBeGreaterThan(3);
    expect(await count('follow_ups', `state = 'done' AND contact_record_id IS NULL`)).toBe(0);
    const strangers = `EXISTS (SELECT FROM customers WHERE customers.id = customer_id AND owner_id <> staff_id)`;
    expect(await count('contact_records', strangers)).toBe(0);
  });

  test('the totals by customer are those of a recount', async () => {
    const different = `SELECT customer_id FROM (
        SELECT customer_id, purchase_count, refund_count, total_amount, first_purchase_on, last_purchase_on
        FROM customer_purchase_totals
        EXCEPT
        SELECT customers.id, count(*) FILTER (WHERE amount >= 0), count(*) FILTER (WHERE amount < 0), coalesce(sum(amount), 0),
               min(purchased_on) FILTER (WHERE amount >= 0), max(purchased_on) FILTER (WHERE amount >= 0)
        FROM customers LEFT JOIN purchases ON purchases.customer_id = customers.id GROUP BY customers.id) AS differing`;
    expect(await product.query(z.object({ customer_id: z.string() }), different)).toEqual([]);
    expect(await count('customer_purchase_totals')).toBe(company.customers.length);
    expect(await count('purchases', 'amount < 0')).toBeGreaterThan(0);
  });

  test('contact data is stored encrypted and opens again', async () => {
    const { cipher, database } = product.deps;
    for (const { id, phone, email, wechat, address } of company.customers) {
      const row = await database.models.customer.findUniqueOrThrow({ where: { id } });
      expect(openContact(cipher, id, 'phone', row.phoneEncrypted)).toBe(phone);
      expect(openContact(cipher, id, 'email', row.emailEncrypted)).toBe(email);
      expect(openContact(cipher, id, 'wechat', row.wechatEncrypted)).toBe(wechat);
      expect(openContact(cipher, id, 'address', row.addressEncrypted)).toBe(address);
    }
  });

  test('a customer is found by phone, by pinyin and by number', async () => {
    const admin = await product.signIn();
    const [index, customer] =
      [...company.customers.entries()].find(([, found]) => found.phone && !found.deletion) ?? [];
    const number = `C${String((index ?? 0) + 1).padStart(6, '0')}`;
    for (const query of [customer?.phone ?? '', customer?.person.name ?? '', number]) {
      const page = await admin.page(`/customers?q=${encodeURIComponent(query)}`);
      expect(page('#list').text(), query).toContain(number);
    }
  });

  test('new customers get the numbers that follow', async () => {
    const [row] = await product.query(
      z.object({ last_value: z.coerce.number() }),
      'SELECT last_value FROM customer_numbers',
    );
    expect(row?.last_value).toBe(company.customers.length);
  });

  test('what is deleted lies in the recycle bin, and the public pool has no team', async () => {
    const deleted = company.customers.filter(({ deletion }) => deletion).length;
    expect(await count('customers', 'deleted_at IS NOT NULL')).toBe(deleted);
    const free = company.customers.filter(({ owner }) => !owner).length;
    expect(await count('customers', 'owner_id IS NULL AND team_id IS NULL')).toBe(free);
    expect(await count('customers', 'branch_id IS NULL')).toBe(0);
  });
});
