import { PassThrough, Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

export interface ArchivedFile {
  readonly path: string;
  /** Asked for when the archive has come to the file, so that one file at a time is in memory. */
  readonly read: () => Promise<Buffer>;
}

/**
 * Writes files as one ZIP archive and ends the output, as fast as the output takes it.
 * @throws whatever reading a file threw; the output is destroyed then, so that half an archive never looks whole.
 */
export async function writeArchive(files: readonly ArchivedFile[], output: Writable): Promise<void> {
  const zip = new ZipFile();
  const archive = zip.outputStream.pipe(new PassThrough());
  for (const { path, read } of files) {
    zip.addReadStreamLazy(path, (ready) => {
      read().then(
        (bytes) => {
          ready(null, Readable.from([bytes]));
        },
        (error: unknown) => {
          archive.destroy(error instanceof Error ? error : new Error('a file could not be read'));
        },
      );
    });
  }
  zip.end();
  await pipeline(archive, output);
}
