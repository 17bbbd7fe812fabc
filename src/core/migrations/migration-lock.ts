import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** Any number that no other user of advisory locks in this database takes. */
const lockKey = 7_126_403_581;
const pollMillis = 200;

/**
 * Runs `work` while no other process migrates the same database. Waits by asking again and again: a statement that
 * waited inside PostgreSQL would hold a snapshot, and CREATE INDEX CONCURRENTLY would wait for it for ever.
 */
export async function withMigrationLock<Result>(url: string, work: () => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    while (!(await isLockTaken(client))) await pause(pollMillis);
    return await work();
  } finally {
    await client.end();
  }
}

async function isLockTaken(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
    lockKey,
  ]);
  return rows[0]?.taken === true;
}
