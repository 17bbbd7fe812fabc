import { afterAll, beforeEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openContact } from '../../src/modules/customers/contact-details.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { businessRows } from './business-rows.js';
import { checkFile, createLines, importCounts, importLines, rowReports } from './wizard.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

let number = 0;
let customerNo = '';
let phone = '';
beforeEach(() => {
  number += 1;
  customerNo = `K${number}`;
  phone = `+86138001${String(number).padStart(5, '0')}`;
});

const Stored = z.object({
  id: z.string(),
  customer_no: z.string(),
  name: z.string(),
  name_pinyin: z.string(),
  phone_encrypted: z.string().nullable(),
  address_encrypted: z.string().nullable(),
  city: z.string().nullable(),
  remark: z.string().nullable(),
  version: z.number(),
});

/** The customers with a name or a number, oldest first, with their phones in clear. */
async function stored(nameOrNumber: string) {
  const rows = await product.query(
    Stored,
    'SELECT * FROM customers WHERE name = $1 OR customer_no = $1 ORDER BY created_at, id',
    [nameOrNumber],
  );
  const { cipher } = product.deps;
  return rows.map((row) => ({
    ...row,
    phone: openContact(cipher, row.id, 'phone', row.phone_encrypted),
    address: openContact(cipher, row.id, 'address', row.address_encrypted),
  }));
}

describe('R1.8 a customer that is there already', () => {
  const existing = () =>
    createCustomer(product.deps, {
      customerNo,
      phone,
      name: '张三',
      city: '上海',
      address: '南京路1号',
      remark: 'VIP',
    });

  test('"skip" leaves it alone and says who it is', async () => {
    await existing();
    const lines = ['客户编号,姓名,手机', `${customerNo},李四,${phone}`, `,王五,${phone}`];
    const id = await createLines(product, manager, lines);
    await checkFile(product, manager, id, { policy: 'skip' });
    expect(await rowReports(product, id)).toEqual([
      [2, 'skipped', 'remark.isStored'],
      [3, 'skipped', 'remark.repeatsRow'],
    ]);
    const page = await manager.page(`/imports/${id}`);
    expect(page('main').text()).toContain('There is nothing to import');
    expect(page(`form[action$="/run"]`)).toHaveLength(0);
    expect((await manager.post(`/imports/${id}/run`, { version: '3' })).status).toBe(409);
  });

  test('"update" changes what the row says; empty cells never erase; the audit holds one change for each', async () => {
    const { id: customerId } = await existing();
    const lines = ['客户编号,姓名,手机,城市,地址,备注', `${customerNo},李四,,杭州,南京路1号,`];
    const id = await importLines(product, manager, lines, { choices: { policy: 'update' } });
    expect(await importCounts(product, id)).toMatchObject({ state: 'done', updated: 1, created: 0 });
    const [customer] = await stored(customerNo);
    expect(customer).toMatchObject({
      name: '李四',
      name_pinyin: 'lisi',
      phone,
      address: '南京路1号',
      city: '杭州',
      remark: 'VIP',
      version: 2,
    });
    const audited = await product.query(
      z.object({ action: z.string(), actor_id: z.string(), undoable: z.boolean() }),
      `SELECT action, actor_id::text, undoable_action_id IS NOT NULL AS undoable
       FROM audit_log WHERE record_id = $1 AND operation = 'update'`,
      [customerId],
    );
    expect(audited).toEqual([{ action: 'imports.run', actor_id: manager.user.id, undoable: true }]);
  });

  test('a row that says nothing new is unchanged, whatever its spelling', async () => {
    await existing();
    const before = await businessRows(product);
    const spelled = `${phone.slice(3, 6)}-${phone.slice(6, 10)}-${phone.slice(10)}`;
    const lines = ['客户编号,姓名,手机,地址', `${customerNo},张三,${spelled},南京路1号`];
    const id = await createLines(product, manager, lines);
    await checkFile(product, manager, id, { policy: 'update' });
    expect(await rowReports(product, id)).toEqual([[2, 'unchanged']]);
    expect(await businessRows(product)).toEqual(before);
  });

  test('"create" rejects a number that is taken and creates the rest', async () => {
    await existing();
    const lines = ['客户编号,姓名,手机', `${customerNo},甲${number},`, `,乙${number},${phone}`];
    const id = await importLines(product, manager, lines, { choices: { policy: 'create' } });
    expect(await rowReports(product, id)).toEqual([
      [2, 'rejected', 'problem.numberTaken'],
      [3, 'created', 'remark.phoneOfCustomer'],
    ]);
    expect(await stored(`乙${number}`)).toHaveLength(1);
  });

  test('in the recycle bin, or beyond what may be edited, it is rejected with the reason', async () => {
    const { id: customerId } = await existing();
    const clerk = await product.signIn({
      grants: {
        'imports:run': 'all',
        'customers:create': 'all',
        'customers:read': 'all',
        'customers:edit': 'own',
      },
    });
    const lines = ['客户编号,姓名', `${customerNo},别人`];
    const foreign = await createLines(product, clerk, lines);
    await checkFile(product, clerk, foreign, { policy: 'update' });
    expect(await rowReports(product, foreign)).toEqual([[2, 'rejected', 'problem.notYours']]);

    await manager.post(`/customers/${customerId}/deletion`, { version: '1' });
    const deleted = await createLines(product, manager, lines);
    await checkFile(product, manager, deleted, { policy: 'update' });
    expect(await rowReports(product, deleted)).toEqual([[2, 'rejected', 'problem.inRecycleBin']]);
  });

  test('beyond what may be read, its number is not told', async () => {
    await existing();
    const clerk = await product.signIn({
      grants: { 'imports:run': 'all', 'customers:create': 'all', 'customers:read': 'own' },
    });
    const id = await createLines(product, clerk, [
      '客户编号,姓名,手机',
      `X${number},新,${phone}`,
      `,旧,${phone}`,
    ]);
    await checkFile(product, clerk, id);
    expect(await rowReports(product, id)).toEqual([
      [2, 'created', 'remark.phoneOfSomebody'],
      [3, 'skipped', 'remark.repeatsRow'],
    ]);
    expect((await clerk.get(`/imports/${id}`)).text).not.toContain(customerNo);
  });
});

