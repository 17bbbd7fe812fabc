import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { historyHref } from '../../src/modules/admin/audit-log/history-href.js';
import { recordEvent } from '../../src/core/events.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { auditSentences } from './audit-of.js';

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
    'SELECT id::text FROM audit_log WHERE record_id = $1 AND operation = $2 ORDER BY audit_log.id DESC LIMIT 1',
    [recordId, operation],
  );
  return reader.page(`/admin/audit-log/${row?.id ?? ''}`);
};

describe('R5.3 the audit log in sentences', () => {
  test('a change names who, which record and what, in both languages', async () => {
    const { id, customerNo } = await changedCustomer({ city: '北京', gender: 'female' });
    const query = historyHref('customers', id).split('?')[1] ?? '';
    expect(await auditSentences(auditor, query)).toEqual([
      `Li Wei changed customer ${customerNo} 张三: gender – → female; city 长沙 → 北京`,
      `factory created customer ${customerNo} 张三`,
    ]);
    expect((await auditSentences(chinese, query))[0]).toBe(
      `Li Wei修改了客户 ${customerNo} 张三：性别 – → 女；城市 长沙 → 北京`,
    );
  });

  test('people, teams and branches stand by name, moments and days as the reader writes them', async () => {
    const owner = await createUser(product.deps, { name: '王小明' });
    const teamId = await createTeam(product.deps, { name: 'North' });
    const { id } = await changedCustomer({ ownerId: owner.id, teamId });
    const [sentence] = await auditSentences(auditor, `table=customers&record=${id}`);
    expect(sentence).toContain('owner – → 王小明; team – → North');
    const page = await entryOf(auditor, id, 'update');
    expect(page('#changes').parent().text()).toContain('North');
  });

  test('joining rows read as what they mean', async () => {
    const teamId = await createTeam(product.deps, { name: 'South' });
    const user = await createUser(product.deps, { name: 'Anna', role: 'agent', teamIds: [teamId] });
    expect(await auditSentences(auditor, `table=team_members&q=`)).toContain(
      'factory added Anna to team South',
    );
    expect(await auditSentences(auditor, 'table=user_roles')).toContain(
      'factory gave Anna the role Service agent',
    );
    expect(await auditSentences(chinese, 'table=user_roles')).toContain('factory授予Anna角色客服');
    expect(await auditSentences(auditor, `q=${user.username.toUpperCase()}`)).toEqual([
      `factory created user Anna (${user.username})`,
    ]);
  });

  test('the recycle bin, and many changes at once', async () => {
    const { id, customerNo } = await changedCustomer({
      city: 'A',
      source: 'B',
      remark: 'C',
      gender: 'male',
      name: 'D',
    });
    await unitOfWork({ deps: product.deps, actor: asLiWei }, 'customers.deleted', (tx) =>
      tx.customer.update({ where: { id }, data: { deletedAt: new Date() } }),
    );
    const [binned, changed] = await auditSentences(auditor, `table=customers&record=${id}`);
    expect(binned).toBe(`Li Wei moved customer ${customerNo} D to the recycle bin`);
    expect(changed).toMatch(/; 2 more$/);
  });

  test('events have sentences of their own; an unknown action has a general one', async () => {
    await product.anonymous().signIn('nobody', 'wrong');
    await auditor.get('/admin/users');
    const leaver = await product.signIn({ name: 'Anna' });
    await leaver.post('/logout');
    await recordEvent(
      { deps: product.deps, actor: asLiWei },
      { action: 'gadgets.shaken', details: { lng: 'zh-CN', count: 3 } },
    );
    const customer = await createCustomer(product.deps, { name: 'Bo' });
    await recordEvent(
      { deps: product.deps, actor: asLiWei },
      { action: 'customers.phone-revealed', tableName: 'customers', recordId: customer.id },
    );
    const found = await auditSentences(auditor, 'operation=event');
    expect(found).toContain('nobody was refused at sign-in: unknown user name');
    expect(found).toContain(`${auditor.user.name} signed in`);
    expect(found).toContain(`${auditor.user.name} was denied GET /admin/users (missing: Manage users)`);
    expect(found).toContain('Anna ended a sign-in of their own');
    expect(found).toContain('Li Wei: gadgets.shaken');
    expect(found).toContain(`Li Wei revealed the phone of customer ${customer.customerNo} Bo`);
    expect(await auditSentences(chinese, 'operation=event')).toContain('nobody登录被拒：用户名不存在');
    const page = await entryOf(auditor, customer.id, 'event');
    expect(page('h1').text()).toContain('revealed the phone');
  });
});

describe('R5.3 one entry of the audit log', () => {
  test('shows the changed fields alone, with before and after, and leads to the record and the request', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Anna Berg' });
    const editor = await product.signIn({ role: 'administrator', name: 'Li Wei' });
    await editor.post(`/customers/${id}`, {
      name: 'Anna Berg',
      birthCalendar: 'solar',
      city: '上海',
      version: '1',
    });
    const page = await entryOf(auditor, id, 'update');
    const rows = page('#changes').parent().find('tbody tr').toArray();
    expect(
      rows.map((row) =>
        page(row)
          .find('td')
          .toArray()
          .map((cell) => page(cell).text()),
      ),
    ).toEqual([['city', '', '上海']]);
    expect(page(`a[href="/customers/${id}"]`).length).toBe(1);
    const request = page('a[href*="request="]').attr('href') ?? '';
    const same = await auditor.page(request);
    expect(
      same('.list a.row-link')
        .toArray()
        .map((link) => same(link).text()),
    ).toEqual([page('h1').text()]);
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
      expect(html).not.toMatch(/canary|v1\.[a-z0-9]+\.|\$2b\$|13912345678|\*5678|芙蓉/);
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
