import type { FileHandle } from 'node:fs/promises';
import { TabularFileError } from './tabular-file-error.js';

/** What the directory at the end of a zip archive says about one file in it; sizes and offsets in bytes. */
export interface ZipEntry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly offset: number;
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** Where the directory starts: no file may reach beyond. */
  readonly offset: number;
}

const endRecordBytes = 22;
const longestComment = 0xffff;
const entryBytes = 46;

/**
 * Reads the directory of a zip archive (PKWARE APPNOTE 6.3, sections 4.3.12 and 4.3.16) without unpacking anything.
 * @throws TabularFileError `errors.file.damaged` when it is cut off or contradicts itself, `errors.file.unsafeWorkbook`
 * for zip64 and archives in several volumes, which no spreadsheet program needs, and for more than `maximumEntries`.
 */
export async function readZipDirectory(file: FileHandle, maximumEntries: number): Promise<ZipDirectory> {
  const { size } = await file.stat();
  const tail = await readExactly(file, Math.max(0, size - endRecordBytes - longestComment), size);
  const end = findEndRecord(tail);
  const count = end.readUInt16LE(10);
  const length = end.readUInt32LE(12);
  const offset = end.readUInt32LE(16);
  const endOffset = size - end.length;
  if (count === 0xffff || length === 0xffffffff || offset === 0xffffffff) throw unsafe();
  if (end.readUInt16LE(4) !== 0 || end.readUInt16LE(8) !== count || count > maximumEntries) throw unsafe();
  if (offset + length !== endOffset) throw damaged();
  return { entries: parseEntries(await readExactly(file, offset, endOffset), count), offset };
}

/** The bytes from `start` up to `end`. @throws TabularFileError `errors.file.damaged` when the file is shorter. */
export async function readExactly(file: FileHandle, start: number, end: number): Promise<Buffer> {
  const length = end - start;
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, start);
  if (bytesRead !== length) throw damaged();
  return buffer;
}

function findEndRecord(tail: Buffer): Buffer {
  for (let index = tail.length - endRecordBytes; index >= 0; index -= 1) {
    const reachesEnd = () => tail.readUInt16LE(index + 20) === tail.length - index - endRecordBytes;
    if (tail.readUInt32LE(index) === 0x06054b50 && reachesEnd()) return tail.subarray(index);
  }
  throw damaged();
}

function parseEntries(directory: Buffer, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let position = 0;
  for (let index = 0; index < count; index += 1) {
    if (position + entryBytes > directory.length) throw damaged();
    const header = directory.subarray(position, position + entryBytes);
    if (header.readUInt32LE(0) !== 0x02014b50) throw damaged();
    const nameEnd = position + entryBytes + header.readUInt16LE(28);
    const next = nameEnd + header.readUInt16LE(30) + header.readUInt16LE(32);
    if (next > directory.length) throw damaged();
    entries.push(parseEntry(header, directory.toString('utf8', position + entryBytes, nameEnd)));
    position = next;
  }
  if (position !== directory.length) throw damaged();
  return entries;
}

function parseEntry(header: Buffer, name: string): ZipEntry {
  const entry = {
    name,
    flags: header.readUInt16LE(8),
    method: header.readUInt16LE(10),
    checksum: header.readUInt32LE(16),
    packedBytes: header.readUInt32LE(20),
    unpackedBytes: header.readUInt32LE(24),
    offset: header.readUInt32LE(42),
  };
  if ([entry.packedBytes, entry.unpackedBytes, entry.offset].includes(0xffffffff)) throw unsafe();
  return entry;
}

const damaged = () => new TabularFileError('errors.file.damaged');
const unsafe = () => new TabularFileError('errors.file.unsafeWorkbook');
