import { z } from 'zod';
import type { TestProduct } from '../support/product.js';

const tables = [
  'customers',
  'purchases',
  'request_categories',
  'service_requests',
  'complaints',
  'return_visits',
  'request_assignments',
  'request_state_changes',
];

/** A checksum of all rows of each business table, every column included. */
export async function businessRows(product: TestProduct): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const table of tables) {
    const [row] = await product.query(
      z.object({ sum: z.string() }),
      `SELECT count(*) || ':' || coalesce(md5(string_agg(${table}::text, E'\\n' ORDER BY id)), '') AS sum FROM ${table}`,
    );
    sums[table] = row?.sum ?? '';
  }
  return sums;
}
