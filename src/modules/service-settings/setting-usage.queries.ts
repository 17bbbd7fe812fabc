import { z } from 'zod';
import { readRows, type RowSource } from '../../core/read-rows.js';
import { joinSql, sql, type Sql } from '../../core/sql.js';
import { settingUsers, type Upkeep } from './setting-kind.js';

/** Uses of a setting are counted up to here; a page counts those of hundreds of them at once. */
export const usageCap = 1_000;

const Usage = z.object({ who: z.enum(settingUsers), count: z.number() });

export type Usage = z.infer<typeof Usage>;

/** Who uses a setting, and how many of them there are; counting ends one above the cap. Nobody: an empty list. */
export async function readUsage(source: RowSource, { usedBy }: Upkeep, id: string): Promise<Usage[]> {
  const counts = settingUsers.flatMap((who) => {
    const rows = usedBy[who];
    return rows ? [sql`SELECT ${who} AS who, ${cappedCount(rows(id))} AS count`] : [];
  });
  if (counts.length === 0) return [];
  const usage = await readRows(source, joinSql(counts, ' UNION ALL '), Usage);
  return usage.filter(({ count }) => count > 0);
}

/** The number of rows from which a FROM and its WHERE choose, at most one above the cap. */
export const cappedCount = (from: Sql): Sql =>
  sql`(SELECT count(*)::integer FROM (SELECT FROM ${from} LIMIT ${usageCap + 1}) AS counted)`;
