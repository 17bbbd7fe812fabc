import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { typeIdOf } from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { businessRows } from './business-rows.js';
import {
  checkFile,
  createLines,
  importCounts,
  importLines,
  mappingForm,
  rowReports,
  undoImport,
} from './wizard.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  product.setNow(new Date('2026-11-22T04:00:00Z'));
  manager = await product.signIn({ role: 'manager', name: '王店长' });
});
afterAll(() => product.close());

const target = 'serviceRequests';

const Stored = z.object({
  source_no: z.string(),
  subject: z.string(),
  type: z.string().nullable(),
  category: z.string().nullable(),
  state: z.string().nullable(),
  priority: z.number(),
  channel: z.string(),
  place: z.string().nullable(),
  customer_no: z.string().nullable(),
  assignee: z.string().nullable(),
  received_at: z.date(),
  closed_at: z.date().nullable(),
  resolution: z.string().nullable(),
  next_due_at: z.date().nullable(),
  changes: z.array(z.string()),
});

const requestsOf = (...sourceNos: string[]) =>
  product.query(
    Stored,
    `SELECT source_no, subject, types.shipped_key AS type, concat_ws(' › ', above.name, categories.name) AS category,
            states.shipped_key AS state, service_requests.priority, channel, place, customer_no, users.name AS assignee,
            received_at, closed_at, resolution, next_due_at,
            ARRAY(SELECT category || ' ' || to_char(changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')
                  FROM request_state_changes WHERE request_id = service_requests.id ORDER BY changed_at) AS changes
     FROM service_requests JOIN request_types AS types ON types.id = type_id JOIN request_states AS states ON states.id = state_id
     LEFT JOIN request_categories AS categories ON categories.id = category_id
     LEFT JOIN request_categories AS above ON above.id = categories.parent_id
     LEFT JOIN customers ON customers.id = customer_id LEFT JOIN users ON users.id = assignee_id
     WHERE source_no = ANY($1) ORDER BY source_no`,
    [sourceNos],
  );

const count = async (rows: string): Promise<number> => {
  const [row] = await product.query(
    z.object({ count: z.number() }),
    `SELECT count(*)::integer AS count FROM ${rows}`,
  );
  return row?.count ?? -1;
};

