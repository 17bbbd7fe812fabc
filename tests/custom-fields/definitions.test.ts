import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { customFieldLimits } from '../../src/modules/custom-fields/custom-field.js';
import type { TestClient } from '../support/client.js';
import { createCustomField } from '../support/factories/custom-field.js';
import { createCustomer } from '../support/factories/customer.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const path = '/admin/custom-fields';
const Row = z.object({
  id: z.string(),
  key: z.string(),
  label: z.string(),
  kind: z.string(),
  choices: z.array(z.string()),
  is_required: z.boolean(),
  version: z.number(),
  is_archived: z.boolean(),
});

let product: TestProduct;
let administrator: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  administrator = await product.signIn();
});
afterAll(() => product.close());

const fields = () =>
  product.query(
    Row,
    'SELECT *, archived_at IS NOT NULL AS is_archived FROM custom_fields ORDER BY position, id',
  );
const fieldOf = async (id: string) => (await fields()).find((field) => field.id === id);

const actionsOf = async (recordId: string) => {
  const rows = await product.query(
    z.object({ action: z.string() }),
    `SELECT action FROM audit_log WHERE record_id = $1 AND action <> 'factory.created' ORDER BY id`,
    [recordId],
  );
  return rows.map(({ action }) => action);
};

const labelsInUse = async () => {
  const page = await administrator.page(path);
  return page('section[aria-labelledby="fields-in-use"] tbody tr td:first-child')
    .toArray()
    .map((cell) => page(cell).text());
};

