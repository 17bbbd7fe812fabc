import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ServerUser } from './user.js';

/** One cluster on disk and what it is run with. */
export interface Cluster {
  /** The folder of the data files, absolute and without symbolic links. */
  readonly directory: string;
  /** The folder of PostgreSQL's bin, lib and share. */
  readonly programs: string;
  readonly user: ServerUser;
}

/** What the server's processes get of this process's environment: no keys, and no PG* variables of a shell. */
const passedVariables = ['PATH', 'LD_LIBRARY_PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

/**
 * PostgreSQL opens its files relative to its working directory, and a process may stand in a folder to which it could
 * not walk. So the data of a root process stays where it is, even below folders that the server's account cannot enter
 * (a checkout in root's home): the working directory is set before the account, and is named through /proc.
 */
export function dataArgument(cluster: Cluster): string {
  return cluster.user !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : cluster.directory;
}

/** A name in the server's command line that belongs to this folder alone; a process id can be recognised by it. */
export function clusterName(directory: string): string {
  return `service-crm-${createHash('sha256').update(directory).digest('hex').slice(0, 16)}`;
}

/** Starts initdb, postgres or pg_ctl in the cluster's folder, in a session of its own: Ctrl+C is for the product alone. */
export function spawnProgram(
  cluster: Cluster,
  name: 'initdb' | 'postgres' | 'pg_ctl',
  parameters: readonly string[],
): ChildProcessWithoutNullStreams {
  const passed = passedVariables.map((variable) => [variable, process.env[variable]] as const);
  return spawn(join(cluster.programs, 'bin', name), parameters, {
    cwd: cluster.directory,
    env: { ...Object.fromEntries(passed.filter(([, value]) => value !== undefined)), LC_ALL: 'C', TZ: 'UTC' },
    detached: process.platform !== 'win32',
    windowsHide: true,
    ...cluster.user,
  });
}

/** Runs a program to its end with `input` on its standard input. @throws Error with what it printed when it fails. */
export async function runProgram(
  cluster: Cluster,
  name: 'initdb' | 'postgres' | 'pg_ctl',
  parameters: readonly string[],
  input = '',
): Promise<void> {
  const child = spawnProgram(cluster, name, parameters);
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stdin.on('error', () => undefined).end(input);
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`PostgreSQL's ${name} failed: ${printed.trim()}`);
}
