import { fork, type ChildProcess } from 'node:child_process';
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Config } from './config.js';
import type { Logger } from './core/logger.js';
import { PortTaken } from './serve.js';

export interface Processes {
  /** Starts processes that serve pages on one shared port; resolves with the port when the first one listens. */
  startWeb(count: number): Promise<number>;
  stop(): Promise<void>;
}

/**
 * On a machine with much memory V8 lets garbage lie until gigabytes of it do. With these bounds a process of pages keeps to
 * some 350 MB; `npm start` gives the first one the same.
 */
const webFlags = ['--max-old-space-size=256'];
const workerFlags = ['--max-old-space-size=384'];

const restartMillis = 1_000;
const stopMillis = 12_000;

/** Starts the job worker beside this process and starts a new one when it dies. */
export function startProcesses(config: Config, databaseUrl: string, logger: Logger): Processes {
  const environment = { ...process.env, DATABASE_URL: databaseUrl, DATA_DIR: config.dataDirectory };
  let isStopping = false;
  let jobWorker: ChildProcess;
  const web = new Set<Worker>();

  const startJobWorker = (): ChildProcess => {
    const child = fork(join(import.meta.dirname, 'worker.js'), { env: environment, execArgv: workerFlags });
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
      cluster.setupPrimary({ exec: join(import.meta.dirname, 'web.js'), execArgv: webFlags });
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
