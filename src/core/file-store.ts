import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const unfinished = '.new';

/** A file of the store, or what is left of one that was never finished. */
export interface StoredFile {
  readonly id: string;
  readonly path: string;
  readonly isFinished: boolean;
}

/** Files kept outside the database, each under the id of its row. */
export interface FileStore {
  /** Writes a file that appears whole or not at all, and is on the disk when this returns. */
  write(id: string, bytes: Buffer): Promise<void>;
  /** @throws Error when there is no such file. */
  read(id: string): Promise<Buffer>;
  /** Removes a file; one that is not there is no error. */
  remove(id: string): Promise<void>;
  /** Files that were written last before a moment, folder by folder. */
  writtenBefore(moment: Date): AsyncGenerator<StoredFile[]>;
}

/** Files under a folder, spread over 256 others by the end of their ids, which is random in every version of a UUID. */
export function fileStore(folder: string): FileStore {
  const pathOf = (id: string): string => {
    if (!uuid.test(id)) throw new Error(`${id} is no id of a file`);
    return join(folder, id.slice(-2), id);
  };
  return {
    async write(id, bytes) {
      const path = pathOf(id);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open(`${path}${unfinished}`, 'w', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}${unfinished}`, path);
      await syncFolder(dirname(path));
    },
    read: (id) => readFile(pathOf(id)),
    remove: (id) => rm(pathOf(id), { force: true }),
    async *writtenBefore(moment) {
      for (const name of await namesIn(folder)) {
        const files = await Promise.all(
          (await namesIn(join(folder, name))).map((fileName) =>
            ageOf(join(folder, name, fileName), fileName),
          ),
        );
        const old = files.filter(({ writtenAt }) => writtenAt < moment.getTime());
        if (old.length > 0) yield old;
      }
    },
  };
}

async function ageOf(path: string, fileName: string): Promise<StoredFile & { writtenAt: number }> {
  const isFinished = !fileName.endsWith(unfinished);
  const id = isFinished ? fileName : fileName.slice(0, -unfinished.length);
  return { id, path, isFinished, writtenAt: (await stat(path)).mtimeMs };
}

/** What is in a folder; nothing where there is none. */
const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });

/** A new name is on the disk only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
