import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/core/embedded-postgres/embedded-postgres.js';
import { projectRoot } from '../../src/core/paths.js';

export const isRoot = process.getuid?.() === 0;

const cleanups: (() => Promise<void>)[] = [];

/** To be called after each test: stops what is left, newest first, and removes the folders. */
export async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}

/** A new folder below one that only its owner can enter. */
export async function privateFolder(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'crm-postgres-'));
  await chmod(parent, 0o700);
  cleanups.push(() => rm(parent, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  return join(parent, 'data');
}

export async function start(dataDirectory: string, onUnexpectedExit?: () => void): Promise<EmbeddedPostgres> {
  const log = () => undefined;
  const postgres = await startEmbeddedPostgres({
    dataDirectory,
    log,
    ...(onUnexpectedExit ? { onUnexpectedExit } : {}),
  });
  cleanups.push(() => postgres.stop());
  return postgres;
}

export interface ProductProcess {
  readonly process: ChildProcess;
  readonly answer: { readonly ownerUrl?: string; readonly port?: number; readonly failure?: string };
}

/** Starts the database of a folder in a process of its own, as the given account. */
export async function startInProcess(dataDirectory: string, uid?: number): Promise<ProductProcess> {
  const script = join(projectRoot, 'tests/core/embedded-postgres-child.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDirectory], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  cleanups.push(async () => {
    if (child.exitCode === null && child.signalCode === null) await kill(child);
  });
  for await (const line of createInterface(child.stdout)) {
    const answer: unknown = JSON.parse(line);
    return { process: child, answer: answer as ProductProcess['answer'] };
  }
  throw new Error('the process ended without an answer');
}

/** Kills as `kill -9` does and waits until the process is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** The process id of the server that runs in the folder. */
export async function serverPid(dataDirectory: string): Promise<number> {
  const text = await readFile(join(dataDirectory, 'postgres/postmaster.pid'), 'utf8');
  return Number(text.split('\n')[0]);
}

/** Kills the shell that would stop the server when its product dies, as when a whole group of processes is killed. */
export async function killWatcherOf(postgresPid: number): Promise<void> {
  for (const name of await readdir('/proc')) {
    const command = /^\d+$/.test(name) ? await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '') : '';
    if (command.endsWith(`service-crm-watcher\0${postgresPid}\0`)) process.kill(Number(name), 'SIGKILL');
  }
}

/** Runs statements one after the other and returns the rows of the last one. */
export async function query(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  } finally {
    await client.end();
  }
}
