import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestProduct, type TestProduct } from '../support/product.js';

const poolSize = 2;

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct({ environment: { DATABASE_POOL_SIZE: String(poolSize) } });
});
afterAll(() => product.close());

async function probe(path: string): Promise<[number, unknown]> {
  const response = await product.anonymous().get(path);
  return [response.status, response.body];
}

describe('R6.4 health and readiness', () => {
  test('a product that serves says so to anybody', async () => {
    expect(await probe('/healthz')).toEqual([200, { status: 'alive' }]);
    expect(await probe('/readyz')).toEqual([200, { status: 'ready' }]);
  });

  test('it is not ready while a migration of its version is missing or unfinished', async () => {
    const change = (assignment: string) =>
      product.query(
        z.unknown(),
        `UPDATE _prisma_migrations SET ${assignment} WHERE migration_name LIKE '%audit_log__triggers'`,
      );
    await change('finished_at = NULL');
    expect(await probe('/readyz')).toEqual([503, { status: 'migrations pending' }]);
    await change('finished_at = now(), rolled_back_at = now()');
    expect(await probe('/readyz')).toEqual([503, { status: 'migrations pending' }]);
    await change('rolled_back_at = NULL');
    expect(await probe('/readyz')).toEqual([200, { status: 'ready' }]);
  });

  test('without the database it is alive but not ready, and says so in time', async () => {
    const held = await Promise.all(
      Array.from({ length: poolSize }, () => product.deps.database.pool.connect()),
    );
    expect(await probe('/healthz')).toEqual([200, { status: 'alive' }]);
    expect(await probe('/readyz')).toEqual([503, { status: 'database out of reach' }]);
    for (const connection of held) connection.release();
    expect(await probe('/readyz')).toEqual([200, { status: 'ready' }]);
  });
});
