import { createHash } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';

const Applied = z.object({ migration_name: z.string(), checksum: z.string() });

const undefinedTable = '42P01';
const connectionTimeoutMillis = 10_000;

/**
 * Whether the database has every one of the migrations, with this very text, and no failed one: told by one statement,
 * so that an ordinary start need not load the schema engine, which takes half a second and 60 MB.
 * @param ownerUrl connects as the role that owns the database.
 */
export async function areApplied(
  ownerUrl: string,
  migrations: readonly { readonly name: string; readonly sql: string }[],
): Promise<boolean> {
  const recorded = await readRecorded(ownerUrl);
  return (
    recorded !== undefined &&
    recorded.size === migrations.length &&
    migrations.every(({ name, sql }) => recorded.get(name) === checksumOf(sql))
  );
}

/** By name; undefined when a migration failed, or none was ever applied. */
async function readRecorded(ownerUrl: string): Promise<ReadonlyMap<string, string> | undefined> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    connectionTimeoutMillis,
  });
  try {
    await client.connect();
    const { rows } = await client.query(
      `SELECT migration_name, CASE WHEN finished_at IS NULL THEN '' ELSE checksum END AS checksum
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
    );
    return new Map(
      Applied.array()
        .parse(rows)
        .map(({ migration_name, checksum }) => [migration_name, checksum]),
    );
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === undefinedTable) return undefined;
    throw error;
  } finally {
    await client.end();
  }
}

/** As Prisma records it: SHA-256 of the file's text. */
const checksumOf = (sql: string): string => createHash('sha256').update(sql).digest('hex');
