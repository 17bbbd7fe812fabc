import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { tagLimits } from '../../src/modules/tags/tag.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createTag } from '../support/factories/tag.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const Audit = z.object({ action: z.string(), table_name: z.string(), operation: z.string() });
const TagRow = z.object({ name: z.string(), color: z.string(), version: z.number() });

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const tagRows = (id: string) =>
  product.query(TagRow, 'SELECT name, color, version FROM tags WHERE id = $1', [id]);

const auditOf = (recordId: string) =>
  product.query(
    Audit,
    `SELECT action, table_name, operation FROM audit_log
     WHERE record_id = $1 AND action <> 'factory.created' ORDER BY id`,
    [recordId],
  );

describe('R1.2 the list of tags', () => {
  test('says how many customers have each, and leads to them', async () => {
    const customers = await Promise.all([createCustomer(product.deps), createCustomer(product.deps)]);
    const id = await createTag(product.deps, {
      name: 'Counted',
      customerIds: customers.map((one) => one.id),
    });
    const page = await manager.page('/tags?q=counted');
    const row = page(`#row-${id}`);
    expect(row.text()).toContain('Counted');
    expect(row.find(`a[href="/customers?tag=${id}"]`).text()).toBe('2');
    const list = await manager.page(`/customers?tag=${id}`);
    expect(list('tbody tr')).toHaveLength(2);
  });

  test('is for those who may manage tags', async () => {
    const agent = await product.signIn({ role: 'agent' });
    expect((await agent.get('/tags')).status).toBe(403);
    expect((await agent.post('/tags', { name: 'X', color: 'blue' })).status).toBe(403);
  });
});

describe('R1.2 a tag', () => {
  test('is created once per name, whatever its case', async () => {
    const created = await manager.post('/tags', { name: 'Loyal', color: 'green' });
    expect(created.headers['location']).toBe('/tags');
    const [row] = await product.query(
      TagRow.extend({ id: z.string() }),
      `SELECT * FROM tags WHERE name = 'Loyal'`,
    );
    expect(row).toMatchObject({ name: 'Loyal', color: 'green', version: 1 });
    expect(await auditOf(row?.id ?? '')).toEqual([
      { action: 'tags.created', table_name: 'tags', operation: 'insert' },
    ]);
    const again = await manager.post('/tags', { name: 'loyal', color: 'red' });
    expect(again.status).toBe(422);
    const page = load(again.text);
    expect(page('#field-name').attr('value')).toBe('loyal');
    expect(page('#field-name-error').text()).not.toBe('');
    expect(page('#field-color option[selected]').attr('value')).toBe('red');
  });

  test('has a name of one line, without separators, and one of the colours', async () => {
    const refused = [
      { name: '', color: 'blue' },
      { name: 'A, B', color: 'blue' },
      { name: '甲、乙', color: 'blue' },
      { name: 'x'.repeat(tagLimits.name + 1), color: 'blue' },
      { name: 'Fine', color: 'pink' },
    ];
    for (const form of refused) expect((await manager.post('/tags', form)).status, form.name).toBe(422);
  });

  test('is renamed and recoloured; two at once meet on the conflict page', async () => {
    const id = await createTag(product.deps, { name: 'Before', color: 'blue' });
    expect((await manager.get(`/tags/${id}/edit`)).status).toBe(200);
    const saved = await manager.post(`/tags/${id}`, { name: 'After', color: 'red', version: '1' });
    expect(saved.status).toBe(303);
    expect(await tagRows(id)).toEqual([{ name: 'After', color: 'red', version: 2 }]);
    expect(await auditOf(id)).toEqual([{ action: 'tags.changed', table_name: 'tags', operation: 'update' }]);
    const late = await manager.post(`/tags/${id}`, { name: 'Late', color: 'red', version: '1' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('After');
    expect(late.text).toContain('Late');
    expect(await tagRows(id)).toEqual([{ name: 'After', color: 'red', version: 2 }]);
  });

  test('is deleted after its customers were counted, and comes back with them', async () => {
    const customers = await Promise.all([1, 2, 3].map(() => createCustomer(product.deps)));
    const customerIds = customers.map(({ id }) => id);
    const id = await createTag(product.deps, { name: 'Gone', customerIds });
    const confirm = await manager.page(`/tags/${id}/deletion`);
    expect(confirm('.edit-form').text()).toContain('3 customers lose it.');
    expect((await manager.post(`/tags/${id}/deletion`, { version: '9' })).status).toBe(409);
    expect(await tagRows(id)).toHaveLength(1);

    expect((await manager.post(`/tags/${id}/deletion`, { version: '1' })).status).toBe(303);
    expect(await tagRows(id)).toEqual([]);
    expect(await auditOf(id)).toEqual([{ action: 'tags.deleted', table_name: 'tags', operation: 'delete' }]);
    const undo =
      (await manager.page('/recent-actions'))('form[action$="/undo"]').first().attr('action') ?? '';
    expect((await manager.post(undo)).status).toBe(303);
    const held = await product.query(
      z.object({ id: z.string() }),
      'SELECT customer_id::text AS id FROM customer_tags WHERE tag_id = $1',
      [id],
    );
    expect(held.map((row) => row.id).sort()).toEqual([...customerIds].sort());
    expect((await manager.get(`/tags/${id}/edit`)).status).toBe(200);
  });

  test('that nobody has ever seen is not found', async () => {
    const nowhere = '00000000-0000-7000-8000-000000000000';
    expect((await manager.get(`/tags/${nowhere}/edit`)).status).toBe(404);
    expect((await manager.get('/tags/x/edit')).status).toBe(404);
    expect((await manager.post(`/tags/${nowhere}`, { name: 'A', color: 'red', version: '1' })).status).toBe(
      404,
    );
    expect((await manager.post(`/tags/${nowhere}/deletion`, { version: '1' })).status).toBe(404);
  });
});
