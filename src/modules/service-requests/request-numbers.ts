import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import { dayOf } from '../../core/format.js';

const Numbers = z.array(z.object({ number: z.string() }));

/** The numbers of so many new requests: `SR-2026-000123`, with the year in which they were received. */
export async function drawRequestNumbers(tx: Transaction, receivedAt: readonly Date[]): Promise<string[]> {
  const rows = await tx.$queryRaw`
    SELECT lpad(drawn, greatest(6, length(drawn)), '0') AS number
    FROM (SELECT nextval('service_request_numbers')::text AS drawn
          FROM generate_series(1, ${receivedAt.length}::integer)) AS numbers`;
  return Numbers.parse(rows).map(({ number }, at) => `SR-${yearOf(receivedAt[at])}-${number}`);
}

/** The number of one new request. */
export async function nextRequestNo(tx: Transaction, receivedAt: Date): Promise<string> {
  const [number] = await drawRequestNumbers(tx, [receivedAt]);
  if (number === undefined) throw new Error('the sequence of request numbers gave nothing');
  return number;
}

const yearOf = (moment: Date | undefined): string => (moment ? dayOf(moment).slice(0, 4) : '');
