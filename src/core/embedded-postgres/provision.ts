import pg from 'pg';
import { databaseUrl, type Credentials } from './credentials.js';

/** Raise when a step below changes: clusters of an earlier number are provisioned again, which repeats no harm. */
export const provisioning = 1;

const extensions = ['btree_gin', 'citext', 'pg_trgm', 'pgcrypto', 'unaccent'];

/**
 * Creates the roles, the database and what only a superuser may create. `crm_owner` owns the database and migrates it;
 * `crm_app` runs the product, owns nothing and gets its rights from the migrations. The extensions are in template1
 * too, so that every database made for a test or a comparison has them.
 */
export async function provision(credentials: Credentials, port: number): Promise<void> {
  const urlOf = (database: string) => databaseUrl('postgres', credentials.superuser, port, database);
  await withClient(urlOf('template1'), async (client) => {
    await ensureRole(client, 'crm_owner', `LOGIN CREATEDB PASSWORD '${credentials.owner}'`);
    await ensureRole(client, 'crm_app', `LOGIN PASSWORD '${credentials.application}'`);
    await client.query('GRANT pg_monitor TO crm_owner');
    await ensureExtensions(client, extensions);
  });
  await withClient(urlOf('postgres'), async (client) => {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = 'crm'");
    if (rowCount === 0) await client.query('CREATE DATABASE crm OWNER crm_owner');
    await client.query('REVOKE ALL ON DATABASE crm FROM PUBLIC');
    await client.query('GRANT CONNECT ON DATABASE crm TO crm_app');
  });
  await withClient(urlOf('crm'), (client) => ensureExtensions(client, [...extensions, 'pg_stat_statements']));
}

async function ensureRole(client: pg.Client, name: string, options: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
  await client.query(`${rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${name} ${options}`);
}

async function ensureExtensions(client: pg.Client, names: readonly string[]): Promise<void> {
  for (const name of names) await client.query(`CREATE EXTENSION IF NOT EXISTS ${name}`);
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
