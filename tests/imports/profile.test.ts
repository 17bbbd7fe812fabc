import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createCustomField } from '../support/factories/custom-field.js';
import { createCustomer } from '../support/factories/customer.js';
import { createTag } from '../support/factories/tag.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { checkFile, csv, importFile, mappingForm, uploadFile } from './wizard.js';

const Row = z.object({
  habits: z.string().nullable(),
  custom_values: z.record(z.string(), z.unknown()),
  tags: z.array(z.string()),
});

let product: TestProduct;
let administrator: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  administrator = await product.signIn();
  const { deps } = product;
  await createCustomField(deps, { key: 'pet', label: '宠物' });
  await createCustomField(deps, { key: 'shoe', label: 'Shoe size', kind: 'number' });
  await createCustomField(deps, { key: 'wedding', label: 'Wedding day', kind: 'date' });
  await createCustomField(deps, { key: 'club', label: 'In the club', kind: 'yesNo' });
  await createCustomField(deps, { key: 'skin', label: 'Skin', kind: 'choice', choices: ['Dry', '油性'] });
  await createTag(deps, { name: 'VIP' });
  await createTag(deps, { name: '老客户' });
});
afterAll(() => product.close());

const customer = async (name: string) => {
  const rows = await product.query(
    Row,
    `SELECT habits, custom_values, ARRAY(SELECT tags.name FROM customer_tags JOIN tags ON tags.id = tag_id
                                         WHERE customer_id = customers.id ORDER BY 1) AS tags
     FROM customers WHERE name = $1`,
    [name],
  );
  return rows[0];
};

const header = 'Name,习惯,Tags,宠物,shoe,Wedding day,In the club,Skin';

describe('R1.8 R1.1 R1.2 an import brings profile, tags and custom fields', () => {
  test('columns are guessed from labels and keys; what is read is shown and stored by kind; undo takes it back', async () => {
    const file = csv('full.csv', header, 'Imported,周末来,vip；老客户,豆豆,"38.5",2015-05-20,是,油性');
    const id = await uploadFile(administrator, file);
    expect((await mappingForm(administrator, id))['columns']).toEqual([
      'name',
      'habits',
      'tags',
      'custom-pet',
      'custom-shoe',
      'custom-wedding',
      'custom-club',
      'custom-skin',
    ]);
    await checkFile(product, administrator, id);
    const preview = (await administrator.page(`/imports/${id}`))('main').text();
    for (const shown of ['宠物', '豆豆', 'May 20, 2015', 'Yes', 'VIP; 老客户'])
      expect(preview).toContain(shown);

    const stored = await importFile(product, administrator, file);
    expect(await customer('Imported')).toEqual({
      habits: '周末来',
      custom_values: { pet: '豆豆', shoe: 38.5, wedding: '2015-05-20', club: true, skin: '油性' },
      tags: ['VIP', '老客户'],
    });
    const undo = await administrator.page(`/imports/${stored}/undo`);
    const version = undo('input[name="version"]').attr('value') ?? '';
    await administrator.post(`/imports/${stored}/undo`, { version });
    await product.runTasks();
    expect(await customer('Imported')).toBeUndefined();
  });

  test('cells that cannot be taken are told with the administrator’s own label', async () => {
    const file = csv('wrong.csv', header, 'Wrong,,Unknown tag,,forty,,perhaps,Wet');
    const id = await uploadFile(administrator, file);
    await checkFile(product, administrator, id);
    const response = await administrator.get(`/imports/${id}`);
    const text = load(response.text)('main').text();
    expect(text).toContain('Tags: there is no tag of this name');
    expect(text).toContain('Shoe size: this is not a number');
    expect(text).toContain('In the club: write yes or no');
    expect(text).toContain('Skin: it is none of the choices');
    expect(text).not.toContain('forty');
  });

  test('an update adds tags and values, and leaves what its row does not say', async () => {
    const { id, customerNo } = await createCustomer(product.deps, {
      name: 'Known',
      habits: 'Old habit',
      customValues: { pet: 'Rex', shoe: 40 },
    });
    await createTag(product.deps, { name: 'Held', customerIds: [id] });
    const update = (line: string) =>
      importFile(product, administrator, csv('update.csv', 'Customer no,Name,Tags,shoe', line), {
        choices: { policy: 'update' },
      });
    await update(`${customerNo},Known,VIP、Held,41`);
    const changed = { habits: 'Old habit', custom_values: { pet: 'Rex', shoe: 41 }, tags: ['Held', 'VIP'] };
    expect(await customer('Known')).toEqual(changed);
    const file = csv('same.csv', 'Customer no,Name,Tags,shoe', `${customerNo},Known,VIP,41.0`);
    const same = await uploadFile(administrator, file);
    await checkFile(product, administrator, same, { policy: 'update' });
    const [counts] = await product.query(
      z.object({ unchanged_count: z.number() }),
      'SELECT unchanged_count FROM imports WHERE id = $1',
      [same],
    );
    expect(counts).toEqual({ unchanged_count: 1 });
  });
});
