import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { typeIdOf } from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { sharedFile } from './values/shared-data.js';
import { importCounts, importFile, undoImport } from './wizard.js';

vi.setConfig({ testTimeout: 300_000 });

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  product.setNow(new Date('2026-11-22T04:00:00Z'));
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const SourceRow = z.object({
  'Unique Key': z.string(),
  'Created Date': z.string(),
  'Closed Date': z.string(),
  'Complaint Type': z.string(),
  Descriptor: z.string(),
});

const Imported = z.object({
  source_no: z.string(),
  received_at: z.string(),
  closed_at: z.string(),
  category: z.string(),
  changes: z.array(z.string()),
});

/** `3/14/2025 1:20` as `2025-03-14 01:20`, by nothing of the product. */
function written(time: string): string {
  const [, month = '', day = '', year = '', hour = '', minute = ''] =
    /^(\d+)\/(\d+)\/(\d{4}) (\d+):(\d\d)$/.exec(time) ?? [];
  return time === ''
    ? ''
    : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${hour.padStart(2, '0')}:${minute}`;
}

test('R2.1 R2.9 311: 4,969 requests, 4,692 of them closed, each with the times of the file; undo takes all back', async (context) => {
  const content = await readFile(sharedFile(context, 'nyc311/311_Animals_short.csv'));
  const rows = SourceRow.array().parse(parse(content, { columns: true, bom: true }));
  const id = await importFile(
    product,
    manager,
    { name: '311.csv', content },
    { target: 'serviceRequests', choices: { requestTypeId: await typeIdOf(product.deps, 'complaint') } },
  );
  expect(await importCounts(product, id)).toMatchObject({ state: 'done', created: 4_969, rejected: 0 });

  const states = await product.query(
    z.object({ state: z.string(), count: z.number() }),
    `SELECT shipped_key AS state, count(*)::integer AS count FROM service_requests
     JOIN request_states ON request_states.id = state_id GROUP BY 1 ORDER BY 1`,
  );
  expect(states).toEqual([
    { state: 'closed', count: 4_692 },
    { state: 'new', count: 277 },
  ]);
  const imported = await product.query(
    Imported,
    `WITH shown AS (SELECT *, 'YYYY-MM-DD HH24:MI' AS format, 'Asia/Shanghai' AS zone FROM service_requests)
     SELECT source_no, to_char(received_at AT TIME ZONE zone, format) AS received_at,
            coalesce(to_char(closed_at AT TIME ZONE zone, format), '') AS closed_at,
            concat_ws(' › ', above.name, categories.name) AS category,
            ARRAY(SELECT to_char(changed_at AT TIME ZONE zone, format) FROM request_state_changes
                  WHERE request_id = shown.id ORDER BY changed_at, category DESC) AS changes
     FROM shown LEFT JOIN request_categories AS categories ON categories.id = category_id
     LEFT JOIN request_categories AS above ON above.id = categories.parent_id`,
  );
  const expected = rows.map((row) => {
    const times = [written(row['Created Date']), written(row['Closed Date'])] as const;
    return {
      source_no: row['Unique Key'],
      received_at: times[0],
      closed_at: times[1],
      category: `${row['Complaint Type']} › ${row.Descriptor}`,
      changes: times.filter((time) => time !== ''),
    };
  });
  const byNumber = (one: { source_no: string }, other: { source_no: string }) =>
    one.source_no.localeCompare(other.source_no);
  expect(imported.sort(byNumber)).toEqual(expected.sort(byNumber));

  const Left = z.object({
    requests: z.number(),
    categories: z.number(),
    waiting: z.number(),
    surveys: z.number(),
  });
  const left = () =>
    product.query(
      Left,
      `SELECT (SELECT count(*)::integer FROM service_requests) AS requests,
              (SELECT count(*)::integer FROM request_categories) AS categories,
              (SELECT count(*)::integer FROM service_requests WHERE next_due_at IS NOT NULL OR assignee_id IS NOT NULL) AS waiting,
              (SELECT count(*)::integer FROM surveys) AS surveys`,
    );
  expect(await left()).toEqual([{ requests: 4_969, categories: 52, waiting: 0, surveys: 0 }]);
  await undoImport(product, manager, id);
  expect(await left()).toEqual([{ requests: 0, categories: 0, waiting: 0, surveys: 0 }]);
});
