import { execFile } from 'node:child_process';
import { lchown, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The account that the server runs as; `undefined` is the account of this process. */
export type ServerUser = { readonly uid: number; readonly gid: number } | undefined;

/** Accounts made for PostgreSQL first, then the one every system has for work without rights. */
const candidates = ['postgres', '_postgres', 'nobody'];

/**
 * PostgreSQL refuses to run as root, so a root process runs it as an existing account without rights (initdb needs
 * one that has a name). Data that is there already keeps its account, whatever accounts are added to the system later.
 * @throws Error when this is root and the system has none of the accounts.
 */
export async function findServerUser(clusterDirectory: string): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(clusterDirectory).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of candidates) {
    const [uid, gid] = await Promise.all([readId('-u', name), readId('-g', name)]);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error(
    `PostgreSQL does not run as root, and there is no account ${candidates.join(' or ')} to run it as.`,
  );
}

/** Gives a folder that root owns, as after a copy made by root, to the server's account with all that is in it. */
export async function giveToServerUser(path: string, user: ServerUser): Promise<void> {
  if (user === undefined || (await stat(path)).uid === user.uid) return;
  const entries = await readdir(path, { recursive: true });
  for (const name of ['.', ...entries]) await lchown(join(path, name), user.uid, user.gid);
}

async function readId(option: '-u' | '-g', name: string): Promise<number | undefined> {
  try {
    const { stdout } = await promisify(execFile)('id', [option, name]);
    return Number(stdout);
  } catch {
    return undefined;
  }
}
