import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { detectDelimiter, type Delimiter } from './detect-delimiter.js';
import { detectEncoding } from './detect-encoding.js';
import { readDelimited } from './read-delimited.js';
import { readStart } from './read-start.js';
import { readWorkbook, type WorkbookRow } from './read-workbook.js';
import { TabularFileError } from './tabular-file-error.js';
import { maximumFileBytes, maximumRows } from './tabular-limits.js';
import type { TabularRow } from './tabular-row.js';
import { decodeText, type TextEncoding } from './text-encoding.js';

/** What kind of file it is and what its first row that is not blank says. */
export interface TabularHeading {
  readonly format: 'delimited' | 'workbook';
  readonly encoding?: TextEncoding;
  readonly delimiter?: Delimiter;
  readonly sheetName?: string;
  readonly header: string[];
}

export interface TabularFile extends TabularHeading {
  /** The rows below the header, once. Read them to the end or `return()`, so that the file is closed. */
  readonly rows: AsyncGenerator<TabularRow>;
}

const extensions = ['.csv', '.tsv', '.tab', '.txt', '.xlsx', '.xlsm', '.xls'];
const megabyte = 1024 * 1024;

/** The first bytes of a file in the compound format: a workbook of Excel 97 to 2003, or an encrypted one of today. */
const compoundSignature = 'd0cf11e0a1b11ae1';
const zipSignatures = ['504b0304', '504b0506'];
const markup = /^\s*<(\?xml|!doctype|!--|html|head|meta|style|table|body)/i;

/**
 * Opens an uploaded table. What it is decides its content: the name only has to be one of a table (.xls too, which many
 * systems give to text files). Meant for files of strangers in a process of its own: see `parseInChild`.
 * @param sheetName of a workbook, the sheet to read instead of the first that is not empty.
 * @throws TabularFileError when it is not a table, is empty or damaged, or exceeds the limits; rows may throw it later.
 */
export async function readTabularFile(
  path: string,
  originalName: string,
  sheetName?: string,
): Promise<TabularFile> {
  if (!extensions.includes(extname(originalName).toLowerCase())) {
    throw new TabularFileError('errors.file.unsupportedType');
  }
  const { size } = await stat(path);
  if (size === 0) throw new TabularFileError('errors.file.empty');
  if (size > maximumFileBytes) {
    throw new TabularFileError('errors.file.tooLarge', { megabytes: maximumFileBytes / megabyte });
  }
  const signature = (await readStart(path, 8)).toString('hex');
  if (signature === compoundSignature) throw await compoundFileError(path);
  if (zipSignatures.some((start) => signature.startsWith(start))) {
    return await withHeader({ format: 'workbook' }, readWorkbook(path, sheetName));
  }
  const encoding = await detectEncoding(path);
  const sample = await firstText(path, encoding);
  if (markup.test(sample)) throw new TabularFileError('errors.file.markup');
  const format = { encoding, delimiter: detectDelimiter(sample) };
  return await withHeader({ format: 'delimited', ...format }, readDelimited(path, format));
}

async function withHeader(
  kind: Omit<TabularHeading, 'header' | 'sheetName'>,
  source: AsyncGenerator<TabularRow | WorkbookRow>,
): Promise<TabularFile> {
  const rows = limited(source);
  const first = await rows.next();
  if (first.done === true) throw new TabularFileError('errors.file.empty');
  const header = first.value.cells.map((cell) => cell.trim());
  return { ...kind, ...('sheetName' in first.value && { sheetName: first.value.sheetName }), header, rows };
}

/** The header and at most as many rows as a file may have. */
async function* limited(
  source: AsyncGenerator<TabularRow | WorkbookRow>,
): AsyncGenerator<TabularRow | WorkbookRow> {
  let count = 0;
  for await (const row of source) {
    if (count > maximumRows) throw new TabularFileError('errors.file.tooManyRows', { maximum: maximumRows });
    count += 1;
    yield row;
  }
}

async function firstText(path: string, encoding: TextEncoding): Promise<string> {
  for await (const text of decodeText(path, encoding)) {
    if (text.trim() !== '') return text;
  }
  throw new TabularFileError('errors.file.empty');
}

async function compoundFileError(path: string): Promise<TabularFileError> {
  const isEncrypted = (await readFile(path)).includes(Buffer.from('EncryptedPackage', 'utf16le'));
  return new TabularFileError(isEncrypted ? 'errors.file.encrypted' : 'errors.file.oldExcel');
}
