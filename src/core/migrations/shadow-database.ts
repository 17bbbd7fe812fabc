import { randomBytes } from 'node:crypto';
import pg from 'pg';

/**
 * Runs `work` with the address of a new, empty database on the same server and drops it afterwards.
 * @param serverUrl connects as a role that may create databases.
 */
export async function withShadowDatabase<Result>(
  serverUrl: string,
  work: (shadowUrl: string) => Promise<Result>,
): Promise<Result> {
  const name = `crm_shadow_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    return await work(url.href);
  } finally {
    await client.query(`DROP DATABASE IF EXISTS ${name}`);
    await client.end();
  }
}
