import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { startEmbeddedPostgres } from '../core/embedded-postgres/embedded-postgres.js';
import { draftMigration } from '../core/migrations/migration-draft.js';
import { MigrationError } from '../core/migrations/migrations.js';

const dataDirectory = await mkdtemp(join(tmpdir(), 'crm-migration-'));
try {
  const postgres = await startEmbeddedPostgres({ dataDirectory, log: () => undefined });
  try {
    const file = await draftMigration(process.argv[2] ?? '', postgres.ownerUrl);
    console.log(file === undefined ? 'schema.prisma equals the migrations.' : relative(process.cwd(), file));
  } finally {
    await postgres.stop();
  }
} catch (error) {
  if (!(error instanceof MigrationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await rm(dataDirectory, { recursive: true, force: true });
}
