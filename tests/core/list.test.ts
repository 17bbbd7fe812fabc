import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { InvalidInput } from '../../src/core/errors.js';
import { listPage, listParameters, type ListRequest } from '../../src/core/lists/list.js';
import {
  mostGathered,
  mostWalked,
  pageSize,
  type Cursor,
  type SortColumn,
} from '../../src/core/lists/page-statement.js';
import { sql, type Sql } from '../../src/core/sql.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const rowCount = 3 * pageSize + 17;

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
  await unitOfWork(
    { deps: product.deps, actor: factoryActor },
    'factory.created',
    (tx) => tx.$executeRaw`
    INSERT INTO customers (id, customer_no, name, name_pinyin, name_initials, first_visit_on, created_at, version)
    SELECT gen_random_uuid(), 'N' || n, (ARRAY['张三', '李四', 'Anna', 'anna', 'Zoë', 'O''Brien', ' ', 'a_b%', '"quoted"'])[1 + n % 9],
           'p', 'i', CASE WHEN n % 3 > 0 THEN date '2020-01-01' + n % 5 END,
           timestamptz '2026-01-01 00:00:00.123Z' + (n % 40) * interval '1 millisecond', 1 + n % 7
    FROM generate_series(1, ${rowCount}::integer) AS n`,
  );
});
afterAll(() => product.close());

const sorts: Readonly<Record<string, SortColumn>> = {
  text: { expression: sql`name`, type: 'text' },
  timestamptz: { expression: sql`created_at`, type: 'timestamptz' },
  date: { expression: sql`coalesce(first_visit_on, '1900-01-01')`, type: 'date' },
  integer: { expression: sql`version`, type: 'integer' },
  numeric: { expression: sql`version / 3.0`, type: 'numeric' },
  bigint: { expression: sql`length(customer_no)::bigint`, type: 'bigint' },
};

const Parameters = z.strictObject(listParameters(['name', 'createdAt']));
const cursorOf = (text: string): Cursor | undefined => Parameters.parse({ after: text }).after;

const onePage = (
  sort: SortColumn,
  descending: boolean,
  cursor: Cursor | undefined,
  ways: Pick<
    ListRequest<unknown>,
    'seekFrom' | 'isUnfiltered' | 'isGathered' | 'joinsLate' | 'mayBeRare'
  > = {},
) =>
  listPage(product.deps.database, {
    select: sql`customer_no`,
    from: sql`customers`,
    ...ways,
    id: sql`id`,
    where: [sql`deleted_at IS NULL`],
    sort,
    descending,
    cursor,
    row: z.object({ customer_no: z.string() }),
  });

async function bigOrder(sort: SortColumn, descending: boolean): Promise<string[]> {
  const direction = descending ? sql`DESC` : sql`ASC`;
  const rows = await product.deps.database.rows(
    sql`SELECT id::text FROM customers ORDER BY ${sort.expression} ${direction}, id ${direction}`,
    z.object({ id: z.string() }),
  );
  return rows.map(({ id }) => id);
}

describe.each(Object.entries(sorts))('R1.11 pages of a list by %s', (_type, sort) => {
  test.each([
    [false, {}],
    [true, {}],
    [false, { seekFrom: sql`customers` }],
    [true, { seekFrom: sql`customers` }],
    [false, { seekFrom: sql`customers`, isGathered: true }],
    [true, { seekFrom: sql`customers`, isGathered: true }],
    [false, { isUnfiltered: true }],
    [true, { isUnfiltered: true }],
    [false, { isUnfiltered: true, mayBeRare: true }],
    [true, { isUnfiltered: true, mayBeRare: true }],
    [false, { seekFrom: sql`customers`, isUnfiltered: true, joinsLate: true }],
    [true, { seekFrom: sql`customers`, isUnfiltered: true, joinsLate: true }],
  ])(
    'descending %s, found by %o: there and back again they are one big ORDER BY',
    async (descending, ways) => {
      const wanted = await bigOrder(sort, descending);
      const there: string[] = [];
      let page = await onePage(sort, descending, undefined, ways);
      expect([page.previousCursor, page.count]).toEqual(['', rowCount]);
      there.push(...page.rows.map(({ id }) => id));
      while (page.nextCursor !== '') {
        page = await onePage(sort, descending, cursorOf(page.nextCursor), ways);
        expect(page.rows.length).toBeGreaterThan(0);
        there.push(...page.rows.map(({ id }) => id));
      }
      expect(there).toEqual(wanted);

      let back = page.rows.map(({ id }) => id);
      while (page.previousCursor !== '') {
        page = await onePage(sort, descending, cursorOf(page.previousCursor), ways);
        back = [...page.rows.map(({ id }) => id), ...back];
      }
      expect(back).toEqual(wanted);
      expect(page.nextCursor).not.toBe('');
    },
  );
});

