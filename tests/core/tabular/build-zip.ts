import { crc32, deflateRawSync } from 'node:zlib';

/** One file of a zip archive to be made, with what its headers should pretend. */
export interface ZipFile {
  readonly name: string;
  readonly content: string | Buffer;
  readonly method?: 0 | 8 | 12;
  readonly flags?: number;
  /** What the headers say the content unpacks to, in bytes. */
  readonly pretendedBytes?: number;
  /** What the header before the packed content calls it, if not its name. */
  readonly localName?: string;
  /** Lets the directory point to the content of the file before. */
  readonly sharesPrevious?: boolean;
}

/** A zip archive, byte by byte, so that tests can make those that no honest program would. */
export function buildZip(files: readonly ZipFile[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  let previous = 0;
  for (const file of files) {
    const content = Buffer.from(file.content);
    const method = file.method ?? 8;
    const packed = method === 8 ? deflateRawSync(content) : content;
    const sizes = { method, packed: packed.length, unpacked: file.pretendedBytes ?? content.length };
    const fields = { flags: file.flags ?? 0, checksum: crc32(content), ...sizes };
    const start = file.sharesPrevious === true ? previous : offset;
    if (file.sharesPrevious !== true) {
      const body = Buffer.concat([localHeader(file.localName ?? file.name, fields), packed]);
      bodies.push(body);
      [previous, offset] = [offset, offset + body.length];
    }
    directory.push(directoryEntry(file.name, fields, start));
  }
  const listing = Buffer.concat(directory);
  return Buffer.concat([...bodies, listing, endRecord(files.length, listing.length, offset)]);
}

interface Fields {
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly unpacked: number;
}

function localHeader(name: string, fields: Fields): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  writeFields(header.subarray(4), fields, name);
  return Buffer.concat([header, Buffer.from(name)]);
}

function directoryEntry(name: string, fields: Fields, offset: number): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  writeFields(header.subarray(6), fields, name);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, Buffer.from(name)]);
}

function writeFields(header: Buffer, fields: Fields, name: string): void {
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(fields.flags, 2);
  header.writeUInt16LE(fields.method, 4);
  header.writeUInt32LE(fields.checksum, 10);
  header.writeUInt32LE(fields.packed, 14);
  header.writeUInt32LE(fields.unpacked, 18);
  header.writeUInt16LE(Buffer.byteLength(name), 22);
}

function endRecord(count: number, length: number, offset: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(length, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}
