import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { anyOf, sql, type Sql } from '../../src/core/sql.js';
import { holdsText, idsOf, requestHits } from '../../src/modules/service-requests/request-search.js';
import { gatherHits } from '../../src/modules/service-requests/resolve-request-query.js';
import { createCustomer } from '../support/factories/customer.js';
import { createRequest } from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const subjects = [
  ...[
    '空调不制冷',
    '空调',
    '制冷剂',
    'Air conditioner is loud',
    'AIR',
    '50% off',
    '5_0',
    'back\\slash',
    '１２３',
    '000123',
  ],
  ...["O'Brien", '"quoted"', '😀 smile'],
];
const names = ['张三', '王Anna', '空调公司'];

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
  for (const [index, subject] of subjects.entries()) {
    const { id } = await createCustomer(product.deps, { name: names[index % names.length] ?? '' });
    await createRequest(product.deps, { subject, customerId: id });
  }
});
afterAll(() => product.close());

const idsWhere = async (condition: Sql): Promise<string[]> => {
  const found = await product.deps.database.rows(
    sql`SELECT id::text FROM service_requests WHERE deleted_at IS NULL AND ${condition} ORDER BY id`,
    z.object({ id: z.string() }),
  );
  return found.map(({ id }) => id);
};

describe('R2.5 a search finds the same requests', () => {
  const texts = [
    ...[
      '空',
      '空调',
      '空调不',
      'air',
      'AIR',
      'ai',
      '%',
      '5_',
      '\\',
      "o'b",
      '"',
      '😀',
      '123',
      '000123',
      '１２３',
      'sr-',
      'SR-2',
    ],
    ...['张', '张三', 'anna', 'nobody has this'],
  ];
  test.each(texts)('whether %j is gathered beforehand, within the statement, or row by row', async (text) => {
    const context = { deps: product.deps };
    const gathered = await gatherHits(context, text, requestHits(text));
    const withinStatement = await idsWhere(sql`service_requests.id IN (${idsOf(requestHits(text))})`);
    expect([...new Set(gathered)].sort()).toEqual(withinStatement);
    expect(await idsWhere(holdsText(text))).toEqual(withinStatement);
    expect(await idsWhere(anyOf(requestHits(text)))).toEqual(withinStatement);
  });

  test('texts are found at all, by number, words and name', async () => {
    const counts = await Promise.all(
      ['空调', 'air', '张三', '000001', 'sr-'].map(async (text) => (await idsWhere(holdsText(text))).length),
    );
    expect(counts).toEqual([2 + 4, 2, 5, 1, subjects.length]);
  });
});
