import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  DataDirectoryInUseError,
  isHeldHere,
  lockDataDirectory,
} from '../../src/core/embedded-postgres/data-directory-lock.js';

vi.setConfig({ testTimeout: 30_000 });

let directory = '';
let file = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'crm-lock-'));
  file = join(directory, 'postgres-in-use.json');
});
afterEach(() => rm(directory, { recursive: true }));

describe('R6.1 lockDataDirectory', () => {
  it('lets one holder in, and the next after it has gone', async () => {
    const unlock = await lockDataDirectory(directory);
    expect(await isHeldHere(directory)).toBe(true);
    await expect(lockDataDirectory(directory)).rejects.toThrow(DataDirectoryInUseError);
    await unlock();
    expect(await isHeldHere(directory)).toBe(false);
    await (
      await lockDataDirectory(directory)
    )();
  });

  it('passes over a holder whose process id now belongs to another process', async () => {
    const unlock = await lockDataDirectory(directory);
    const text = await readFile(file, 'utf8');
    await unlock();
    await writeFile(file, text.replace(/"identity":"[^"]*"/, '"identity":"an earlier process"'));
    await (
      await lockDataDirectory(directory)
    )();
  });

  it('passes over a lock of another machine that has fallen silent', async () => {
    await writeFile(file, JSON.stringify({ host: 'another', pid: 1, identity: '' }));
    await (
      await lockDataDirectory(directory)
    )();
  });

  it('refuses while a holder on another machine is alive', async () => {
    await writeFile(file, JSON.stringify({ host: 'another', pid: 1, identity: '' }));
    const heartbeat = setInterval(() => void utimes(file, new Date(), new Date()), 500);
    await expect(lockDataDirectory(directory)).rejects.toThrow(
      'is in use by process 1 on another. Stop it first.',
    );
    clearInterval(heartbeat);
  });
});
