import { z } from 'zod';
import type { Database, Transaction } from './database.js';
import type { Sql } from './sql.js';

/** Where rows can be read from: the database, or a unit of work with what it has written so far. */
export type RowSource = Pick<Database, 'rows'> | Pick<Transaction, '$queryRaw'>;

/** Runs one reading statement and parses its rows. */
export async function readRows<Row>(source: RowSource, query: Sql, row: z.ZodType<Row>): Promise<Row[]> {
  return 'rows' in source ? source.rows(query, row) : z.array(row).parse(await source.$queryRaw(query));
}
