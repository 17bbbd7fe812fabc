import { z } from 'zod';
import type { Database } from '../../core/database.js';
import { migrationNames } from '../../core/migrations/migrations.js';
import { sql } from '../../core/sql.js';

/** The migrations of this version that the database has not finished yet, the oldest first. */
export async function unfinishedMigrations(database: Database): Promise<string[]> {
  const [known, finished] = await Promise.all([
    migrationNames(),
    database.rows(
      sql`SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
      z.object({ migration_name: z.string() }),
    ),
  ]);
  const names = new Set(finished.map(({ migration_name }) => migration_name));
  return known.filter((name) => !names.has(name));
}
