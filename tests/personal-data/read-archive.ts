import { inflateRawSync } from 'node:zlib';

const entrySignature = 0x02014b50;
const endSignature = 0x06054b50;

/** The files of a ZIP archive by path, read by its directory as any program reads it. */
export function readArchive(archive: Buffer): ReadonlyMap<string, Buffer> {
  const end = archive.length - 22;
  if (archive.readUInt32LE(end) !== endSignature) throw new Error('the archive has no end');
  const files = new Map<string, Buffer>();
  let position = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(position) !== entrySignature) throw new Error('the directory is broken');
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((at) =>
      archive.readUInt16LE(position + at),
    );
    const nameEnd = position + 46 + (nameLength ?? 0);
    const path = archive.toString('utf8', position + 46, nameEnd);
    const isPacked = archive.readUInt16LE(position + 10) === 8;
    const local = archive.readUInt32LE(position + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const bytes = archive.subarray(start, start + archive.readUInt32LE(position + 20));
    files.set(path, isPacked ? inflateRawSync(bytes) : bytes);
    position = nameEnd + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return files;
}
