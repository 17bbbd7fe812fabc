import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import { readRows } from '../../core/read-rows.js';
import { sql, type Sql } from '../../core/sql.js';

/** The next free customer number: `C000001` and on, seven digits after `C999999`, past every number of that form that is in use. */
export async function nextCustomerNo(tx: Transaction): Promise<string> {
  const drawn = await drawNumber(tx);
  if (!drawn.is_used) return drawn.number;
  await skipUsedNumbers(tx);
  return (await drawNumber(tx)).number;
}

/** Draws several numbers at once. Call `skipUsedNumbers` before when numbers came from outside. */
export async function nextCustomerNos(tx: Transaction, count: number): Promise<string[]> {
  const rows = await readRows(tx, drawnNumbers(count), z.object({ number: z.string() }));
  return rows.map(({ number }) => number);
}

/** Moves the sequence past the highest number of its form that customers have; after an import, for instance. */
export async function skipUsedNumbers(tx: Transaction): Promise<void> {
  await tx.$queryRaw`
    SELECT setval('customer_numbers', greatest(
      (SELECT last_value FROM customer_numbers),
      (SELECT max(substr(customer_no, 2)::bigint) FROM customers WHERE customer_no ~ '^C[0-9]{1,9}$')))`;
}

const Drawn = z.object({ number: z.string(), is_used: z.boolean() });

async function drawNumber(tx: Transaction): Promise<z.infer<typeof Drawn>> {
  const [drawn] = await readRows(
    tx,
    sql`SELECT number, EXISTS (SELECT FROM customers WHERE customer_no = number) AS is_used
        FROM (${drawnNumbers(1)}) AS drawn`,
    Drawn,
  );
  return Drawn.parse(drawn);
}

const drawnNumbers = (count: number): Sql => sql`
  SELECT 'C' || lpad(drawn, greatest(6, length(drawn)), '0') AS number
  FROM (SELECT nextval('customer_numbers')::text AS drawn FROM generate_series(1, ${count}::integer)) AS numbers`;
