import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { clusterName, dataArgument, runProgram, spawnProgram, type Cluster } from './cluster.js';

export interface Server {
  /** Resolves when the server process is gone, for whatever reason. */
  readonly exited: Promise<void>;
  /** Ends all sessions, rolls open transactions back, writes everything to disk; resolves when the process is gone. */
  stop(): Promise<void>;
}

/** The server ended before it accepted connections; the message holds its last lines. */
export class ServerStartError extends Error {
  /** True when another process listens on the port, so another port helps. */
  get isPortTaken(): boolean {
    return /could not (bind|create any TCP)/.test(this.message);
  }

  /** True when processes of a server that was killed have not all ended yet. */
  get isStillInUse(): boolean {
    return /pre-existing shared memory block|lock file ".*" already exists/.test(this.message);
  }
}

const immediateAfterMillis = 60_000;

/**
 * Starts the server and waits until it accepts connections, however long it recovers after a crash. The server does
 * not keep this process alive, and stops by itself soon after this process has died in whatever way.
 * @throws ServerStartError when the server ends instead of accepting connections.
 */
export async function startServer(
  cluster: Cluster,
  port: number,
  log: (line: string) => void,
): Promise<Server> {
  const name = clusterName(cluster.directory);
  const child = spawnProgram(cluster, 'postgres', [
    ...['-D', dataArgument(cluster), '-p', String(port), '-c', `cluster_name=${name}`],
  ]);
  child.stdin.end();
  child.stdout.resume();
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const closed = once(child, 'close');
  const lines: string[] = [];
  const ready = new Promise<void>((resolve) => {
    createInterface(child.stderr).on('line', (line) => {
      log(line);
      lines.push(line);
      if (line.includes('database system is ready to accept connections')) resolve();
      if (lines.length > 12) lines.shift();
    });
  });
  const isReady = await Promise.race([ready.then(() => true), closed.then(() => false)]);
  if (!isReady) throw new ServerStartError(`PostgreSQL did not start.\n${lines.join('\n')}`);
  stopWhenThisProcessDies(cluster, child);
  letThisProcessEnd(child);
  return {
    exited,
    async stop() {
      child.ref();
      if (child.exitCode === null && child.signalCode === null) await stopProcess(cluster, child, exited);
    },
  };
}

async function stopProcess(cluster: Cluster, child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (process.platform === 'win32')
    return runProgram(cluster, 'pg_ctl', ['stop', '-m', 'fast', '-D', cluster.directory]);
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), immediateAfterMillis);
  await exited;
  clearTimeout(timer);
}

/**
 * A shell that waits for the end of a pipe, which comes when this process dies, even by SIGKILL; a line in the pipe
 * says that there is nothing left to stop. Without a shell (Windows) the next start stops the server that was left.
 */
function stopWhenThisProcessDies(cluster: Cluster, server: ChildProcess): void {
  if (process.platform === 'win32' || server.pid === undefined) return;
  const script = 'read -r farewell || kill -INT "$1"';
  const watcher = spawn('/bin/sh', ['-c', script, 'service-crm-watcher', String(server.pid)], {
    cwd: '/',
    env: {},
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    ...cluster.user,
  });
  watcher.on('error', () => undefined);
  watcher.stdin.on('error', () => undefined);
  server.once('exit', () => watcher.stdin.end('stopped\n'));
  letThisProcessEnd(watcher);
}

function letThisProcessEnd(child: ChildProcess): void {
  child.unref();
  for (const stream of child.stdio) if (stream instanceof Socket) stream.unref();
}
