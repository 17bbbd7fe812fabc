import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { csv, uploadFile } from './wizard.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const upload = (client: TestClient, name: string, content: Buffer | string, target = 'customers') =>
  client.upload('/imports', { target }, { field: 'file', name, content: Buffer.from(content) });

const Count = z.object({ count: z.number() });
const count = async (rows: string): Promise<number> =>
  (await product.query(Count, `SELECT count(*)::integer AS count FROM ${rows}`))[0]?.count ?? -1;

describe('R1.8 uploading a file', () => {
  test('the page says what can be read', async () => {
    const page = await manager.page('/imports/new');
    expect(page('main').text()).toContain('Up to 50 MB, 200,000 rows and 200 columns');
    expect(page('input[type="file"]')).toHaveLength(1);
  });

  test('is kept encrypted, in audit, and waits for its mapping', async () => {
    const file = csv('客户.csv', '姓名,手机', '司马相如,13800138000', '卓文君,13800138001');
    const id = await uploadFile(manager, file);
    const [row] = await product.query(
      z.object({ file_name: z.string(), state: z.string(), row_count: z.number(), format: z.string() }),
      `SELECT file_name, state, row_count, file_format->>'encoding' AS format FROM imports WHERE id = $1`,
      [id],
    );
    expect(row).toEqual({ file_name: '客户.csv', state: 'mapping', row_count: 2, format: 'utf-8' });
    expect(await count(`import_chunks WHERE import_id = '${id}' AND stage = 'read'`)).toBe(1);
    expect(
      await count(`import_chunks WHERE position(convert_to('司马相如', 'UTF8') IN rows_encrypted) > 0`),
    ).toBe(0);
    const actions = await product.query(
      z.object({ action: z.string(), operation: z.string() }),
      `SELECT action, operation FROM audit_log WHERE record_id = $1 ORDER BY id`,
      [id],
    );
    expect(actions).toEqual([
      { action: 'imports.uploaded', operation: 'insert' },
      { action: 'imports.uploaded', operation: 'update' },
    ]);
    const list = await manager.page('/imports');
    expect(list('#list').text()).toContain('客户.csv');
    expect(list('#list').text()).toContain('Waiting for its mapping');
  });

  test.for([
    ['an empty file', 'a.csv', '', 'The file is empty'],
    ['a header alone', 'a.csv', '姓名,手机\n', 'no rows below it'],
    ['a name that is no table', 'a.pdf', 'x', 'Upload an Excel workbook'],
    ['a web page', 'a.xls', '<html><table></table></html>', 'This is a web page'],
    ['an old workbook', 'a.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'Excel 97 to 2003'],
  ] as const)(
    '%s is refused with a sentence and leaves nothing behind',
    async ([, name, content, sentence]) => {
      const imports = await count('imports');
      const response = await upload(manager, name, content, 'purchases');
      expect(response.status).toBe(422);
      expect(response.text).toContain(sentence);
      expect(response.text).toMatch(/<option value="purchases" selected>/);
      expect(await count('imports')).toBe(imports);
      expect(
        await count(`audit_log WHERE action = 'imports.uploaded' AND at > now() - interval '1 second'`),
      ).toBe(0);
    },
  );

  test('no file, no target and an unknown target are 422', async () => {
    const empty = await manager.upload(
      '/imports',
      { target: 'customers' },
      { field: 'file', name: '', content: Buffer.alloc(0) },
    );
    expect(empty.status).toBe(422);
    expect((await upload(manager, 'a.csv', 'a\n1\n', 'users')).status).toBe(422);
  });

  test('who may not import, or not create such records, is refused', async () => {
    const agent = await product.signIn({ role: 'agent' });
    expect((await agent.get('/imports')).status).toBe(403);
    expect((await agent.get('/imports/new')).status).toBe(403);
    expect((await upload(agent, 'a.csv', '姓名\n张三\n')).status).toBe(403);
    const reader = await product.signIn({ grants: { 'imports:run': 'all', 'customers:create': 'all' } });
    expect((await upload(reader, 'a.csv', '姓名\n张三\n', 'purchases')).status).toBe(403);
    expect((await upload(reader, 'a.csv', '姓名\n张三\n')).status).toBe(303);
    const powerless = await product.signIn({ grants: { 'imports:run': 'all' } });
    expect((await powerless.get('/imports/new')).status).toBe(403);
  });
});