describe('R1.1 defining fields of customers', () => {
  test('is for administrators', async () => {
    const manager = await product.signIn({ role: 'manager' });
    expect((await manager.get(path)).status).toBe(403);
    expect((await manager.post(path, { label: 'X', kind: 'text' })).status).toBe(403);
    expect((await administrator.get(path)).status).toBe(200);
    expect((await administrator.get(`${path}?q=1`)).status).toBe(422);
  });

  test('a new field gets a key made from its label where none is given', async () => {
    const forms = [
      { label: '宠物名字', kind: 'text' },
      { label: '宠物名字 ', key: 'petName', kind: 'text' },
      { label: 'Skin', kind: 'choice', choices: ' Dry \n\nOily\n', isRequired: 'on' },
      { label: '123', kind: 'number' },
      { label: '456', kind: 'date', key: '' },
    ];
    const statuses = [];
    for (const form of forms) statuses.push((await administrator.post(path, form)).status);
    expect(statuses).toEqual([303, 422, 303, 303, 303]);
    const created = await fields();
    expect(created.map(({ key }) => key)).toEqual(['chongwumingzi', 'skin', 'field', 'field2']);
    expect(created[1]).toMatchObject({
      kind: 'choice',
      choices: ['Dry', 'Oily'],
      is_required: true,
      version: 1,
    });
    expect(await actionsOf(created[1]?.id ?? '')).toEqual(['custom-fields.created']);
  });

  test('what cannot be is refused beside its field, and all that was typed stays', async () => {
    await createCustomField(product.deps, { key: 'taken', label: 'Taken' });
    const refused: [string, Record<string, string>][] = [
      ['label', { label: '', kind: 'text' }],
      ['label', { label: 'taken', kind: 'text' }],
      ['label', { label: 'x'.repeat(customFieldLimits.label + 1), kind: 'text' }],
      ['key', { label: 'New one', key: 'taken', kind: 'text' }],
      ['key', { label: 'New one', key: 'Pet name', kind: 'text' }],
      ['key', { label: 'New one', key: 'constructor', kind: 'text' }],
      ['kind', { label: 'New one', kind: 'colour' }],
      ['choices', { label: 'New one', kind: 'choice', choices: ' \n' }],
      ['choices', { label: 'New one', kind: 'text', choices: 'A' }],
      ['choices', { label: 'New one', kind: 'choice', choices: 'A\nA' }],
      ['choices', { label: 'New one', kind: 'choice', choices: 'x'.repeat(61) }],
    ];
    const before = await fields();
    for (const [name, form] of refused) {
      const response = await administrator.post(path, form);
      expect(response.status, JSON.stringify(form)).toBe(422);
      const page = load(response.text);
      expect(page(`#field-${name}-error`).text().trim(), JSON.stringify(form)).not.toBe('');
      expect(page('#field-label').attr('value')).toBe(form['label']);
    }
    expect(await fields()).toEqual(before);
  });

  test('is changed without its kind and key; two at once meet on the conflict page', async () => {
    const id = await createCustomField(product.deps, { label: 'Old label', kind: 'choice', choices: ['A'] });
    const page = await administrator.page(`${path}/${id}/edit`);
    expect(page('#field-kind, #field-key')).toHaveLength(0);
    const form = { label: 'New label', choices: 'A\nB', version: '1' };
    expect((await administrator.post(`${path}/${id}`, form)).status).toBe(303);
    expect(await fieldOf(id)).toMatchObject({ label: 'New label', choices: ['A', 'B'], version: 2 });
    expect(await actionsOf(id)).toEqual(['custom-fields.changed']);
    const late = await administrator.post(`${path}/${id}`, { ...form, label: 'Too late' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Too late');
    expect((await administrator.post(`${path}/${id}`, { ...form, kind: 'text' })).status).toBe(422);
    expect((await administrator.post(`${path}/${id}`, { label: '', version: '2' })).status).toBe(422);
  });

  test('a choice that customers hold goes after they were counted, and stays with them', async () => {
    const id = await createCustomField(product.deps, {
      key: 'tea',
      label: 'Tea',
      kind: 'choice',
      choices: ['Green', 'Black', 'None'],
    });
    const holder = await createCustomer(product.deps, { customValues: { tea: 'Green' } });
    const form = { label: 'Tea', choices: 'Black', version: '1' };
    const asked = await administrator.post(`${path}/${id}`, form);
    expect(asked.status).toBe(200);
    const question = load(asked.text);
    expect(question('.edit-form').text()).toContain('“Green”: 1 customer holds it.');
    expect(question('.edit-form').text()).not.toContain('“None”');
    expect((await fieldOf(id))?.choices).toHaveLength(3);

    expect((await administrator.post(`${path}/${id}`, { ...form, removesHeld: 'on' })).status).toBe(303);
    expect((await fieldOf(id))?.choices).toEqual(['Black']);
    const edit = await administrator.page(`/customers/${holder.id}/edit`);
    expect(edit('#field-custom-tea option[selected]').text()).toBe('Green (no longer offered)');
  });

  test('fields move up and down; at the end of the way they stay', async () => {
    const before = await labelsInUse();
    const first = (await fields())[0];
    const move = (direction: string) =>
      administrator.post(`${path}/${first?.id ?? ''}/position`, { direction });
    await move('up');
    expect(await labelsInUse()).toEqual(before);
    await move('down');
    expect(await labelsInUse()).toEqual([before[1], before[0], ...before.slice(2)]);
    expect(await actionsOf(first?.id ?? '')).toContain('custom-fields.moved');
    expect((await move('sideways')).status).toBe(422);
  });

  test('an archived field is out of use with its values kept, and comes back with them', async () => {
    const id = await createCustomField(product.deps, { key: 'shoe', label: 'Shoe size', kind: 'number' });
    const customer = await createCustomer(product.deps, { customValues: { shoe: 38.5 } });
    const record = async () =>
      (await administrator.page(`/customers/${customer.id}`))('.record-summary').text();
    expect(await record()).toContain('Shoe size');
    await administrator.post(`${path}/${id}/archival`);
    expect(await labelsInUse()).not.toContain('Shoe size');
    expect(await record()).not.toContain('Shoe size');
    const page = await administrator.page(`/customers/${customer.id}/edit`);
    const form = Object.fromEntries(
      page('form.edit-form')
        .serializeArray()
        .map(({ name, value }) => [name, value]),
    );
    expect(Object.keys(form)).not.toContain('custom-shoe');
    const saved = await administrator.post(`/customers/${customer.id}`, { ...form, 'custom-skin': 'Dry' });
    expect(saved.status).toBe(303);

    const taken = await createCustomField(product.deps, { label: 'shoe SIZE' });
    expect((await administrator.post(`${path}/${id}/archival/removal`)).status).toBe(409);
    await administrator.post(`${path}/${taken}/archival`);
    expect((await administrator.post(`${path}/${id}/archival/removal`)).status).toBe(303);
    expect(await record()).toMatch(/Shoe size\s*38\.5/);
    expect(await actionsOf(id)).toEqual(['custom-fields.archived', 'custom-fields.unarchived']);
  });

  test('there are at most fifty, and one that does not exist is not found', async () => {
    const missing = customFieldLimits.fields - (await fields()).length;
    for (let count = 0; count < missing; count += 1) await createCustomField(product.deps);
    const response = await administrator.post(path, { label: 'One too many', kind: 'text' });
    expect(response.status).toBe(422);
    expect(load(response.text)('#field-label-error').text()).toContain('50');
    const nowhere = `${path}/00000000-0000-7000-8000-000000000000`;
    expect((await administrator.get(`${nowhere}/edit`)).status).toBe(404);
    expect((await administrator.post(nowhere, { label: 'A', version: '1' })).status).toBe(404);
    for (const verb of ['archival', 'archival/removal']) {
      expect((await administrator.post(`${nowhere}/${verb}`)).status, verb).toBe(404);
    }
    expect((await administrator.post(`${nowhere}/position`, { direction: 'up' })).status).toBe(404);
  });
});
