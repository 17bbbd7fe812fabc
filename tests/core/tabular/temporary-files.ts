import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** A folder for the files of one test file, removed in the end; the function writes one and returns its path. */
export function useTemporaryFiles(): (content: string | Buffer) => Promise<string> {
  let folder = '';
  let count = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tabular-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });
  return async (content) => {
    count += 1;
    const path = join(folder, `file-${count}`);
    await writeFile(path, content);
    return path;
  };
}
