import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { projectRoot } from '../../src/core/paths.js';
import { processFlags } from '../../src/processes.js';
import type { BenchDatabase } from './fill.js';

export interface ChildServer {
  readonly origin: string;
  /** Megabytes of memory that the process holds now, and the most that it ever held. */
  memory(): Promise<{ readonly now: number; readonly most: number }>;
  /** From here on `most` is counted anew. */
  forgetMost(): Promise<void>;
  stop(): Promise<void>;
}

/** The product's pages, as one process serves them. */
export async function startPages(database: BenchDatabase): Promise<ChildServer> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = fork(join(projectRoot, 'dist/web.js'), {
    env: { ...environment(database), PORT: String(port) },
    execArgv: processFlags,
  });
  while (!(await answers(`${origin}/healthz`))) {
    if (child.exitCode !== null) throw new Error('the pages could not be started');
    await delay(50);
  }
  return childServer(child, origin);
}

/** The process that works jobs. */
export async function startWorker(database: BenchDatabase): Promise<ChildServer> {
  const child = fork(join(projectRoot, 'dist/worker.js'), {
    env: environment(database),
    execArgv: processFlags,
  });
  await once(child, 'message');
  return childServer(child, '');
}

const environment = (database: BenchDatabase): NodeJS.ProcessEnv => ({
  ...process.env,
  DATABASE_URL: database.runtimeUrl,
  KEY_FILE: database.keyFile,
  // Vitest sets one of its own, which is no address.
  BASE_URL: '',
  NODE_ENV: 'production',
  LOG_LEVEL: 'warn',
});

/** The bare page to compare with, of about so many bytes. */
export const startFloor = (database: BenchDatabase, bytes: number): Promise<ChildServer> =>
  startBeside('floor-server.ts', [database.runtimeUrl, String(bytes)]);

/** The bare page with what a page of the product must do besides, for whoever signed in so. */
export const startObligations = (
  { runtimeUrl, keyFile }: BenchDatabase,
  bytes: number,
  loginSessionId: string,
): Promise<ChildServer> =>
  startBeside('obligations-server.ts', [runtimeUrl, keyFile, String(bytes), loginSessionId]);

async function startBeside(program: string, parameters: string[]): Promise<ChildServer> {
  const child = fork(join(import.meta.dirname, program), parameters, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'warn', BASE_URL: '' },
  });
  const [{ port }] = z
    .tuple([z.object({ port: z.number() })])
    .rest(z.unknown())
    .parse(await once(child, 'message'));
  return childServer(child, `http://127.0.0.1:${port}`);
}

function childServer(child: ChildProcess, origin: string): ChildServer {
  return {
    origin,
    async memory() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1_024;
      return { now: megabytes('VmRSS'), most: megabytes('VmHWM') };
    },
    forgetMost: () => writeFile(`/proc/${child.pid}/clear_refs`, '5'),
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

const answers = (address: string): Promise<boolean> =>
  fetch(address).then(
    ({ ok }) => ok,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port is free');
  return address.port;
}
