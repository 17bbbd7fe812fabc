import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { populate } from '../support/populate.js';
import { recordPath } from '../support/record-paths.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { plainPaths, recordPaths } from './route-paths.js';

/** What a request may write: who is signed in, counters, and the log that somebody looked. */
const writtenByReading = ['sessions', 'login_sessions', 'rate_limits', 'audit_log'];

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
  await populate(product);
});
afterAll(() => product.close());

test('R5.6 no GET changes anything', async () => {
  const administrator = await product.signIn();
  const records = await Promise.all(recordPaths.map((path) => recordPath(product, path)));
  const paths = [...plainPaths, ...records];
  const before = await fingerprint();
  for (const path of [...paths, ...paths]) {
    const { status } = await administrator.download(path);
    expect([200, 303], `GET ${path} answered ${status}`).toContain(status);
  }
  expect(await fingerprint()).toEqual(before);
});

/** A checksum of each table's rows and of each sequence's position; of the log, of what is no mere event. */
async function fingerprint(): Promise<Record<string, string>> {
  const tables = await product.query(
    z.object({ name: z.string() }),
    `SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
  );
  const sums: Record<string, string> = {};
  for (const { name } of tables.filter((table) => !writtenByReading.includes(table.name))) {
    sums[name] = await checksum(name);
  }
  sums['changes in the log'] = await checksum(`(SELECT * FROM audit_log WHERE operation <> 'event')`);
  sums['sequences'] = await checksum(
    `(SELECT sequencename, last_value FROM pg_sequences WHERE sequencename <> 'audit_log_id_seq')`,
  );
  return sums;
}

async function checksum(rows: string): Promise<string> {
  const [found] = await product.query(
    z.object({ sum: z.string() }),
    `SELECT coalesce(md5(string_agg(row_text, E'\\n' ORDER BY row_text)), 'empty') AS sum
     FROM (SELECT t::text AS row_text FROM ${rows} AS t) AS texts`,
  );
  return found?.sum ?? '';
}
