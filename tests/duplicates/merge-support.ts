import { load } from 'cheerio';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import type { TestProduct } from '../support/product.js';

const Row = z.looseObject({});
export type DumpedRow = z.infer<typeof Row>;

/** All rows of customers and of every table that refers to them, to the last column. */
export const dumpRelated = (product: TestProduct): Promise<Record<string, readonly DumpedRow[]>> =>
  dumpTables(product, 'customers');

/** All rows of a table and of every table that refers to it, to the last column. */
export async function dumpTables(
  product: TestProduct,
  target: 'customers' | 'service_requests',
): Promise<Record<string, readonly DumpedRow[]>> {
  const tables = await product.query(
    z.object({ name: z.string() }),
    `SELECT DISTINCT conrelid::regclass::text AS name FROM pg_constraint
     WHERE contype = 'f' AND confrelid = '${target}'::regclass UNION SELECT '${target}' ORDER BY 1`,
  );
  const dump: Record<string, readonly DumpedRow[]> = {};
  for (const { name } of tables) {
    dump[name] = await product.query(Row, `SELECT rows.* FROM ${name} AS rows ORDER BY rows::text`);
  }
  return dump;
}

/** What the page of a comparison sends when nothing is changed on it. */
export async function proposedForm(
  client: TestClient,
  path: string,
): Promise<{ action: string; fields: Record<string, string> }> {
  const document = await client.page(path);
  const form = document('form#merge');
  const fields: Record<string, string> = {};
  for (const element of form.find('input').toArray()) {
    const input = load(element)('input');
    const [name, value, type] = [input.attr('name') ?? '', input.attr('value') ?? '', input.attr('type')];
    if (name === '_csrf' || (type === 'radio' && input.attr('checked') === undefined)) continue;
    fields[name] = value;
  }
  return { action: form.attr('action') ?? '', fields };
}

/** The address that takes back what the client did last. */
export async function lastUndo(client: TestClient): Promise<string> {
  const actions = await client.page('/recent-actions');
  return actions('form[action^="/recent-actions/"]').first().attr('action') ?? '';
}
