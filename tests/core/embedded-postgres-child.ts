import { setInterval } from 'node:timers';
import { startEmbeddedPostgres } from '../../src/core/embedded-postgres/embedded-postgres.js';

/** A product process to be killed: starts the database of a folder, prints its address as one JSON line, stays alive. */
try {
  const { ownerUrl, port } = await startEmbeddedPostgres({
    dataDirectory: process.argv[2] ?? '',
    log: () => undefined,
  });
  console.log(JSON.stringify({ ownerUrl, port }));
  setInterval(() => undefined, 60_000);
} catch (error) {
  console.log(JSON.stringify({ failure: error instanceof Error ? error.message : String(error) }));
  process.exitCode = 1;
}
