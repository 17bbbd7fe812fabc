import type pg from 'pg';
import { z } from 'zod';

const Definition = z.object({ indexname: z.string(), indexdef: z.string() });

/** Takes away every index of the tables that keeps no rule, so that filling is quick; the returned function makes them anew. */
export async function dropSecondaryIndexes(
  owner: pg.Client,
  tables: readonly string[],
): Promise<() => Promise<void>> {
  const { rows } = await owner.query(
    `SELECT indexname, indexdef FROM pg_indexes JOIN pg_class ON relname = indexname JOIN pg_index ON indexrelid = pg_class.oid
     WHERE schemaname = 'public' AND tablename = ANY ($1) AND NOT indisunique`,
    [tables],
  );
  const indexes = Definition.array().parse(rows);
  for (const { indexname } of indexes) await owner.query(`DROP INDEX "${indexname}"`);
  return async () => {
    for (const { indexdef } of indexes) await owner.query(indexdef);
  };
}
