import type pg from 'pg';
import { z } from 'zod';

const Definition = z.object({ table: z.string(), name: z.string(), definition: z.string() });

/** Takes the references of tables away while they are filled; the returned function makes them anew, which proves them. */
export async function dropForeignKeys(
  owner: pg.Client,
  tables: readonly string[],
): Promise<() => Promise<void>> {
  const { rows } = await owner.query(
    `SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY ($1)`,
    [tables],
  );
  const keys = Definition.array().parse(rows);
  for (const { table, name } of keys) await owner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  return async () => {
    for (const { table, name, definition } of keys) {
      await owner.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
    }
  };
}