describe('R1.8 who a customer is', () => {
  test('by phone and then e-mail where rows have no number, as far as was chosen', async () => {
    const email = `mail${number}@example.com`;
    await createCustomer(product.deps, { name: '有邮箱', email });
    await createCustomer(product.deps, { name: '有电话', phone });
    const lines = ['姓名,手机,邮箱', `甲${number},${phone},`, `乙${number},,${email.toUpperCase()}`];
    const outcomes = async (identifyBy: string) => {
      const id = await createLines(product, manager, lines);
      await checkFile(product, manager, id, { policy: 'update', identifyBy });
      return (await rowReports(product, id)).map(([, outcome]) => outcome);
    };
    expect(await outcomes('number')).toEqual(['created', 'created']);
    expect(await outcomes('phone')).toEqual(['updated', 'created']);
    expect(await outcomes('email')).toEqual(['updated', 'updated']);
  });

  test('several customers with the same phone are not guessed at', async () => {
    await createCustomer(product.deps, { name: '夫', phone });
    await createCustomer(product.deps, { name: '妻', phone });
    const id = await createLines(product, manager, ['姓名,手机', `甲,${phone}`]);
    await checkFile(product, manager, id, { policy: 'update' });
    expect(await rowReports(product, id)).toEqual([[2, 'rejected', 'problem.severalCustomers']]);
  });

  test('rows of one file: a number once, a shared phone is reported, across chunks and in every stage', async () => {
    const lines = [
      '客户编号,姓名,手机,邮箱',
      `A${number},一,${phone},`,
      `B${number},二,${phone},`,
      `A${number},三,,no mail`,
      `,四,${phone},`,
      `C${number},,12,`,
      `C${number},六,,`,
    ];
    const id = await importLines(product, manager, lines, { rowsPerChunk: 1 });
    const reports = [
      [2, 'created'],
      [3, 'created', 'remark.phoneOfRow'],
      [4, 'rejected', 'problem.email.impossible', 'problem.repeatedNumber'],
      [5, 'skipped', 'remark.repeatsRow'],
      [6, 'rejected', 'problem.missing', 'problem.phone.impossible'],
      [7, 'rejected', 'problem.repeatedNumber'],
    ];
    expect(await rowReports(product, id)).toEqual(reports);
    expect(await importCounts(product, id)).toMatchObject({
      created: 2,
      skipped: 1,
      rejected: 3,
      duplicates: 2,
    });
    const page = await manager.page(`/imports/${id}?outcome=rejected`);
    expect(page('#list').text()).toContain(
      'E-mail: this is not an e-mail address; Customer no.: row 2 of this file',
    );
    expect((await manager.page(`/imports/${id}?q=5&outcome=all`))('#list tbody tr')).toHaveLength(1);
    expect((await manager.get(`/imports/${id}?outcome=everything`)).status).toBe(422);
  });

  test('a stored customer that one file means twice is changed by its first row alone', async () => {
    await createCustomer(product.deps, { customerNo, phone, name: '张三' });
    const lines = ['客户编号,姓名,手机', `,甲,${phone}`, `${customerNo},乙,`];
    const id = await importLines(product, manager, lines, { choices: { policy: 'update' } });
    expect(await rowReports(product, id)).toEqual([
      [2, 'updated'],
      [3, 'rejected', 'problem.repeatedNumber'],
    ]);
    expect(await stored(customerNo)).toMatchObject([{ name: '甲' }]);
  });

  test('rows without number get one that neither the file nor anybody else has', async () => {
    const lines = ['客户编号,姓名', `,无编号${number}`, 'C000777,有编号'];
    await importLines(product, manager, lines, { rowsPerChunk: 1 });
    const [drawn] = await stored(`无编号${number}`);
    expect(drawn?.customer_no).toBe('C000778');
  });

  test('new customers belong to nobody, or to whoever imports them', async () => {
    await importLines(product, manager, ['姓名', `池${number}`]);
    await importLines(product, manager, ['姓名', `我${number}`], { choices: { owner: 'importer' } });
    const Owner = z.object({ owner_id: z.string().nullable() });
    const owners = await product.query(
      Owner,
      'SELECT owner_id::text FROM customers WHERE name = ANY($1) ORDER BY owner_id NULLS FIRST',
      [[`池${number}`, `我${number}`]],
    );
    expect(owners).toEqual([{ owner_id: null }, { owner_id: manager.user.id }]);
  });
});
