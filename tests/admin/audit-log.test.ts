import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { historyHref } from '../../src/modules/admin/audit-log/history-href.js';
import { recordEvent } from '../../src/core/events.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const phone = '+8613912345678';
const address = '芙蓉中路一段 593 号';

let product: TestProduct;
let auditor: TestClient;
let chinese: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  auditor = await product.signIn({ role: 'auditor' });
  chinese = await product.signIn({ role: 'auditor', locale: 'zh-CN' });
});
afterAll(() => product.close());

async function sentences(reader: TestClient, query: string): Promise<string[]> {
  const page = await reader.page(`/admin/audit-log?${query}`);
  return page('.list a.row-link').toArray().map((link) => page(link).text());
}

const asLiWei = { id: null, name: 'Li Wei', address: '10.0.0.7' };

async function changedCustomer(data: Record<string, string | null>) {
  const customer = await createCustomer(product.deps, { name: '张三', city: '长沙', phone, address });
  await unitOfWork({ deps: product.deps, actor: asLiWei }, 'customers.changed', (tx) =>
    tx.customer.update({ where: { id: customer.id }, data }),
  );
  return customer;
}

const entryOf = async (reader: TestClient, recordId: string, operation: string) => {
  const [row] = await product.query(
    z.object({ id: z.string() }),
    'SELECT id::text FROM audit_log WHERE record_id = $1 AND operation = $2 ORDER BY id DESC LIMIT 1',
    [recordId, operation],
  );
  return reader.page(`/admin/audit-log/${row?.id ?? ''}`);
};

describe('R5.3 the audit log in sentences', () => {
  test('a change names who, which record and what, in both languages', async () => {
    const { id, customerNo } = await changedCustomer({ city: '北京', gender: 'female' });
    const query = historyHref('customers', id).split('?')[1] ?? '';
    expect(await sentences(auditor, query)).toEqual([
      `Li Wei changed customer ${customerNo} 张三: gender – → female; city 长沙 → 北京`,
      `factory created customer ${customerNo} 张三`,
    ]);
    expect((await sentences(chinese, query))[0]).toBe(`Li Wei修改了客户 ${customerNo} 张三：性别 – → 女；城市 长沙 → 北京`);
  });

  test('people, teams and branches stand by name, moments and days as the reader writes them', async () => {
    const owner = await createUser(product.deps, { name: '王小明' });
    const teamId = await createTeam(product.deps, { name: 'North' });
    const { id } = await changedCustomer({ ownerId: owner.id, teamId });
    const [sentence] = await sentences(auditor, `table=customers&record=${id}`);
    expect(sentence).toContain('owner – → 王小明; team – → North');
    const page = await entryOf(auditor, id, 'update');
    expect(page('#changes').parent().text()).toContain('North');
  });

  test('joining rows read as what they mean', async () => {
    const teamId = await createTeam(product.deps, { name: 'South' });
    const user = await createUser(product.deps, { name: 'Anna', role: 'agent', teamIds: [teamId] });
    expect(await sentences(auditor, `table=team_members&q=`)).toContain('factory added Anna to team South');
    expect(await sentences(auditor, 'table=user_roles')).toContain('factory gave Anna the role Service agent');
    expect(await sentences(chinese, 'table=user_roles')).toContain('factory授予Anna角色客服');
    expect(await sentences(auditor, `q=${user.username.toUpperCase()}`)).toEqual([`factory created user Anna (${user.username})`]);
  });

  test('the recycle bin, and many changes at once', async () => {
    const { id, customerNo } = await changedCustomer({ city: 'A', source: 'B', remark: 'C', gender: 'male', name: 'D' });
    await unitOfWork({ deps: product.deps, actor: asLiWei }, 'customers.deleted', (tx) =>
      tx.customer.update({ where: { id }, data: { deletedAt: new Date() } }),
    );
    const [binned, changed] = await sentences(auditor, `table=customers&record=${id}`);
    expect(binned).toBe(`Li Wei moved customer ${customerNo} D to the recycle bin`);
    expect(changed).toMatch(/; 2 more$/);
  });

  test('events have sentences of their own; an unknown action has a general one', async () => {
    await product.anonymous().signIn('nobody', 'wrong');
    await auditor.get('/admin/users');
    await recordEvent({ deps: product.deps, actor: asLiWei }, { action: 'gadgets.shaken', details: { lng: 'zh-CN', count: 3 } });
    const customer = await createCustomer(product.deps, { name: 'Bo' });
    await recordEvent({ deps: product.deps, actor: asLiWei }, { action: 'customers.phone-revealed', tableName: 'customers', recordId: customer.id });
    const found = await sentences(auditor, 'operation=event');
    expect(found).toContain('nobody was refused at sign-in: unknown user name');
    expect(found).toContain(`${auditor.user.name} signed in`);
    expect(found).toContain(`${auditor.user.name} was denied GET /admin/users (missing: Manage users)`);
    expect(found).toContain('Li Wei: gadgets.shaken');
    expect(found).toContain(`Li Wei revealed the phone of customer ${customer.customerNo} Bo`);
    expect(await sentences(chinese, 'operation=event')).toContain('nobody登录被拒：用户名不存在');
    const page = await entryOf(auditor, customer.id, 'event');
    expect(page('h1').text()).toContain('revealed the phone');
  });
});