test('R1.11 more hits than are gathered are walked, and counted up to the cap', async () => {
  const many = sql`(SELECT customers.id, name, deleted_at, customer_no || '-' || n AS customer_no
                    FROM customers, generate_series(1, 30) AS n) AS customers`;
  expect(30 * rowCount).toBeGreaterThan(mostGathered);
  const ask = (cursor: Cursor | undefined, isGathered: boolean) =>
    listPage(product.deps.database, {
      select: sql`name`,
      from: sql`customers`,
      seekFrom: many,
      id: sql`customers.id`,
      where: [sql`deleted_at IS NULL`],
      sort: { expression: sql`customers.customer_no`, type: 'text' },
      descending: false,
      cursor,
      countCap: 100,
      isGathered,
      row: z.object({ name: z.string() }),
    });
  for (const cursor of [undefined, { backwards: false, value: 'N12', id: newId() }]) {
    const walked = await ask(cursor, false);
    for (const time of ['first', 'known']) expect(await ask(cursor, true), time).toEqual(walked);
  }
});

describe('R1.11 of more hits than are gathered', () => {
  const places = 3 * mostWalked;
  const table = sql`places`;
  const listed = sql`places.number < 1000000`;
  const ask = (hit: Sql, options: { cursor?: Cursor; isWalking: boolean }) =>
    listPage(product.deps.database, {
      select: sql`places.number`,
      from: table,
      seekFrom: table,
      id: sql`places.id`,
      where: [listed, hit],
      sort: { expression: sql`places.number`, type: 'integer' },
      descending: true,
      cursor: options.cursor,
      countCap: 100,
      isGathered: true,
      walking: options.isWalking ? { table, listed, where: [hit] } : undefined,
      row: z.object({ number: z.number() }),
    });
  beforeAll(async () => {
    await product.query(
      z.unknown(),
      `CREATE TABLE places AS SELECT gen_random_uuid() AS id, n AS number FROM generate_series(1, ${places}) AS n`,
    );
    await product.query(z.unknown(), 'GRANT SELECT ON places TO PUBLIC');
  });

  test.each([
    ['everywhere', sql`places.number % 5 = 0`],
    ['only behind the rows that are walked', sql`places.number < ${mostWalked}`],
    [
      'hardly among the rows that are walked',
      sql`(places.number < ${mostWalked} OR places.number % 400 = 0)`,
    ],
  ])('that lie %s, pages are those of the whole list, in both directions', async (_where, hit) => {
    const first = await ask(hit, { isWalking: false });
    const cursors = [undefined, cursorOf(first.nextCursor)];
    const second = await ask(hit, { isWalking: false, ...(cursors[1] && { cursor: cursors[1] }) });
    cursors.push(cursorOf(second.previousCursor));
    for (const cursor of cursors) {
      const options = cursor ? { cursor } : {};
      const whole = await ask(hit, { ...options, isWalking: false });
      expect(whole.rows).toHaveLength(pageSize);
      for (const time of ['first', 'known']) {
        expect(await ask(hit, { ...options, isWalking: true }), time).toEqual(whole);
      }
    }
  });
});

describe('R1.11 what a list is asked for', () => {
  test.each([
    'x',
    '',
    'W10',
    Buffer.from('["next","x"]').toString('base64url'),
    Buffer.from('["next","x","1 OR 1=1"]').toString('base64url'),
  ])('a position that no page gave (%j) is refused', (after) => {
    expect(Parameters.safeParse({ after }).success).toBe(false);
  });

  test.each(['timestamptz', 'date', 'integer', 'numeric', 'bigint'])(
    'a position that is no %s is bad input, not an error',
    async (type) => {
      const sort = sorts[type];
      if (!sort) throw new Error(`no sort by ${type}`);
      for (const value of ['x', '', '9'.repeat(40), '99999-99-99', '\\', "'"]) {
        const cursor = { backwards: false, value, id: '018f0000-0000-7000-8000-000000000001' };
        const outcome = await onePage(sort, false, cursor).then(
          () => 'taken',
          (error: unknown) => error,
        );
        if (outcome !== 'taken') expect(outcome, value).toBeInstanceOf(InvalidInput);
      }
    },
  );

  test('an order is one of those that the list has', () => {
    expect(Parameters.parse({ sort: '-createdAt' }).sort).toEqual({ name: 'createdAt', descending: true });
    for (const sort of ['created_at', 'name;', '--name', '', 'name desc', 'toString']) {
      expect(Parameters.safeParse({ sort }).success, sort).toBe(false);
    }
  });

  test('a search is a text that PostgreSQL can take', () => {
    for (const q of ['a\u0000', '\ud800', 'x'.repeat(201)])
      expect(Parameters.safeParse({ q }).success).toBe(false);
  });
});
