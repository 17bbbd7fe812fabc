import { readConfig } from './config.js';
import { openDependencies } from './core/dependencies.js';
import { serve } from './serve.js';

/** One of several processes that serve pages, started by the main process (WEB_CONCURRENCY). */
const config = readConfig(process.env);
if (config.databaseUrl === undefined)
  throw new Error('a web process needs DATABASE_URL, which its parent sets');
const deps = openDependencies(config, config.databaseUrl);
const server = await serve(deps);

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  await server.close();
  await deps.close();
  process.exit(0);
};
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
process.on('disconnect', () => void stop());
