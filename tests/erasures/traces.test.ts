import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openChunk } from '../../src/modules/imports/import-chunks.js';
import { confirm, confirmTicked } from '../bulk-changes/bulk-steps.js';
import { lastUndo, proposedForm } from '../duplicates/merge-support.js';
import { csv, importFile } from '../imports/wizard.js';
import type { TestClient } from '../support/client.js';
import { dumpEverything, openEverything } from './canaries.js';
import { createContactRecord } from '../support/factories/contact-record.js';
import { createCustomer, type TestCustomer } from '../support/factories/customer.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let administrator: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
});
beforeEach(async () => {
  administrator = await product.signIn();
});
afterAll(() => product.close());

const Customer = z.object({ id: z.string(), customerNo: z.string() });

async function erase({ id, customerNo }: z.infer<typeof Customer>): Promise<void> {
  const response = await administrator.post(`/customers/${id}/erasure`, { customerNo, reason: 'person' });
  expect(response.status).toBe(303);
  await administrator.get('/admin/erasures');
}

/** Takes back what was done last; the text of the page that says so. */
async function undoLast(): Promise<string> {
  const response = await administrator.post(await lastUndo(administrator));
  if (response.status !== 303) return response.text;
  await product.runTasks();
  return (await administrator.page('/recent-actions'))('body').text();
}

/** The row of an erased person and what hangs on it, as text. */
const rowsOf = async ({ id }: TestCustomer): Promise<string> =>
  JSON.stringify(
    await product.query(
      z.unknown(),
      `SELECT to_jsonb(customers), (SELECT jsonb_agg(to_jsonb(contact_records)) FROM contact_records WHERE customer_id = $1) AS records
       FROM customers WHERE id = $1`,
      [id],
    ),
  );

describe('R1.12 an undo that meets an erased person leaves them, and says so', () => {
  test('of a bulk change', async () => {
    const [person, other] = [
      await createCustomer(product.deps, { name: 'Gone', source: 'Secret' }),
      await createCustomer(product.deps, { name: 'Stays', source: 'Secret' }),
    ];
    const confirmation = await confirmTicked(administrator, 'source', [person.id, other.id]);
    await confirm(product, administrator, confirmation, 'Fair');
    await erase(person);
    const before = await rowsOf(person);
    expect(await undoLast()).toContain('one was changed or erased since');
    expect(await rowsOf(person)).toBe(before);
    expect(await rowsOf(other)).toContain('"source":"Secret"');
  });

  test('of a merge', async () => {
    const person = await createCustomer(product.deps, { name: 'First Person', phone: '+8613812340021' });
    const other = await createCustomer(product.deps, { name: 'Second Person', phone: '+8613812340022' });
    const { action, fields } = await proposedForm(
      administrator,
      `/customers/${person.id}/merge?with=${other.id}`,
    );
    await administrator.post(action, fields);
    await erase(person);
    expect((await administrator.page('/recent-actions'))('main').text()).not.toContain('Person');
    const before = [await rowsOf(person), await rowsOf(other)];
    expect(await undoLast()).toContain('personal data was erased since');
    expect([await rowsOf(person), await rowsOf(other)]).toEqual(before);
  });

  test('of a merge that was taken back leaves nothing with the other one', async () => {
    const other = await createCustomer(product.deps, { name: 'Innocent', phone: '+8613812340023' });
    const person = await createCustomer(product.deps, { name: 'Vanishing', phone: '+8613812340024' });
    const { action, fields } = await proposedForm(
      administrator,
      `/customers/${other.id}/merge?with=${person.id}`,
    );
    await administrator.post(action, { ...fields, survivor: 'first', name: 'second', phone: 'second' });
    expect(await rowsOf(other)).toContain('Vanishing');
    await undoLast();
    await erase(person);
    const dump = await dumpEverything(product);
    expect(JSON.stringify(dump)).not.toContain('Vanishing');
    expect(openEverything(product, dump)).not.toContain('+8613812340024');
    expect(openEverything(product, dump)).toContain('+8613812340023');
    expect(await rowsOf(other)).toContain('Innocent');
  });

  test('of the deletion of a contact record', async () => {
    const person = await createCustomer(product.deps);
    const id = await createContactRecord(product.deps, { customerId: person.id, summary: 'Told a secret' });
    await administrator.post(`/contact-records/${id}/deletion`, { version: '1' });
    await erase(person);
    expect(await undoLast()).toContain('one was changed or erased since');
    expect(await rowsOf(person)).not.toContain('secret');
  });

  test('of an import', async () => {
    const file = csv('people.csv', 'Name,Phone', 'Import One,13812340031', 'Import Two,13812340032');
    const importId = await importFile(product, administrator, file);
    const [person] = await product.query(
      Customer,
      `SELECT id, customer_no AS "customerNo" FROM customers WHERE name = 'Import One'`,
    );
    if (!person) throw new Error('the import made no customer');
    await erase(person);
    const page = await administrator.page(`/imports/${importId}/undo`);
    expect(page('main').text()).toMatch(/1 record .*left as it is/s);
    await administrator.post(`/imports/${importId}/undo`, {
      version: page('input[name="version"]').attr('value') ?? '',
    });
    await product.runTasks();
    const left = await product.query(
      z.object({ name: z.string() }),
      `SELECT name FROM customers WHERE name LIKE 'Import%' OR id = $1`,
      [person.id],
    );
    expect(left).toEqual([{ name: person.customerNo }]);
  });
});

test('R1.12 rows of imported files about an erased person are blank, those of others as they were', async () => {
  const person = await createCustomer(product.deps, { name: 'Known Before', phone: '+8613812340041' });
  const importId = await importFile(
    product,
    administrator,
    csv(
      'mixed.csv',
      'Name,Phone,Remark',
      'Known Before,138 1234 0041,updates them',
      'Somebody Else,13812340042,stays',
      ',+86-13812340041,rejected for want of a name',
      'Known Before,no phone at all,rejected for its phone',
    ),
  );
  await erase(person);
  const chunks = await product.query(
    z.object({ chunk_no: z.number(), rows_encrypted: z.instanceof(Uint8Array) }),
    'SELECT chunk_no, rows_encrypted FROM import_chunks WHERE import_id = $1',
    [importId],
  );
  const rows = chunks.flatMap((chunk) =>
    openChunk(product.deps.cipher, importId, chunk.chunk_no, chunk.rows_encrypted),
  );
  expect(rows.map(({ cells }) => cells)).toEqual([
    ['', '', ''],
    ['Somebody Else', '13812340042', 'stays'],
    ['', '', ''],
    ['', '', ''],
  ]);
});
