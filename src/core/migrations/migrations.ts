import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MigrationList, SchemaFilter } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { projectRoot } from '../paths.js';
import { areApplied } from './applied-migrations.js';
import { withMigrationLock } from './migration-lock.js';
import { withSchemaEngine } from './schema-engine.js';
import { withShadowDatabase } from './shadow-database.js';

/** Where schema.prisma and the folder `migrations` are. */
export const prismaDirectory: string = join(projectRoot, 'prisma');

const filters: SchemaFilter = { externalTables: [], externalEnums: [] };

/** A migration that cannot be applied, with the database's own reason. */
export class MigrationError extends Error {}

/**
 * Applies the migrations that the database has not seen, in order, each in a transaction of its own, and records them
 * in `_prisma_migrations` as `prisma migrate deploy` does. When several processes start at once, one applies and the
 * others wait and find nothing left to do.
 * @param ownerUrl connects as the role that owns the database.
 * @returns the names of the migrations applied now, the oldest first.
 * @throws MigrationError when a migration fails; nothing of it remains and the next call tries it again.
 */
export async function applyMigrations(ownerUrl: string, directory = prismaDirectory): Promise<string[]> {
  const migrationsList = await readMigrations(directory);
  if (await areApplied(ownerUrl, migrationTexts(migrationsList))) return [];
  return withMigrationLock(ownerUrl, () =>
    withSchemaEngine(ownerUrl, async (engine) => {
      const { failedMigrationNames } = await engine.diagnoseMigrationHistory({
        migrationsList,
        optInToShadowDatabase: false,
        filters,
      });
      for (const migrationName of failedMigrationNames)
        await engine.markMigrationRolledBack({ migrationName });
      try {
        return (await engine.applyMigrations({ migrationsList, filters })).appliedMigrationNames;
      } catch (error) {
        throw new MigrationError(reasonOf(error), { cause: error });
      }
    }),
  );
}

/** The names of the migrations that the database has not seen yet, the oldest first. Changes nothing. */
export async function pendingMigrations(url: string, directory = prismaDirectory): Promise<string[]> {
  const migrationsList = await readMigrations(directory);
  const { failedMigrationNames, history } = await withSchemaEngine(url, (engine) =>
    engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters }),
  );
  const unapplied = history && 'unappliedMigrationNames' in history ? history.unappliedMigrationNames : [];
  return [...new Set([...failedMigrationNames, ...unapplied])].sort();
}

/**
 * The SQL that would make the migrations equal to schema.prisma, '' when they are. Triggers, functions, grants, checks
 * and partial or expression indexes are invisible to Prisma and make no difference; an index of plain columns is seen
 * and belongs into schema.prisma, with `type` and `ops: raw("…")` where it has them.
 * @param serverUrl connects as a role that may create databases; a shadow database is created there and dropped again.
 */
export async function schemaDrift(serverUrl: string, directory = prismaDirectory): Promise<string> {
  const migrationsList = await readMigrations(directory);
  const path = join(directory, 'schema.prisma');
  const schema = { path, content: await readFile(path, 'utf8') };
  const { stdout } = await withShadowDatabase(serverUrl, (shadowUrl) =>
    withSchemaEngine(shadowUrl, (engine) =>
      engine.diff({
        from: { tag: 'migrations', ...migrationsList },
        to: { tag: 'schemaDatamodel', files: [schema] },
        script: true,
        exitCode: null,
        filters,
      }),
    ),
  );
  const script = (stdout ?? '').trim();
  return script.startsWith('-- This is an empty migration') ? '' : script;
}

/** The names of all migrations on disk, the oldest first. */
export async function migrationNames(directory = prismaDirectory): Promise<string[]> {
  const entries = await readdir(join(directory, 'migrations'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory());
  return folders.map((entry) => entry.name).sort();
}

async function readMigrations(directory: string): Promise<MigrationList> {
  const baseDir = join(directory, 'migrations');
  const migrationDirectories = await Promise.all(
    (await migrationNames(directory)).map(async (name) => {
      const value = await readFile(join(baseDir, name, 'migration.sql'), 'utf8');
      return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } };
    }),
  );
  const lockfile = { path: 'migration_lock.toml', content: 'provider = "postgresql"' };
  return { baseDir, lockfile, shadowDbInitScript: '', migrationDirectories };
}

const migrationTexts = ({ migrationDirectories }: MigrationList): { name: string; sql: string }[] =>
  migrationDirectories.map(({ path, migrationFile: { content } }) => ({
    name: path,
    sql: content.tag === 'ok' ? content.value : '',
  }));

/** The engine appends the place in its own sources; what helps is the statement's error and the migration's name. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const name = /migration_name="([^"]+)"/.exec(text)?.[1];
  const reason = text.split(/\n\s+0: /)[0]?.replace('external connector error\n', '') ?? text;
  return name === undefined ? reason : `Migration ${name} cannot be applied. ${reason}`;
}
