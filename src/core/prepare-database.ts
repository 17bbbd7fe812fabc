import pg from 'pg';
import { installJobs } from './jobs.js';
import { applyMigrations } from './migrations/migrations.js';

export interface PreparedDatabase {
  /** Migrations applied now, oldest first. */
  readonly applied: readonly string[];
  /** False when the product runs as the role that owns the tables: the audit log is then only as safe as that role. */
  readonly hasOwnRuntimeRole: boolean;
}

/**
 * Brings a database to this version: migrations, the tables of the job queue, and what the runtime role may do.
 * Safe to run by several processes at once and again.
 */
export async function prepareDatabase(
  ownerUrl: string,
  runtimeUrl: string,
  queues: readonly string[],
): Promise<PreparedDatabase> {
  const applied = await applyMigrations(ownerUrl);
  const runtimeRole = decodeURIComponent(new URL(runtimeUrl).username);
  const hasOwnRuntimeRole = runtimeRole !== decodeURIComponent(new URL(ownerUrl).username);
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  try {
    await installJobs(pool, queues, runtimeRole);
    if (hasOwnRuntimeRole) await pool.query('SELECT grant_runtime($1)', [runtimeRole]);
  } finally {
    await pool.end();
  }
  return { applied, hasOwnRuntimeRole };
}
