import type { FileHandle } from 'node:fs/promises';
import { readZipEntry } from './read-zip-entry.js';
import { wholeCharacters } from './whole-characters.js';
import type { WorkbookOutline, WorkbookSheet } from './workbook-outline.js';
import type { ZipEntry } from './zip-directory.js';

/** The number format that the reduced workbook gives to dates; not one that exceljs would convert. */
export const dateFormatMark = 'T';

const dateFormatNumber = 164;

/**
 * A workbook with nothing but what reading cells needs, as an archive to be read from front to back: the shared strings
 * first, then the sheets as `sheet1.xml` and so on. exceljs walks the archive by itself and would believe entries that
 * the directory does not list, write sheets to temporary files, and meet every part; so it never sees the upload.
 */
export async function* reducedWorkbook(
  file: FileHandle,
  outline: WorkbookOutline,
  sheets: readonly WorkbookSheet[],
): AsyncGenerator<Buffer> {
  yield* textEntry('xl/workbook.xml', '<workbook/>');
  yield* textEntry('xl/_rels/workbook.xml.rels', '<Relationships/>');
  yield* textEntry('xl/styles.xml', stylesXml(outline.dateStyles));
  if (outline.sharedStrings) yield* copiedEntry('xl/sharedStrings.xml', file, outline.sharedStrings);
  else yield* textEntry('xl/sharedStrings.xml', '<sst/>');
  for (const [index, sheet] of sheets.entries()) {
    yield* copiedEntry(`xl/worksheets/sheet${index + 1}.xml`, file, sheet.part);
  }
  yield endRecord();
}

function stylesXml(dateStyles: readonly boolean[]): string {
  const styles = dateStyles.map((isDate) => `<xf numFmtId="${isDate ? dateFormatNumber : 0}"/>`).join('');
  const format = `<numFmt numFmtId="${dateFormatNumber}" formatCode="${dateFormatMark}"/>`;
  return `<styleSheet><numFmts>${format}</numFmts><cellXfs>${styles}</cellXfs></styleSheet>`;
}

function* textEntry(name: string, text: string): Generator<Buffer> {
  const bytes = Buffer.from(text);
  yield localHeader(name, bytes.length);
  yield bytes;
}

async function* copiedEntry(name: string, file: FileHandle, entry: ZipEntry): AsyncGenerator<Buffer> {
  yield localHeader(name, entry.unpackedBytes);
  yield* wholeCharacters(readZipEntry(file, entry));
}

/** Stored, not compressed; nobody looks at the checksum. */
function localHeader(name: string, length: number): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt32LE(length, 18);
  header.writeUInt32LE(length, 22);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  return Buffer.concat([header, Buffer.from(name)]);
}

function endRecord(): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  return record;
}
