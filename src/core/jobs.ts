import PgBoss from 'pg-boss';
import type pg from 'pg';
import type { Logger } from './logger.js';

/** A kind of work that runs outside requests, in a process that works jobs. */
export interface JobDefinition {
  readonly name: string;
  /** Cron expression with five fields, for work that comes by itself, in the product's time zone. */
  readonly schedule?: string;
  /** Runs once per job. A thrown error makes pg-boss try again with back-off, up to three times. */
  run(payload: Readonly<Record<string, unknown>>): Promise<void>;
}

export interface Jobs {
  /**
   * Wakes a worker. What is to be done stands in a table written by a unit of work, and a sweep finds what no worker was
   * woken for; so call this after the commit: nothing is lost if the process dies in between.
   */
  wake(name: string, payload?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Works the given jobs in this process, until `close`. */
  work(definitions: readonly JobDefinition[], timeZone: string): Promise<void>;
  close(): Promise<void>;
}

const schema = 'pgboss';
const retry = { retryLimit: 3, retryDelay: 5, retryBackoff: true, expireInMinutes: 60 } as const;

/** Creates pg-boss's tables and the queues, and lets the runtime role use them. Run by the owner with the migrations. */
export async function installJobs(
  pool: pg.Pool,
  queues: readonly string[],
  runtimeRole: string,
): Promise<void> {
  const boss = new PgBoss({ db: executor(pool), schema, supervise: false, schedule: true });
  await boss.start();
  for (const queue of queues) await boss.createQueue(queue);
  await boss.stop({ graceful: false, wait: false });
  const role = `"${runtimeRole.replaceAll('"', '""')}"`;
  await pool.query(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`);
  await pool.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role}`);
}

/** Jobs over the tables that `installJobs` made. Connects on first use; supervises and schedules only where it works. */
export function createJobs(pool: pg.Pool, logger: Logger): Jobs {
  let started: Promise<PgBoss> | undefined;
  const start = (isWorker: boolean): Promise<PgBoss> => {
    const boss = new PgBoss({
      db: executor(pool),
      schema,
      migrate: false,
      supervise: isWorker,
      schedule: isWorker,
      maintenanceIntervalSeconds: 60,
    });
    boss.on('error', (error) => logger.error({ err: error }, 'jobs'));
    return boss.start();
  };

  return {
    async wake(name, payload = {}) {
      const boss = await (started ??= start(false));
      await boss.send(name, payload, retry);
    },
    async work(definitions, timeZone) {
      const boss = await (started ??= start(true));
      for (const definition of definitions) {
        await boss.work<Record<string, unknown>>(
          definition.name,
          { pollingIntervalSeconds: 0.5 },
          async (jobs) => {
            for (const job of jobs) await definition.run(job.data);
          },
        );
        if (definition.schedule)
          await boss.schedule(definition.name, definition.schedule, {}, { tz: timeZone, ...retry });
      }
    },
    async close() {
      const boss = await started?.catch(() => undefined);
      await boss?.stop({ graceful: true, timeout: 10_000 });
    },
  };
}

const executor = (pool: pg.Pool): PgBoss.Db => ({
  executeSql: (text, values) => pool.query(text, values),
});
