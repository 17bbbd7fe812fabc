import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clusterName, runProgram, type Cluster } from './cluster.js';
import { processCommand, processIdentity } from './process-identity.js';

const pollMillis = 20;
const fastPatienceMillis = 60_000;
const immediatePatienceMillis = 15_000;

/**
 * Stops the server that a product process left behind when it was killed, and removes the mark of one that is gone.
 * To be called only while no live product process uses the folder. A process that merely has the same id as the old
 * server is left alone; should the cluster be in use after all, PostgreSQL itself notices by its shared memory.
 * @throws Error when the server does not stop.
 */
export async function stopOrphanedServer(cluster: Cluster, log: (line: string) => void): Promise<void> {
  const file = join(cluster.directory, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  if (process.platform === 'win32') {
    await runProgram(cluster, 'pg_ctl', ['stop', '-m', 'fast', '-D', cluster.directory]).catch(
      () => undefined,
    );
    return;
  }
  const pid = Number(text.split('\n')[0]);
  if (await isServerOf(cluster, pid)) {
    log(`stopping the PostgreSQL server ${pid} that an earlier run left behind`);
    const isStopped =
      (await endsOn(pid, 'SIGINT', fastPatienceMillis)) ||
      (await endsOn(pid, 'SIGQUIT', immediatePatienceMillis));
    if (!isStopped) throw new Error(`The PostgreSQL server ${pid} of an earlier run does not stop.`);
  }
  await rm(file, { force: true });
}

async function isServerOf(cluster: Cluster, pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 1 || pid === process.pid) return false;
  return (await processCommand(pid)).includes(clusterName(cluster.directory));
}

async function endsOn(pid: number, signal: 'SIGINT' | 'SIGQUIT', patienceMillis: number): Promise<boolean> {
  const identity = await processIdentity(pid);
  const deadline = Date.now() + patienceMillis;
  sendSignal(pid, signal);
  while ((await processIdentity(pid)) === identity && identity !== undefined) {
    if (Date.now() > deadline) return false;
    await pause(pollMillis);
  }
  return true;
}

function sendSignal(pid: number, signal: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!isGone) throw error;
  }
}
