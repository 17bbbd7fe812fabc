import type { FileHandle } from 'node:fs/promises';
import { checkWorkbookPart } from './check-workbook-part.js';
import { dataOffsetOf, readZipEntry } from './read-zip-entry.js';
import { TabularFileError } from './tabular-file-error.js';
import {
  maximumUnpackedBytes,
  maximumUnpackingRatio,
  maximumWorkbookParts,
  unpackingRatioExemptBytes,
} from './tabular-limits.js';
import { readZipDirectory, type ZipDirectory, type ZipEntry } from './zip-directory.js';

/** The XML parts of a workbook that passed every check, by name. */
export type WorkbookParts = ReadonlyMap<string, ZipEntry>;

const compulsoryParts = ['[Content_Types].xml', 'xl/workbook.xml'];
const encryptedFlags = 0x0001 | 0x0040 | 0x2000;
const stored = 0;
const deflated = 8;
const megabyte = 1024 * 1024;

/**
 * Looks a workbook over before any parser sees it: the directory of the archive first, then every XML part in full.
 * @throws TabularFileError when it is not a workbook, encrypted, damaged, unpacks to too much, or tries tricks.
 */
export async function checkWorkbook(file: FileHandle): Promise<WorkbookParts> {
  const directory = await readZipDirectory(file, maximumWorkbookParts);
  const byName = new Map(directory.entries.map((entry) => [entry.name, entry]));
  directory.entries.forEach(checkEntry);
  if (byName.size !== directory.entries.length) throw unsafe();
  if (!compulsoryParts.every((name) => byName.has(name)))
    throw new TabularFileError('errors.file.notAWorkbook');
  checkSizes(directory.entries);
  await checkPlaces(file, directory);
  const parts = [...byName].filter(([name]) => /\.(xml|rels)$/.test(name));
  for (const [, entry] of parts) await checkWorkbookPart(readZipEntry(file, entry));
  return new Map(parts);
}

function checkEntry({ name, flags, method }: ZipEntry): void {
  if ((flags & encryptedFlags) !== 0) throw new TabularFileError('errors.file.encrypted');
  if (method !== stored && method !== deflated) throw unsafe();
  if (/[\\:\u0000]|^\/|(^|\/)\.\.?(\/|$)/.test(name)) throw unsafe();
}

function checkSizes(entries: readonly ZipEntry[]): void {
  const total = entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0);
  if (total > maximumUnpackedBytes) {
    throw new TabularFileError('errors.file.tooLarge', { megabytes: maximumUnpackedBytes / megabyte });
  }
  const isBomb = ({ packedBytes, unpackedBytes }: ZipEntry) =>
    unpackedBytes > unpackingRatioExemptBytes && unpackedBytes > packedBytes * maximumUnpackingRatio;
  if (entries.some(isBomb)) throw unsafe();
}

/** Files that overlap share packed bytes and unpack to more than they weigh (Fifield, USENIX WOOT 2019). */
async function checkPlaces(file: FileHandle, directory: ZipDirectory): Promise<void> {
  let freeFrom = 0;
  for (const entry of [...directory.entries].sort((left, right) => left.offset - right.offset)) {
    if (entry.offset < freeFrom) throw unsafe();
    freeFrom = (await dataOffsetOf(file, entry)) + entry.packedBytes;
    if (freeFrom > directory.offset) throw unsafe();
  }
}

const unsafe = () => new TabularFileError('errors.file.unsafeWorkbook');
