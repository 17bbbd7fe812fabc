import { readConfig } from '../config.js';
import { applyMigrations, MigrationError } from '../core/migrations/migrations.js';

const { databaseOwnerUrl } = readConfig(process.env);
try {
  if (databaseOwnerUrl === undefined) {
    throw new MigrationError(
      'Set DATABASE_OWNER_URL or DATABASE_URL. The embedded database is migrated at each start.',
    );
  }
  const applied = await applyMigrations(databaseOwnerUrl);
  for (const name of applied) console.log(`applied ${name}`);
  if (applied.length === 0) console.log('The database is up to date.');
} catch (error) {
  if (!(error instanceof MigrationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
