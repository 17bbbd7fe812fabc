import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const pollMillis = 50;
const patienceMillis = 120_000;

/**
 * Runs `work` while no other process does, the lock being a file with the holder's process id. A holder that died is
 * passed over; should two processes pass over it at once, both do the same work with whole-file writes.
 * @throws Error when another process holds the lock for two minutes.
 */
export async function whileLocked(file, work) {
  mkdirSync(dirname(file), { recursive: true });
  const deadline = Date.now() + patienceMillis;
  while (!take(file)) {
    if (isHolderGone(file)) rmSync(file, { force: true });
    else if (Date.now() > deadline)
      throw new Error(`Another process is still preparing; if none is, remove ${file}.`);
    else await pause(pollMillis);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isHolderGone(file) {
  try {
    const holder = Number(readFileSync(file, 'utf8'));
    if (holder === 0 || holder === process.pid) return holder !== 0;
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
