import { z } from 'zod';
import type { Transaction } from '../../core/database.js';

/** The next free customer number: `C000001` and on, seven digits after `C999999`, past every number of that form that is in use. */
export async function nextCustomerNo(tx: Transaction): Promise<string> {
  const number = await drawNumber(tx);
  if ((await tx.customer.count({ where: { customerNo: number } })) === 0) return number;
  await skipUsedNumbers(tx);
  return drawNumber(tx);
}

/** Draws several numbers at once. Call `skipUsedNumbers` before when numbers came from outside. */
export async function nextCustomerNos(tx: Transaction, count: number): Promise<string[]> {
  const rows = await tx.$queryRaw`
    SELECT 'C' || lpad(drawn, greatest(6, length(drawn)), '0') AS number
    FROM (SELECT nextval('customer_numbers')::text AS drawn FROM generate_series(1, ${count}::integer)) AS numbers`;
  return z
    .array(z.object({ number: z.string() }))
    .parse(rows)
    .map(({ number }) => number);
}

/** Moves the sequence past the highest number of its form that customers have; after an import, for instance. */
export async function skipUsedNumbers(tx: Transaction): Promise<void> {
  await tx.$queryRaw`
    SELECT setval('customer_numbers', greatest(
      (SELECT last_value FROM customer_numbers),
      (SELECT max(substr(customer_no, 2)::bigint) FROM customers WHERE customer_no ~ '^C[0-9]{1,9}$')))`;
}

async function drawNumber(tx: Transaction): Promise<string> {
  const [number] = await nextCustomerNos(tx, 1);
  if (number === undefined) throw new Error('the sequence of customer numbers gave nothing');
  return number;
}