describe('R2.1 R2.9 importing service requests', () => {
  test('stores them with the times of the file, as history without deadlines, and undo takes everything back', async () => {
    await createCustomer(product.deps, { customerNo: 'SR1', phone: '+8613800138777' });
    const before = await businessRows(product);
    const id = await importLines(
      product,
      manager,
      [
        '工单号,受理时间,关闭时间,类型,分类,主题,状态,优先级,渠道,地址,区域,客户编号,手机,负责人,处理结果',
        'A1,2026-01-02 09:30,2026-01-03 18:00,投诉,服务态度,太慢了,已关闭,高,电话,南京路1号,黄浦,SR1,,王店长,已道歉',
        'A2,2026年1月5日 下午2:30,,漏水,水管,,处理中,,,,,,138 0013 8777,,',
        'A3,2026-01-06 10:00,2026-01-07 10:00,Repair,,,Cancelled,,wechat,,,,,,',
      ],
      { target },
    );
    expect(await importCounts(product, id)).toMatchObject({ state: 'done', created: 3, rejected: 0 });
    expect(await requestsOf('A1', 'A2', 'A3')).toMatchObject([
      {
        ...{ subject: '太慢了', type: 'complaint', category: '服务态度', state: 'closed', priority: 3 },
        ...{
          channel: 'phone',
          place: '南京路1号, 黄浦',
          customer_no: 'SR1',
          assignee: '王店长',
          resolution: '已道歉',
        },
        ...{ received_at: new Date('2026-01-02T01:30:00Z'), closed_at: new Date('2026-01-03T10:00:00Z') },
        ...{ next_due_at: null, changes: ['open 2026-01-02 01:30', 'done 2026-01-03 10:00'] },
      },
      {
        ...{
          subject: '漏水: 水管',
          type: 'consultation',
          category: '漏水 › 水管',
          state: 'new',
          priority: 2,
        },
        ...{ channel: 'other', customer_no: 'SR1', assignee: null, closed_at: null, next_due_at: null },
        ...{ received_at: new Date('2026-01-05T06:30:00Z'), changes: ['open 2026-01-05 06:30'] },
      },
      { type: 'repair', state: 'cancelled', channel: 'wechat', subject: 'Repair', customer_no: null },
    ]);
    expect(await count('complaints')).toBe(1);
    expect(await count('surveys')).toBe(0);
    expect(await count('notifications')).toBe(0);
    expect(await count(`audit_log WHERE table_name = 'service_requests' AND action = 'imports.run'`)).toBe(3);
    const page = await manager.page(`/imports/${id}?outcome=created`);
    expect(page('#list').text()).toContain('SR-2026-');
    await undoImport(product, manager, id);
    expect(await importCounts(product, id)).toMatchObject({ state: 'undone' });
    expect(await businessRows(product)).toEqual(before);
  });

  test('rejects what cannot be told, with all reasons', async () => {
    const id = await importLines(
      product,
      manager,
      [
        'ticket id,created,closed,status,customer name,email,assignee,branch,priority',
        'B1,2026-01-02 10:00,2026-01-01 10:00,,,,,,',
        'B2,2026-01-02 10:00,,Closed,,,,,',
        'B3,2026-01-02 10:00,,,Nobody Known,,,,',
        'B4,2026-01-02 10:00,,,,who@example.com,,,',
        'B5,2026-01-02 10:00,,,,,Nobody,Nowhere,',
        'B6,2027-01-02 10:00,,strange,,,,,9',
        ',,,,,,,,',
        'B7,2026-01-02 10:00,,open,,,,,urgent',
        'B7,2026-01-02 11:00,,open,,,,,urgent',
        'B8,02/03/2026 10:00,,,,,,,',
      ],
      { target },
    );
    expect(await rowReports(product, id)).toEqual([
      [2, 'rejected', 'problem.closedBeforeReceived'],
      [3, 'rejected', 'problem.closedWithoutTime'],
      [4, 'rejected', 'problem.unknownName'],
      [5, 'rejected', 'problem.unknownCustomer'],
      [6, 'rejected', 'problem.unknownName', 'problem.unknownName'],
      [7, 'rejected', 'problem.date.future', 'problem.choice.unknown', 'problem.choice.unknown'],
      [8, 'rejected', 'problem.missing', 'problem.missing'],
      [9, 'created'],
      [10, 'rejected', 'problem.repeatedNumber'],
      [11, 'rejected', 'problem.date.ambiguous'],
    ]);
  });

  test('knows requests by their number: skips them, or takes over their closing, which undo takes back', async () => {
    const header = 'case number,date opened,date closed,resolution';
    await importLines(
      product,
      manager,
      [header, 'C1,2026-02-01 08:00,,', 'C2,2026-02-01 08:00,2026-02-02 08:00,'],
      { target },
    );
    const later = [
      header,
      'C1,2026-02-01 08:00,2026-02-03 08:00,fixed',
      'C2,2026-02-01 08:00,2026-02-02 09:00,',
      'C3,2026-02-01 08:00,,',
    ];
    const skipped = await importLines(product, manager, later, { target });
    expect(await rowReports(product, skipped)).toEqual([
      [2, 'skipped', 'remark.requestIsStored'],
      [3, 'skipped', 'remark.requestIsStored'],
      [4, 'created'],
    ]);
    const before = await businessRows(product);
    const updated = await importLines(product, manager, later, { target, choices: { policy: 'update' } });
    expect(await importCounts(product, updated)).toMatchObject({ created: 0, updated: 2, unchanged: 1 });
    expect(await requestsOf('C1', 'C2')).toMatchObject([
      { state: 'closed', resolution: 'fixed', changes: ['open 2026-02-01 00:00', 'done 2026-02-03 00:00'] },
      { state: 'closed', changes: ['open 2026-02-01 00:00', 'done 2026-02-02 01:00'] },
    ]);
    await undoImport(product, manager, updated);
    expect(await businessRows(product)).toEqual(before);
  });

  test('undo takes back parts of earlier chunks even where later chunks have none of the kind', async () => {
    const before = await businessRows(product);
    const lines = [
      'number,date,type',
      'D1,2026-03-01,Complaint',
      'D2,2026-03-01,Return visit',
      'D3,2026-03-01,Repair',
      'D4,2026-03-01,Repair',
    ];
    const id = await importLines(product, manager, lines, { target, rowsPerChunk: 1 });
    expect(await importCounts(product, id)).toMatchObject({ created: 4 });
    await undoImport(product, manager, id);
    expect(await businessRows(product)).toEqual(before);
  });

  test('the mapping page says in which time zone times are read and asks for a type', async () => {
    const id = await createLines(product, manager, ['number,date', 'E1,2026-03-01'], { target });
    const page = await manager.page(`/imports/${id}/mapping`);
    expect(page('main').text()).toContain('Asia/Shanghai');
    expect(page('select[name="requestTypeId"] option[selected]').text()).toBe('Consultation');
    const form = await mappingForm(manager, id);
    const refused = await manager.post(`/imports/${id}/mapping`, { ...form, columns: ['', 'receivedAt'] });
    expect(refused.status).toBe(422);
    const unknown = { ...form, requestTypeId: '01890000-0000-7000-8000-000000000000' };
    expect((await manager.post(`/imports/${id}/mapping`, unknown)).status).toBe(422);
    await checkFile(product, manager, id, { requestTypeId: await typeIdOf(product.deps, 'complaint') });
    expect((await manager.page(`/imports/${id}`))('main').text()).toContain('Mar 1, 2026');
  });

  test('takes the permission to create requests, and to close them for taking over closings', async () => {
    const grants = { 'imports:run': 'all', 'customers:create': 'all' } as const;
    const clerk = await product.signIn({ grants });
    const upload = {
      field: 'file',
      name: 'requests.csv',
      content: Buffer.from('number,date\nF1,2026-03-01\n'),
    };
    expect((await clerk.upload('/imports', { target }, upload)).status).toBe(403);
    const writer = await product.signIn({ grants: { ...grants, 'service-requests:create': 'all' } });
    const id = await createLines(product, writer, ['number,date', 'F1,2026-03-01'], { target });
    const form = await mappingForm(writer, id);
    expect((await writer.post(`/imports/${id}/mapping`, { ...form, policy: 'update' })).status).toBe(403);
  });
});
