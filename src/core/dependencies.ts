import type { Config } from '../config.js';
import { createCipher } from './cipher.js';
import type { Dependencies } from './context.js';
import { createDatabase, createPool } from './database.js';
import { createJobs, type Jobs } from './jobs.js';
import { loadKeys, type Keys } from './keys.js';
import { createLogger, type Logger } from './logger.js';
import { createPasswordHasher } from './password.js';

export interface DependencyOverrides {
  readonly keys?: Keys;
  readonly jobs?: Jobs;
  readonly logger?: Logger;
  readonly now?: () => Date;
}

export interface OpenDependencies extends Dependencies {
  close(): Promise<void>;
}

/** Opens what a process needs over a prepared database. Tests override what they must control. */
export function openDependencies(
  config: Config,
  databaseUrl: string,
  overrides: DependencyOverrides = {},
): OpenDependencies {
  const logger = overrides.logger ?? createLogger(config.logLevel);
  const keys = overrides.keys ?? loadKeys(config.keyFile);
  const database = createDatabase({ url: databaseUrl, poolSize: config.databasePoolSize, logger });
  const jobPool = createPool({ url: databaseUrl, poolSize: 2, logger });
  const jobs = overrides.jobs ?? createJobs(jobPool, logger);
  return {
    config,
    database,
    keys,
    cipher: createCipher(keys),
    passwords: createPasswordHasher(keys.pepper, config.passwordCost),
    jobs,
    logger,
    now: overrides.now ?? (() => new Date()),
    async close() {
      await jobs.close();
      await Promise.all([database.close(), jobPool.end()]);
    },
  };
}
