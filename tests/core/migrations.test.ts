import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { areApplied } from '../../src/core/migrations/applied-migrations.js';
import { draftMigration } from '../../src/core/migrations/migration-draft.js';
import {
  applyMigrations,
  MigrationError,
  pendingMigrations,
  schemaDrift,
} from '../../src/core/migrations/migrations.js';
import { cleanUp, privateFolder, query, start } from './embedded-postgres-support.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const schema = (columns: string) => `
  datasource db {
    provider = "postgresql"
  }
  model Note {
    id Int @id
    title String
    ${columns}
    @@map("notes")
  }`;

const createNotes = `
  CREATE TABLE "notes" ("id" INTEGER NOT NULL, "title" TEXT NOT NULL, CONSTRAINT "notes_pkey" PRIMARY KEY ("id"));
  CREATE TABLE "trail" ("note" INTEGER NOT NULL);
  DROP TABLE "trail";`;

const whatPrismaCannotSay = `
  CREATE FUNCTION shorten() RETURNS trigger LANGUAGE plpgsql AS $body$
  BEGIN
    NEW.title := left(NEW.title, 3); -- a semicolon; inside a body
    RETURN NEW;
  END;
  $body$;
  CREATE TRIGGER shorten BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION shorten();
  CREATE INDEX notes_long ON notes (id) WHERE length(title) > 2;
  CREATE INDEX notes_lowered ON notes (lower(title));
  CREATE INDEX notes_trigrams ON notes USING gin (title gin_trgm_ops);
  ALTER TABLE notes ADD CONSTRAINT notes_title_present CHECK (title <> '');
  GRANT SELECT ON notes TO crm_app;`;

let serverUrl = '';
let databaseUrl = '';
let directory = '';
let databases = 0;

beforeAll(async () => {
  serverUrl = (await start(await privateFolder())).ownerUrl;
});
afterAll(cleanUp);

beforeEach(async () => {
  const name = `migrated_${(databases += 1)}`;
  await query(serverUrl, `CREATE DATABASE ${name}`);
  databaseUrl = serverUrl.replace(/crm$/, name);
  directory = await mkdtemp(join(tmpdir(), 'crm-migrations-'));
  await mkdir(join(directory, 'migrations'));
  await writeFile(join(directory, 'schema.prisma'), schema(''));
});
afterEach(() => rm(directory, { recursive: true }));

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(directory, 'migrations', name), { recursive: true });
  await writeFile(join(directory, 'migrations', name, 'migration.sql'), sql);
}

describe('R6.5 applyMigrations', () => {
  it('applies what is new in order and records it as prisma migrate deploy does', async () => {
    await addMigration('20260102000000_notes__shorten', whatPrismaCannotSay);
    await addMigration('20260101000000_notes__create', createNotes);
    const names = ['20260101000000_notes__create', '20260102000000_notes__shorten'];
    expect(await pendingMigrations(databaseUrl, directory)).toEqual(names);
    expect(await applyMigrations(databaseUrl, directory)).toEqual(names);
    expect(await applyMigrations(databaseUrl, directory)).toEqual([]);
    expect(await pendingMigrations(databaseUrl, directory)).toEqual([]);
    const record =
      'SELECT migration_name, checksum, logs, rolled_back_at, applied_steps_count FROM _prisma_migrations';
    expect((await query(databaseUrl, record))[0]).toEqual({
      migration_name: names[0],
      checksum: createHash('sha256').update(createNotes).digest('hex'),
      logs: null,
      rolled_back_at: null,
      applied_steps_count: 1,
    });
  });

  it('runs function bodies with semicolons as they are', async () => {
    await addMigration('20260101000000_notes__create', createNotes + whatPrismaCannotSay);
    await applyMigrations(databaseUrl, directory);
    const inserted = await query(databaseUrl, "INSERT INTO notes VALUES (1, 'abcdef') RETURNING title");
    expect(inserted).toEqual([{ title: 'abc' }]);
  });

  it('applies each migration once when several processes start at once', async () => {
    await addMigration('20260101000000_notes__create', createNotes);
    await addMigration(
      '20260102000000_notes__index',
      'CREATE INDEX CONCURRENTLY notes_title ON notes (title)',
    );
    const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(databaseUrl, directory)));
    expect(applied.flat().sort()).toEqual(['20260101000000_notes__create', '20260102000000_notes__index']);
  });

  it('leaves nothing of a migration that fails, and applies it when it is mended', async () => {
    await addMigration('20260101000000_notes__create', `${createNotes} SELECT 1 / 0;`);
    const failure = /^Migration 20260101000000_notes__create cannot be applied\..*division by zero$/s;
    await expect(applyMigrations(databaseUrl, directory)).rejects.toThrow(failure);
    expect(await query(databaseUrl, "SELECT to_regclass('notes') AS notes")).toEqual([{ notes: null }]);
    expect(await pendingMigrations(databaseUrl, directory)).toEqual(['20260101000000_notes__create']);
    await addMigration('20260101000000_notes__create', createNotes);
    expect(await applyMigrations(databaseUrl, directory)).toEqual(['20260101000000_notes__create']);
  });

  it('knows without the engine whether there is anything to do', async () => {
    const name = '20260101000000_notes__create';
    const migrations = [{ name, sql: createNotes }];
    expect(await areApplied(databaseUrl, migrations)).toBe(false);
    await addMigration(name, `${createNotes} SELECT 1 / 0;`);
    await expect(applyMigrations(databaseUrl, directory)).rejects.toThrow();
    expect(await areApplied(databaseUrl, migrations)).toBe(false);
    await addMigration(name, createNotes);
    await applyMigrations(databaseUrl, directory);
    expect(await areApplied(databaseUrl, migrations)).toBe(true);
    expect(await areApplied(databaseUrl, [{ name, sql: `${createNotes} ` }])).toBe(false);
    expect(await areApplied(databaseUrl, [...migrations, { name: '20260102000000_more', sql: '' }])).toBe(
      false,
    );
    expect(await areApplied(databaseUrl, [])).toBe(false);
  });

  it('makes the whole database of the product from nothing', async () => {
    const applied = await applyMigrations(databaseUrl);
    expect(applied.length).toBeGreaterThan(0);
    const table = "SELECT to_regclass('audit_log') IS NOT NULL AS present";
    expect(await query(databaseUrl, table)).toEqual([{ present: true }]);
  });
});

describe('R6.5 schemaDrift', () => {
  it('is silent about triggers, functions, grants, checks and indexes that schema.prisma cannot express', async () => {
    await addMigration('20260101000000_notes__create', createNotes + whatPrismaCannotSay);
    const trigrams = '@@index([title(ops: raw("gin_trgm_ops"))], map: "notes_trigrams", type: Gin)';
    await writeFile(join(directory, 'schema.prisma'), schema(trigrams));
    expect(await schemaDrift(serverUrl, directory)).toBe('');
  });

  it('says what schema.prisma has and the migrations lack, and leaves no database behind', async () => {
    await addMigration('20260101000000_notes__create', createNotes);
    await writeFile(join(directory, 'schema.prisma'), schema('remark String?'));
    expect(await schemaDrift(serverUrl, directory)).toContain(
      'ALTER TABLE "notes" ADD COLUMN     "remark" TEXT',
    );
    const left = "SELECT datname FROM pg_database WHERE datname LIKE 'crm_shadow%'";
    expect(await query(serverUrl, left)).toEqual([]);
  });

  it('finds schema.prisma of the product equal to its migrations', async () => {
    expect(await schemaDrift(serverUrl)).toBe('');
  });
});

describe('R6.5 draftMigration', () => {
  it('writes the difference as a migration, after which there is none', async () => {
    const file = (await draftMigration('notes__create', serverUrl, directory)) ?? '';
    expect(file).toMatch(/\/migrations\/\d{14}_notes__create\/migration\.sql$/);
    expect(await readFile(file, 'utf8')).toContain('CREATE TABLE "notes"');
    expect(await draftMigration('notes__again', serverUrl, directory)).toBeUndefined();
    expect(await applyMigrations(databaseUrl, directory)).toHaveLength(1);
  });

  it.each(['', 'notes', 'Notes__create', 'notes__', 'notes_create', '../notes__create', 'notes__create; rm'])(
    'refuses the name "%s"',
    async (name) => {
      await expect(draftMigration(name, serverUrl, directory)).rejects.toThrow(MigrationError);
    },
  );

  it('refuses to write a migration that would come before an existing one', async () => {
    await addMigration('29991231000000_notes__create', createNotes);
    await expect(draftMigration('notes__add_remark', serverUrl, directory)).rejects.toThrow(
      'Is the clock right?',
    );
  });
});
