import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sheetOf } from '../core/exports/export-files.js';
import { columnOf, downloadCsv, downloadWorkbook } from '../exports/downloads.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createRequest } from '../support/factories/service-request.js';
import { createSurvey } from '../support/factories/survey.js';
import { exportEnded } from '../support/export-ended.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
let complaint: { readonly id: string; readonly customerId: string };
beforeAll(async () => {
  product = await startTestProduct();
  const { deps } = product;
  product.setNow(new Date('2026-11-20T04:00:00Z'));
  manager = await product.signIn({ role: 'manager', name: 'Maria' });
  const { id: customerId } = await createCustomer(deps, {
    customerNo: 'X1',
    name: 'Anna Berg',
    phone: '+8613800138000',
  });
  complaint = await createRequest(deps, {
    ...{
      type: 'complaint',
      customerId,
      subject: '=Too slow',
      description: 'Waited an hour',
      assigneeId: manager.user.id,
    },
  });
  await createSurvey(deps, { requestId: complaint.id, customerId, answer: { service: 2, staff: 4 } });
  await createRequest(deps, { subject: 'A question', channel: 'wechat' });
});
afterAll(() => product.close());

describe('R2.9 the export of requests', () => {
  test('holds every request of the filtered list with typed cells and without contact data', async () => {
    const { workbook } = await downloadWorkbook(manager, '/service-requests.xlsx');
    const sheet = sheetOf(workbook, 'Service requests');
    expect(columnOf(sheet, 'Subject')).toEqual(['A question', '=Too slow']);
    expect(columnOf(sheet, 'Received')).toEqual([expect.any(Date), expect.any(Date)]);
    expect(columnOf(sheet, 'Score for the service')).toEqual([null, 2]);
    const { records } = await downloadCsv(manager, `/service-requests.csv?customer=${complaint.customerId}`);
    expect(records).toEqual([
      expect.objectContaining({
        ...{
          Type: 'Complaint',
          State: 'New',
          Priority: 'High',
          'Customer no.': 'X1',
          Customer: 'Anna Berg',
        },
        ...{
          'Who works it': 'Maria',
          'What it is about': 'Waited an hour',
          'Score for the staff member': '4',
        },
      }),
    ]);
    expect(JSON.stringify(records)).not.toContain('138');
    expect((await downloadCsv(manager, '/service-requests.csv?group=unassigned')).records).toHaveLength(1);
  });

  test('is offered on the list with its filters, and leaves its trace', async () => {
    const page = await manager.page('/service-requests?channel=wechat&group=unassigned');
    const href = page('a[href^="/service-requests.csv"]').attr('href') ?? '';
    expect(href).toContain('channel=wechat');
    expect(href).toContain('group=unassigned');
    await downloadCsv(manager, href);
    await exportEnded(product, manager.user.id);
    const events = await product.query(
      z.object({ action: z.string() }),
      `SELECT action FROM audit_log WHERE table_name = 'exports' AND actor_id = $1 ORDER BY id DESC LIMIT 2`,
      [manager.user.id],
    );
    expect(events.map(({ action }) => action)).toEqual(['exports.finished', 'exports.started']);
  });

  test('keeps to the scope of exporting, and to what the viewer may read of evaluations', async () => {
    const grants = { 'service-requests:read': 'all', 'service-requests:export': 'own' } as const;
    const clerk = await product.signIn({ grants });
    expect((await downloadCsv(clerk, '/service-requests.csv')).records).toEqual([]);
    const auditor = await product.signIn({ grants: { ...grants, 'service-requests:export': 'all' } });
    const { records } = await downloadCsv(auditor, '/service-requests.csv');
    expect(records.map((record) => record['Score for the service'])).toEqual(['', '']);
    const reader = await product.signIn({ grants: { 'service-requests:read': 'all' } });
    expect((await reader.get('/service-requests.csv')).status).toBe(403);
    expect((await reader.page('/service-requests'))('a[href^="/service-requests.csv"]')).toHaveLength(0);
    expect((await manager.get('/service-requests.csv?type=nothing')).status).toBe(422);
  });
});
