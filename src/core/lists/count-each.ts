import { z } from 'zod';
import type { Database } from '../database.js';
import { joinSql, rawSql, sql, type Sql } from '../sql.js';
import { knownCountsOf } from './known-counts.js';

/** Rows that are counted under a name: tables and conditions, without what is selected. */
export interface CountedRows<Name extends string> {
  readonly name: Name;
  readonly from: Sql;
}

export interface CountingLimits {
  /** Where counting stops. */
  readonly cap: number;
  /** True where the statement is one of a few, whatever is asked: it is planned once. */
  readonly isPrepared: boolean;
}

const Count = z.object({ name: z.string(), count: z.number() });

/**
 * How many rows each has, up to the cap and one, in one statement. What reached the cap within the last minute is not
 * counted again.
 */
export async function countEach<Name extends string>(
  database: Database,
  wanted: readonly CountedRows<Name>[],
  { cap, isPrepared }: CountingLimits,
): Promise<ReadonlyMap<Name, number>> {
  const known = knownCountsOf(database);
  const countings = wanted
    .map(({ name, from }) => ({
      name,
      counting: sql`SELECT ${name} AS name, count(*)::integer AS count
        FROM (SELECT FROM ${from} LIMIT ${rawSql(String(cap + 1))}) AS counted`,
    }))
    .filter(({ counting }) => !known.isCapped(counting));
  const counts = new Map(wanted.map(({ name }) => [name, cap + 1]));
  if (countings.length === 0) return counts;
  const statement = joinSql(
    countings.map(({ counting }) => counting),
    ' UNION ALL ',
  );
  const found = await (isPrepared
    ? database.preparedRows(statement, Count)
    : database.rows(statement, Count));
  const countOf = new Map(found.map(({ name, count }) => [name, count]));
  for (const { name, counting } of countings) {
    const count = countOf.get(name) ?? 0;
    counts.set(name, count);
    if (count > cap) known.noteCapped(counting);
  }
  return counts;
}
