import { z } from 'zod';
import type { Database } from '../../core/database.js';
import type { Sql } from '../../core/sql.js';

const Cancelled = z.object({ code: z.literal('57014') });

/** Runs one reading statement; undefined when it does not end within so many milliseconds, of which 0 are too few for any. */
export async function rowsWithin<Row>(
  database: Database,
  millis: number,
  query: Sql,
  row: z.ZodType<Row>,
): Promise<Row[] | undefined> {
  if (millis <= 0) return undefined;
  const connection = await database.pool.connect();
  try {
    await connection.query('BEGIN READ ONLY');
    await connection.query(`SELECT set_config('statement_timeout', $1, true)`, [String(millis)]);
    const result = await connection.query({ text: query.text, values: query.values });
    return row.array().parse(result.rows);
  } catch (error) {
    if (Cancelled.safeParse(error).success) return undefined;
    throw error;
  } finally {
    await connection.query('ROLLBACK').catch(() => undefined);
    connection.release();
  }
}
