/** Checks that the migrations make exactly the tables that schema.prisma describes; prints the SQL that is missing. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../core/embedded-postgres/embedded-postgres.js';
import { schemaDrift } from '../core/migrations/migrations.js';

const dataDirectory = await mkdtemp(join(tmpdir(), 'service-crm-schema-'));
try {
  const postgres = await startEmbeddedPostgres({ dataDirectory, log: () => undefined });
  try {
    const missing = await schemaDrift(postgres.ownerUrl);
    if (missing !== '') {
      console.error(
        `schema.prisma is ahead of the migrations; npm run db:migration writes this:\n\n${missing}`,
      );
      process.exitCode = 1;
    }
  } finally {
    await postgres.stop();
  }
} finally {
  await rm(dataDirectory, { recursive: true, force: true });
}
