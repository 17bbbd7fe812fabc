import { readConfig } from './config.js';
import { openDependencies } from './core/dependencies.js';
import { timeZone } from './core/format.js';
import { jobDefinitions, sweepTasks } from './jobs.js';

/** The process that works jobs, so that an import does not slow the pages down. Its parent starts it and ends with it. */
const sweepMillis = 3_000;

const config = readConfig(process.env);
if (config.databaseUrl === undefined) throw new Error('the worker needs DATABASE_URL, which its parent sets');
const deps = openDependencies(config, config.databaseUrl);
await deps.jobs.work(jobDefinitions(deps), timeZone);

const sweep = (): void => {
  sweepTasks(deps).catch((error: unknown) => deps.logger.warn({ err: error }, 'sweep failed'));
};
sweep();
const timer = setInterval(sweep, sweepMillis);

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  clearInterval(timer);
  await deps.close();
  process.exit(0);
};
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
process.on('disconnect', () => void stop());
process.send?.('ready');
