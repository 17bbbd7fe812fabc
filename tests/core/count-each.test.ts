import { afterAll, beforeAll, expect, test } from 'vitest';
import { countEach } from '../../src/core/lists/count-each.js';
import { sql } from '../../src/core/sql.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

test.each([true, false])(
  'R1.11 each of several is counted up to the cap; what reached it is not counted again (prepared: %s)',
  async (isPrepared) => {
    const count = () =>
      countEach(
        product.deps.database,
        (['few', 'full'] as const).map((name) => ({
          name,
          from: sql`customers WHERE city = ${`${name} ${isPrepared}`}`,
        })),
        { cap: 3, isPrepared },
      );
    const add = (name: string, customers: number) =>
      unitOfWork(
        { deps: product.deps, actor: factoryActor },
        'factory.created',
        (tx) => tx.$executeRaw`
        INSERT INTO customers (id, customer_no, name, name_pinyin, name_initials, city)
        SELECT gen_random_uuid(), gen_random_uuid()::text, 'A', 'a', 'a', ${`${name} ${isPrepared}`}
        FROM generate_series(1, ${customers}::integer)`,
      );
    expect([...(await count())]).toEqual([
      ['few', 0],
      ['full', 0],
    ]);
    await add('few', 2);
    await add('full', 5);
    expect([...(await count())]).toEqual([
      ['few', 2],
      ['full', 4],
    ]);
    await add('few', 1);
    await unitOfWork(
      { deps: product.deps, actor: factoryActor },
      'factory.changed',
      (tx) => tx.$executeRaw`UPDATE customers SET city = 'gone' WHERE city = ${`full ${isPrepared}`}`,
    );
    expect([...(await count())]).toEqual([
      ['few', 3],
      ['full', 4],
    ]);
  },
);
