import type { Dependencies } from '../../core/context.js';
import { undoDays } from '../../core/undo/undo.js';

export const importExpiryQueue = 'import-expiry';

/**
 * Forgets the rows of files that were uploaded so long ago that their import cannot be undone any more. What became of
 * each row stays: it holds no personal data.
 */
export async function forgetOldRows({
  database,
  now,
}: Pick<Dependencies, 'database' | 'now'>): Promise<void> {
  const before = new Date(now().getTime() - undoDays * 86_400_000);
  for (const table of ['import_chunks', 'import_keys']) {
    await database.pool.query(
      `DELETE FROM ${table} USING imports
       WHERE imports.id = ${table}.import_id AND coalesce(imports.started_at, imports.created_at) < $1
         AND imports.state NOT IN ('checking', 'running', 'cancelling')`,
      [before],
    );
  }
}
