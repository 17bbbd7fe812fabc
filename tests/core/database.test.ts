import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sql } from '../../src/core/sql.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

describe('budget: a statement', () => {
  test('that is prepared is planned without its values from the first time on', async () => {
    const { database } = product.deps;
    for (const number of [1, 2]) {
      const found = await database.preparedRows(
        sql`SELECT ${number}::integer AS planned_once`,
        z.object({ planned_once: z.number() }),
      );
      expect(found).toEqual([{ planned_once: number }]);
    }
    const { rows } = await database.preparedPool.query(
      `SELECT generic_plans::integer, custom_plans::integer FROM pg_prepared_statements WHERE statement LIKE '%planned_once%'`,
    );
    expect(rows).toEqual([{ generic_plans: 2, custom_plans: 0 }]);
  });

  test('that users compose is planned by its values', async () => {
    const modes = await product.deps.database.rows(
      sql`SELECT current_setting('plan_cache_mode') AS mode`,
      z.object({ mode: z.string() }),
    );
    expect(modes).toEqual([{ mode: 'auto' }]);
  });
});
