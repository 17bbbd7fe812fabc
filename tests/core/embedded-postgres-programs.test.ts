import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findPrograms } from '../../src/core/embedded-postgres/programs.js';
import { isRoot } from './embedded-postgres-support.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ordinaryUser = isRoot ? { uid: 65_534, gid: 65_534 } : undefined;
let folder = '';
let packaged = '';
let first = '';
let second = '';

/** As npm leaves it when install scripts are off: without one symbolic link. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crm-programs-'));
  await chmod(folder, 0o755);
  first = join(folder, 'first');
  second = join(folder, 'second');
  packaged = join(folder, 'checkout/native');
  const installed = await findPrograms(undefined, [folder]);
  await mkdir(dirname(packaged));
  await cp(dirname(installed), dirname(packaged), { recursive: true, verbatimSymlinks: true });
  for (const entry of await readdir(join(packaged, 'lib'), { withFileTypes: true })) {
    if (entry.isSymbolicLink()) await rm(join(packaged, 'lib', entry.name));
  }
});
afterEach(() => rm(folder, { recursive: true }));

const versionOf = async (programs: string) =>
  (await promisify(execFile)(join(programs, 'bin/postgres'), ['--version'], { cwd: '/', ...ordinaryUser }))
    .stdout;

describe('R6.1 findPrograms', () => {
  it("completes the package's links without its install script", async () => {
    expect(await findPrograms(ordinaryUser, [first, second], packaged)).toBe(packaged);
    expect(await versionOf(packaged)).toContain('PostgreSQL');
  });

  it.runIf(isRoot)(
    'copies the programs once when the account of the server cannot enter the checkout',
    async () => {
      await chmod(dirname(packaged), 0o700);
      const copy = await findPrograms(ordinaryUser, [first, second], packaged);
      expect(dirname(copy)).toBe(first);
      expect(await versionOf(copy)).toContain('PostgreSQL');
      const { ctimeMs } = await stat(copy);
      expect(await findPrograms(ordinaryUser, [first, second], packaged)).toBe(copy);
      expect((await stat(copy)).ctimeMs).toBe(ctimeMs);
    },
  );

  it.runIf(isRoot)(
    'takes the next place when the account cannot enter the first, and leaves nothing there',
    async () => {
      await chmod(dirname(packaged), 0o700);
      await mkdir(first, { mode: 0o700 });
      expect(dirname(await findPrograms(ordinaryUser, [first, second], packaged))).toBe(second);
      expect(await readdir(first)).toEqual([]);
    },
  );

  it.runIf(isRoot)('puts no programs where other accounts could change them', async () => {
    await chmod(dirname(packaged), 0o700);
    await mkdir(first);
    await chmod(first, 0o777);
    const copy = await findPrograms(ordinaryUser, [first, second], packaged);
    expect(dirname(copy)).toBe(second);
    expect(await readdir(first)).toEqual([]);
  });

  it('says why when the programs cannot be executed', async () => {
    await writeFile(join(packaged, 'bin/postgres'), 'no program');
    await expect(findPrograms(ordinaryUser, [first, second], packaged)).rejects.toThrow('cannot be executed');
  });
});