describe('R5.3 one entry of the audit log', () => {
  test('shows the changed fields alone, with before and after, and leads to the record and the request', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Anna Berg' });
    const editor = await product.signIn({ role: 'administrator', name: 'Li Wei' });
    await editor.post(`/customers/${id}`, { name: 'Anna Berg', birthCalendar: 'solar', city: '上海', version: '1' });
    const page = await entryOf(auditor, id, 'update');
    const rows = page('#changes').parent().find('tbody tr').toArray();
    expect(rows.map((row) => page(row).find('td').toArray().map((cell) => page(cell).text()))).toEqual([['city', '', '上海']]);
    expect(page(`a[href="/customers/${id}"]`).length).toBe(1);
    const request = page('a[href*="request="]').attr('href') ?? '';
    const same = await auditor.page(request);
    expect(same('.list a.row-link').toArray().map((link) => same(link).text())).toEqual([page('h1').text()]);
  });

  test('R5.5 shows no contact data, no ciphertext, no hash, no password', async () => {
    const { id } = await changedCustomer({ phoneEncrypted: 'v1.k1.canary', phoneHash: 'hash-canary' });
    const user = await createUser(product.deps);
    const administrator = await product.signIn();
    await administrator.post(`/admin/users/${user.id}/password`);
    const pages = [
      await entryOf(auditor, id, 'insert'),
      await entryOf(auditor, id, 'update'),
      await entryOf(auditor, user.id, 'insert'),
      await entryOf(auditor, user.id, 'update'),
      await auditor.page('/admin/audit-log'),
    ];
    for (const page of pages) {
      const html = page.html();
      expect(html).not.toMatch(/canary|v1\.[a-z0-9]+\.|\$2b\$|13912345678|5678|593/);
      expect(html).not.toContain('password_hash');
    }
    expect(pages[1]?.('#changes').parent().text()).toMatch(/phone\s*changed/);
    expect(pages[3]?.('#changes').parent().text()).toContain('must choose a new password');
  });

  test('answers 404 for none', async () => {
    for (const id of ['0', '999999999', '999999999999999999', '9999999999999999999', 'x', '1e3', '-1']) {
      expect((await auditor.get(`/admin/audit-log/${id}`)).status, id).toBe(404);
    }
  });
});

