import type { Transaction } from '../../core/database.js';
import { rawSql, sql } from '../../core/sql.js';

type Scalar = string | number | boolean | null;
type Value = Scalar | readonly Scalar[] | Readonly<Record<string, Scalar>>;

/** Rows to a statement: enough for speed, few enough for the statement to end in time on a slow machine. */
const rowsAtOnce = 5_000;

/**
 * Inserts rows, thousands by one statement. Prisma's `createMany` binds each value by itself, which takes eight times as
 * long. Table and columns are the database's own names; columns that no row names get their defaults.
 */
export async function insertRows(
  tx: Transaction,
  table: string,
  rows: readonly Readonly<Record<string, Value>>[],
): Promise<void> {
  const name = rawSql(table);
  const columns = rawSql(Object.keys(rows[0] ?? {}).join(', '));
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const json = JSON.stringify(rows.slice(start, start + rowsAtOnce));
    await tx.$executeRaw(sql`
      INSERT INTO ${name} (${columns})
      SELECT ${columns} FROM json_populate_recordset(NULL::${name}, ${json}::json)`);
  }
}
