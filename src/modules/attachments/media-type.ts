import { open } from 'node:fs/promises';
import { TabularFileError } from '../../core/tabular/tabular-file-error.js';
import { readZipDirectory } from '../../core/tabular/zip-directory.js';

/** What can be kept, with the endings that names of such files have; the first one is added where none of them stands. */
export const mediaTypes = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'image/heic': ['heic', 'heif'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'text/plain': ['txt'],
  'text/csv': ['csv'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>;

export type MediaType = keyof typeof mediaTypes;

type Office = Extract<MediaType, `application/vnd.${string}`>;

/** The part that makes a package of that kind (ECMA-376, part 1). */
const mainParts: Readonly<Record<Office, string>> = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'word/document.xml',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xl/workbook.xml',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'ppt/presentation.xml',
};
const offices = Object.keys(mainParts).filter((type): type is Office => type in mainParts);

const mostParts = 10_000;
/** Parts that run by themselves. */
const activePart = /(^|\/)(vbaProject\.bin|activeX\/|embeddings\/.*\.bin)/i;

const startsWith = (bytes: Buffer, signature: string, offset = 0): boolean =>
  bytes.subarray(offset, offset + signature.length).equals(Buffer.from(signature, 'latin1'));

const signatures: readonly (readonly [MediaType, (bytes: Buffer) => boolean])[] = [
  ['application/pdf', (bytes) => startsWith(bytes, '%PDF-')],
  ['image/png', (bytes) => startsWith(bytes, '\x89PNG\r\n\x1a\n')],
  ['image/jpeg', (bytes) => startsWith(bytes, '\xff\xd8\xff')],
  ['image/gif', (bytes) => startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')],
  ['image/webp', (bytes) => startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)],
  ['image/heic', isHeic],
];

/**
 * What a file is, by its bytes; undefined for whatever is not kept: pages, scripts, programs, archives. Only of text the
 * name says whether it is a table, and text under another name than `.txt` or `.csv` is not kept.
 */
export async function findMediaType(
  path: string,
  bytes: Buffer,
  fileName: string,
): Promise<MediaType | undefined> {
  const signed = signatures.find(([, matches]) => matches(bytes))?.[0];
  if (signed) return signed;
  if (startsWith(bytes, 'PK')) return officeType(path);
  const text = (['text/plain', 'text/csv'] as const).find((type) => hasEnding(fileName, type));
  return text && isPlainText(bytes) ? text : undefined;
}

/** True when the name ends as names of such files do. */
export const hasEnding = (fileName: string, type: MediaType): boolean =>
  mediaTypes[type].some((ending) => fileName.toLowerCase().endsWith(`.${ending}`));

/** ISO/IEC 14496-12: a box `ftyp` with the brands that the file is written for. */
function isHeic(bytes: Buffer): boolean {
  if (!startsWith(bytes, 'ftyp', 4)) return false;
  const brands =
    bytes
      .subarray(8, Math.min(bytes.readUInt32BE(0), 128))
      .toString('latin1')
      .match(/.{4}/gs) ?? [];
  return brands.some((brand) => ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis'].includes(brand));
}

async function officeType(path: string): Promise<MediaType | undefined> {
  const file = await open(path, 'r');
  try {
    const names = (await readZipDirectory(file, mostParts)).entries.map(({ name }) => name);
    if (!names.includes('[Content_Types].xml') || names.some((name) => activePart.test(name)))
      return undefined;
    return offices.find((type) => names.includes(mainParts[type]));
  } catch (error) {
    if (error instanceof TabularFileError) return undefined;
    throw error;
  } finally {
    await file.close();
  }
}

/** What text never holds. */
const controlCharacter = /[\x00-\x08\x0e-\x1a\x1c-\x1f]/;
/** Pages, drawings, scripts and programs in text give themselves away by how they begin or by a tag that runs. */
const runs = /^\s*(?:#!|<[!?a-z]|@echo\b|%!PS)|<(?:script|svg|html|iframe|object|\?php)\b/i;

/** Text in UTF-8 or GB18030 that is only to be read. */
function isPlainText(bytes: Buffer): boolean {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return !controlCharacter.test(text) && !runs.test(text);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return false;
}
