import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createKnownCounts } from '../../src/core/lists/known-counts.js';
import type { Database } from '../../src/core/database.js';
import { countCap, listPage } from '../../src/core/lists/list.js';
import { pageSize } from '../../src/core/lists/page-statement.js';
import { sql, type Sql } from '../../src/core/sql.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const cap = 2 * pageSize;

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

describe('R1.11 what is known of counts', () => {
  test('a list over its cap is remembered for a minute, by its text and its values', () => {
    let now = 0;
    const known = createKnownCounts(() => now);
    const ofCity = (city: string): Sql => sql`(SELECT count(*) FROM customers WHERE city = ${city})`;
    known.noteCapped(ofCity('Berlin'));
    now = 59_999;
    expect([known.isCapped(ofCity('Berlin')), known.isCapped(ofCity('Bern'))]).toEqual([true, false]);
    now = 60_000;
    expect(known.isCapped(ofCity('Berlin'))).toBe(false);
  });

  test('moments of the same minute ask for the same list', () => {
    const known = createKnownCounts(() => 0);
    const before = (moment: string): Sql =>
      sql`SELECT count(*) FROM requests WHERE due_at < ${new Date(moment)}`;
    known.noteCapped(before('2026-01-01T10:00:00Z'));
    expect(known.isCapped(before('2026-01-01T10:00:59Z'))).toBe(true);
    expect(known.isCapped(before('2026-01-01T10:01:00Z'))).toBe(false);
  });

  test('no more than a thousand lists are remembered; the oldest is given up', () => {
    const known = createKnownCounts(() => 0);
    const list = (number: number): Sql => sql`SELECT ${number}`;
    for (let number = 0; number < 1_001; number += 1) known.noteCapped(list(number));
    expect([0, 1, 1_000].map((number) => known.isCapped(list(number)))).toEqual([false, true, true]);
  });
});

describe.each([
  ['its rows at once', {}],
  ['its ids first', { seekFrom: sql`customers` }],
  ['by a plan that is kept', { isUnfiltered: true }],
  [
    'its ids first, by a plan that is kept',
    { seekFrom: sql`customers`, isUnfiltered: true, joinsLate: true },
  ],
])('R1.11 a list that reads %s', (_how, ways) => {
  const city = `City ${Object.keys(ways).join('')}`;
  const page = () =>
    listPage(product.deps.database, {
      ...ways,
      select: sql`customer_no`,
      from: sql`customers`,
      id: sql`id`,
      where: [sql`deleted_at IS NULL`, sql`city = ${city}`],
      sort: { expression: sql`created_at`, type: 'timestamptz' },
      descending: true,
      cursor: undefined,
      countCap: cap,
      row: z.object({ customer_no: z.string() }),
    });
  const inUnit = (change: Sql): Promise<unknown> =>
    unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.created', (tx) =>
      tx.$executeRaw(change),
    );

  test('counts up to its cap, and from then on says so without counting until it can be seen to be wrong', async () => {
    await inUnit(sql`
      INSERT INTO customers (id, customer_no, name, name_pinyin, name_initials, city)
      SELECT gen_random_uuid(), ${city} || n, 'A', 'a', 'a', ${city} FROM generate_series(1, ${cap + 20}::integer) AS n`);
    expect((await page()).count).toBe(cap + 1);
    await inUnit(
      sql`UPDATE customers SET deleted_at = now() WHERE city = ${city} AND customer_no > ${city} || '6'`,
    );
    const between = await page();
    expect([between.rows.length, between.count]).toEqual([pageSize, cap + 1]);
    await inUnit(
      sql`UPDATE customers SET deleted_at = now() WHERE city = ${city} AND customer_no > ${city} || '11'`,
    );
    const left = await page();
    expect(left.count).toBe(left.rows.length);
    expect(left.count).toBeLessThan(pageSize);
  });
});

describe('R1.11 a list of which the viewer sees a part', () => {
  const row = z.object({ customer_no: z.string() });

  /** Answers every count with so many, and writes down which of its ways was taken. */
  function countingDatabase(count: number): { database: Database; ways: string[] } {
    const ways: string[] = [];
    const answerBy =
      (way: string) =>
      <Row>(statement: Sql, answer: z.ZodType<Row>): Promise<Row[]> => {
        ways.push(way);
        const isCounting = /AS count$/.test(statement.text);
        const rows = Array.from({ length: pageSize + 1 }, (_, place) => ({
          id: String(place),
          sort_value: '1',
          customer_no: 'C',
        }));
        return Promise.resolve(
          isCounting ? [answer.parse({ count })] : rows.map((each) => answer.parse(each)),
        );
      };
    const { database } = product.deps;
    return { database: { ...database, rows: answerBy('values'), preparedRows: answerBy('once') }, ways };
  }

  const read = (database: Database) =>
    listPage(database, {
      isUnfiltered: true,
      mayBeRare: true,
      select: sql`customer_no`,
      from: sql`customers`,
      id: sql`id`,
      where: [sql`owner_id IS NOT NULL`],
      sort: { expression: sql`created_at`, type: 'timestamptz' },
      descending: true,
      cursor: undefined,
      row,
    });

  test('is planned for the viewer until it is known to be long', async () => {
    const { database, ways } = countingDatabase(countCap + 1);
    await read(database);
    expect(ways).toEqual(['values', 'values']);
    await read(database);
    expect(ways.slice(2)).toEqual(['once']);
  });

  test('is planned for the viewer each time while it is short', async () => {
    const { database, ways } = countingDatabase(3);
    await read(database);
    await read(database);
    expect(new Set(ways)).toEqual(new Set(['values']));
  });
});