describe('R5.3 finding things in the audit log', () => {
  test('filters by person, kind of record, action and operation, in words that can be taken away', async () => {
    const administrator = await product.signIn({ name: 'Zhao' });
    await administrator.post('/admin/branches', { name: 'Filtered' });
    await administrator.post('/admin/outbox/test-message', { address: 'a@example.com' });
    const person = `person=${administrator.user.id}`;
    expect(await sentences(auditor, `${person}&table=branches&action=branches.created&operation=insert`)).toEqual(['Zhao created branch Filtered']);
    expect(await sentences(auditor, `${person}&operation=delete`)).toEqual([]);
    expect(await sentences(auditor, `${person}&table=outbox_messages`)).toEqual(['Zhao wrote a test message']);
    const page = await auditor.page(`/admin/audit-log?${person}&operation=insert`);
    expect(page('.active-filters .chip').toArray().map((chip) => page(chip).text().trim())).toEqual([
      `Person: Zhao (${administrator.user.username})`,
      'Operation: Created',
    ]);
  });

  test('a period is days in the product’s time zone, both included', async () => {
    // 2031-03-31 and 2031-04-01 in Shanghai begin at 16:00 the day before in UTC.
    const moments = ['2031-03-30T15:59:59Z', '2031-03-30T16:00:00Z', '2031-03-31T15:59:59Z', '2031-03-31T16:00:00Z'];
    for (const [index, moment] of moments.entries()) {
      await product.query(
        z.unknown(),
        `INSERT INTO audit_log (at, actor_name, action, operation) VALUES ($1, $2, 'period.tested', 'event')`,
        [moment, `moment ${index}`],
      );
    }
    const found = async (query: string) => (await sentences(auditor, query)).filter((text) => text.includes('period.tested'));
    expect(await found('from=2031-03-31&to=2031-03-31')).toEqual(['moment 2: period.tested', 'moment 1: period.tested']);
    expect(await found('from=2031-04-01')).toEqual(['moment 3: period.tested']);
    expect(await found('from=2031-03-01&to=2031-03-30')).toEqual(['moment 0: period.tested']);
    expect(await found('to=2031-03-30&from=')).toEqual(['moment 0: period.tested']);
  });

  test('refuses what it does not know', async () => {
    for (const query of [
      'table=sessions',
      'table=x%27--',
      'record=x',
      'action=no.such',
      'operation=truncate',
      'person=x',
      'from=2026-02-30',
      'from=2026-03-02&to=2026-03-01',
      'request=%27',
      'after=x',
      'sort=actor_name',
      'actor=1',
      'table=users&table=roles',
    ]) {
      expect((await auditor.get(`/admin/audit-log?${query}`)).status, query).toBe(422);
    }
    const cursorOfAnotherList = Buffer.from(JSON.stringify(['next', '1', '00000000-0000-7000-8000-000000000000'])).toString('base64url');
    expect((await auditor.get(`/admin/audit-log?after=${cursorOfAnotherList}`)).status).toBe(422);
  });

  test('is closed to others', async () => {
    const agent = await product.signIn({ role: 'agent' });
    expect((await agent.get('/admin/audit-log')).status).toBe(403);
    expect((await agent.get('/admin/audit-log/1')).status).toBe(403);
  });

  test('pages forth and back without losing or repeating a row, the newest first, in six statements each', async () => {
    const name = 'Paged';
    await unitOfWork({ deps: product.deps, actor: asLiWei }, 'factory.created', (tx) =>
      tx.$executeRaw`INSERT INTO teams (id, name) SELECT gen_random_uuid(), ${name} || ' ' || n FROM generate_series(1, 120) AS n`,
    );
    const ids = await product.query(
      z.object({ id: z.string() }),
      `SELECT id::text FROM audit_log WHERE table_name = 'teams' AND actor_name = 'Li Wei' ORDER BY id DESC`,
    );
    const query = '/admin/audit-log?table=teams&operation=insert';
    const seen: string[] = [];
    let path = query;
    let previous = '';
    const statements = vi.spyOn(pg.Client.prototype, 'query');
    while (path !== '') {
      statements.mockClear();
      const page = await auditor.page(path);
      expect(statements.mock.calls.length).toBeLessThanOrEqual(6);
      seen.push(...page('.list tbody tr').toArray().map((row) => (page(row).attr('id') ?? '').replace('row-', '')));
      previous = page('.pager a[rel=prev]').attr('href') ?? '';
      path = page('.pager a[rel=next]').attr('href') ?? '';
    }
    statements.mockRestore();
    expect(seen.slice(0, 120)).toEqual(ids.map(({ id }) => id));
    expect(new Set(seen).size).toBe(seen.length);
    const back = await auditor.page(previous);
    expect(back('.list tbody tr').first().attr('id')).toBe(`row-${seen[50] ?? ''}`);
  });
});
