import { readlinkSync } from 'node:fs';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { processIdentity } from './process-identity.js';

const Holder = z.object({ host: z.string(), pid: z.int(), identity: z.string() });

const heartbeatMillis = 2_000;
const silenceMillis = 8_000;

/** Another live process of the product uses the data folder. */
export class DataDirectoryInUseError extends Error {}

/**
 * Makes this process the only one that runs a database in the folder, until the returned function is called. A holder
 * that died is passed over: on this machine its process tells, elsewhere (a container on the same volume) the lock's
 * modification time, which a live holder moves every two seconds.
 * @throws DataDirectoryInUseError when a live process holds the folder.
 */
export async function lockDataDirectory(directory: string): Promise<() => Promise<void>> {
  const file = lockFile(directory);
  const identity = (await processIdentity(process.pid)) ?? '';
  const text = JSON.stringify({ host: machine(), pid: process.pid, identity });
  while (!(await tryCreate(file, text))) await removeDeadLock(directory);
  const timer = setInterval(() => {
    utimes(file, new Date(), new Date()).catch(() => undefined);
  }, heartbeatMillis).unref();
  return async () => {
    clearInterval(timer);
    await rm(file, { force: true });
  };
}

/** True when a live process on this machine holds the folder. */
export async function isHeldHere(directory: string): Promise<boolean> {
  const holder = parseHolder(await readFile(lockFile(directory), 'utf8').catch(() => ''));
  return holder?.host === machine() && (await processIdentity(holder.pid)) === holder.identity;
}

const lockFile = (directory: string) => join(directory, 'postgres-in-use.json');

/** Process ids mean something only among processes that see each other: containers of one host may share its name. */
function machine(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

async function tryCreate(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function removeDeadLock(directory: string): Promise<void> {
  const file = lockFile(directory);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const holder = parseHolder(text);
  const isHeld = holder?.host === machine() ? await isHeldHere(directory) : await isMoving(file);
  if (isHeld) {
    const process = holder ? `process ${holder.pid} on ${holder.host}` : 'another process';
    throw new DataDirectoryInUseError(`The data folder ${directory} is in use by ${process}. Stop it first.`);
  }
  await removeIfUnchanged(file, text);
}

/** Two processes may find the same dead lock: whoever took a fresh one away by mistake puts it back. */
async function removeIfUnchanged(file: string, text: string): Promise<void> {
  const aside = `${file}.${process.pid}`;
  await rename(file, aside).catch(() => undefined);
  const taken = await readFile(aside, 'utf8').catch(() => text);
  if (taken !== text) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

async function isMoving(file: string): Promise<boolean> {
  const modified = async () => (await stat(file).catch(() => undefined))?.mtimeMs;
  const before = await modified();
  await pause(silenceMillis);
  const after = await modified();
  return after !== undefined && after !== before;
}

function parseHolder(text: string): z.infer<typeof Holder> | undefined {
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
