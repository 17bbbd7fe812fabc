import { chown, mkdir, rename, rm } from 'node:fs/promises';
import { dataArgument, runProgram, type Cluster } from './cluster.js';

/**
 * Character types by the system's UTF-8 locale: with `C`, pg_trgm takes no letter beyond ASCII for a letter and finds
 * no Chinese name. The names differ between systems; where none exists, only such searches lose their index.
 */
const characterTypes = ['C.UTF-8', 'en_US.UTF-8', 'UTF-8', 'C'];

/**
 * Creates an empty cluster in `cluster.directory`, entirely or not at all. Sorting is by PostgreSQL's own C.UTF-8: by
 * code point, the same on every machine and after every update of the system, so that no index goes stale and a prefix
 * search can use it; Chinese names are sorted by their pinyin columns.
 */
export async function createCluster(cluster: Cluster): Promise<void> {
  for (const characterType of characterTypes) {
    try {
      await initialise(cluster, characterType);
      return;
    } catch (error) {
      const isUnknown = error instanceof Error && error.message.includes('invalid locale name');
      if (!isUnknown) throw error;
    }
  }
}

async function initialise(cluster: Cluster, characterType: string): Promise<void> {
  const draft: Cluster = { ...cluster, directory: `${cluster.directory}.new` };
  await rm(draft.directory, { recursive: true, force: true });
  await mkdir(draft.directory, { mode: 0o700 });
  if (cluster.user) await chown(draft.directory, cluster.user.uid, cluster.user.gid);
  await runProgram(draft, 'initdb', [
    ...['-D', dataArgument(draft), '--username=postgres', '--encoding=UTF8', '--no-instructions'],
    ...['--auth-local=reject', '--auth-host=scram-sha-256'],
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', `--lc-ctype=${characterType}`],
  ]);
  await rename(draft.directory, cluster.directory);
}
