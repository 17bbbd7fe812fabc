import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { readConfig } from '../../src/config.js';
import { openDependencies } from '../../src/core/dependencies.js';
import { startEmbeddedPostgres } from '../../src/core/embedded-postgres/embedded-postgres.js';
import { prepareDatabase } from '../../src/core/prepare-database.js';
import { queueNames } from '../../src/jobs.js';
import { completeInstallation } from '../../src/modules/admin/installation.js';

declare module 'vitest' {
  interface ProvidedContext {
    ownerUrl: string;
    runtimeUrl: string;
    keyFile: string;
  }
}

/** Nothing here outlives the run, so nothing waits for the disk; what a crash leaves is tested with servers of their own. */
const forgetful = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };

/** One PostgreSQL for the whole run, with a migrated database that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'service-crm-tests-'));
  const postgres = await startEmbeddedPostgres({ dataDirectory, log: () => undefined, settings: forgetful });
  const keyFile = join(dataDirectory, 'keys.json');
  await prepareDatabase(postgres.ownerUrl, postgres.runtimeUrl, queueNames);
  const config = readConfig({ NODE_ENV: 'test', KEY_FILE: keyFile, PASSWORD_COST: '4', LOG_LEVEL: 'silent' });
  const deps = openDependencies(config, postgres.runtimeUrl);
  await completeInstallation(deps);
  await deps.close();
  project.provide('ownerUrl', postgres.ownerUrl);
  project.provide('runtimeUrl', postgres.runtimeUrl);
  project.provide('keyFile', keyFile);
  return async () => {
    await postgres.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  };
}
