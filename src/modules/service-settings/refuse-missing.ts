import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import { readRows } from '../../core/read-rows.js';
import { rawSql, sql } from '../../core/sql.js';

type ChoiceTable = 'teams' | 'skills' | 'tiers' | 'request_types' | 'request_categories';

/**
 * What a form refers to must be there, and stays there until the unit of work ends. Null refers to nothing.
 * @throws InvalidInput beside the field.
 */
export async function refuseMissing(
  tx: Transaction,
  field: string,
  table: ChoiceTable,
  ids: readonly (string | null)[],
): Promise<void> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return;
  const found = await readRows(
    tx,
    sql`SELECT id::text FROM ${rawSql(table)} WHERE id = ANY(${wanted}::uuid[]) FOR KEY SHARE`,
    z.object({ id: z.string() }),
  );
  if (found.length < wanted.length) throw InvalidInput.field(field, 'errors.notAChoice');
}
