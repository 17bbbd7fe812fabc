import { fork, type ChildProcess } from 'node:child_process';
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Config } from './config.js';
import type { Logger } from './core/logger.js';
import { projectRoot } from './core/paths.js';
import { PortTaken } from './serve.js';

export interface Processes {
  /** Starts processes that serve pages on one shared port; resolves with the port when the first one listens. */
  startWeb(count: number): Promise<number>;
  stop(): Promise<void>;
}

/**
 * How far V8 lets its heap grow before it looks for garbage goes by its bound: from 2 GB on by up to four times, which
 * would let hundreds of megabytes lie; near 256 MB by a third, which has it look all the time, for a third of all the work
 * of a page (docs/performance.md). `npm start` gives the first process the same.
 */
export const processFlags = ['--max-old-space-size=1536'];

const restartMillis = 1_000;
const stopMillis = 12_000;

/** Starts the job worker beside this process and starts a new one when it dies. */
export function startProcesses(config: Config, databaseUrl: string, logger: Logger): Processes {
  const environment = { ...process.env, DATABASE_URL: databaseUrl, DATA_DIR: config.dataDirectory };
  let isStopping = false;
  let jobWorker: ChildProcess;
  const web = new Set<Worker>();

  const startJobWorker = (): ChildProcess => {
    const child = fork(join(projectRoot, 'dist/worker.js'), { env: environment, execArgv: processFlags });
    child.once('exit', (code, signal) => {
      if (isStopping) return;
      logger.error({ code, signal }, 'the job worker ended; starting another one');
      setTimeout(() => {
        if (!isStopping) jobWorker = startJobWorker();
      }, restartMillis);
    });
    return child;
  };
  jobWorker = startJobWorker();

  return {
    async startWeb(count) {
      cluster.setupPrimary({ exec: join(projectRoot, 'dist/web.js'), execArgv: processFlags });
      const add = (): Worker => {
        const worker = cluster.fork(environment);
        web.add(worker);
        worker.once('exit', () => {
          web.delete(worker);
          if (!isStopping) setTimeout(() => (isStopping ? undefined : add()), restartMillis);
        });
        return worker;
      };
      const first = add();
      const port = await firstPort(first);
      for (let index = 1; index < count; index += 1) add();
      return port;
    },
    async stop() {
      isStopping = true;
      await Promise.all([endChild(jobWorker), ...[...web].map((worker) => endChild(worker.process))]);
    },
  };
}

async function firstPort(worker: Worker): Promise<number> {
  const ended = once(worker, 'exit').then(() => {
    throw new PortTaken(
      'A web process ended before it could listen; the port may be taken by another program.',
    );
  });
  const listening = once(worker, 'listening').then(([address]: { port: number }[]) => address?.port ?? 0);
  return Promise.race([listening, ended]);
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopMillis);
  await ended;
  clearTimeout(timer);
}
