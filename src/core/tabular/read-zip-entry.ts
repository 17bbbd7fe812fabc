import type { FileHandle } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { TabularFileError } from './tabular-file-error.js';
import { readExactly, type ZipEntry } from './zip-directory.js';

const localHeaderBytes = 30;
const deflated = 8;
const pieceBytes = 64 * 1024;

/** Where the packed bytes of an entry start. @throws TabularFileError when its own header says another name. */
export async function dataOffsetOf(file: FileHandle, entry: ZipEntry): Promise<number> {
  const header = await readExactly(file, entry.offset, entry.offset + localHeaderBytes);
  if (header.readUInt32LE(0) !== 0x04034b50) throw new TabularFileError('errors.file.damaged');
  const nameStart = entry.offset + localHeaderBytes;
  const nameEnd = nameStart + header.readUInt16LE(26);
  const name = await readExactly(file, nameStart, nameEnd);
  if (name.toString('utf8') !== entry.name) throw new TabularFileError('errors.file.unsafeWorkbook');
  return nameEnd + header.readUInt16LE(28);
}

/**
 * The unpacked bytes of one entry in pieces, never more than its directory entry promises.
 * @throws TabularFileError `errors.file.unsafeWorkbook` when there is more, `errors.file.damaged` when there is less
 * or the checksum differs.
 */
export async function* readZipEntry(file: FileHandle, entry: ZipEntry): AsyncGenerator<Buffer> {
  let unpackedBytes = 0;
  let checksum = 0;
  for await (const piece of unpacked(file, entry)) {
    unpackedBytes += piece.length;
    checksum = crc32(piece, checksum);
    if (unpackedBytes > entry.unpackedBytes) throw new TabularFileError('errors.file.unsafeWorkbook');
    yield piece;
  }
  const isWhole = unpackedBytes === entry.unpackedBytes && checksum === entry.checksum;
  if (!isWhole) throw new TabularFileError('errors.file.damaged');
}

async function* unpacked(file: FileHandle, entry: ZipEntry): AsyncGenerator<Buffer> {
  const packed = packedBytes(file, await dataOffsetOf(file, entry), entry.packedBytes);
  if (entry.method !== deflated) {
    yield* packed;
    return;
  }
  const inflate = createInflateRaw({ chunkSize: pieceBytes });
  pipeline(Readable.from(packed), inflate, () => undefined);
  const pieces: AsyncIterable<Buffer> = inflate;
  try {
    yield* pieces;
  } catch (error) {
    throw new TabularFileError('errors.file.damaged', {}, { cause: error });
  }
}

async function* packedBytes(file: FileHandle, start: number, length: number): AsyncGenerator<Buffer> {
  for (let position = 0; position < length; position += pieceBytes) {
    yield await readExactly(file, start + position, start + Math.min(length, position + pieceBytes));
  }
}
