import type { FileHandle } from 'node:fs/promises';
import { posix } from 'node:path';
import type { WorkbookParts } from './check-workbook.js';
import { dateStylesOf } from './date-styles.js';
import { readZipEntry } from './read-zip-entry.js';
import { TabularFileError } from './tabular-file-error.js';
import { elementsOf, type Attributes } from './xml-elements.js';
import type { ZipEntry } from './zip-directory.js';

export interface WorkbookSheet {
  readonly name: string;
  readonly isVisible: boolean;
  readonly part: ZipEntry;
}

/** What reading the cells of a workbook needs to know beforehand. */
export interface WorkbookOutline {
  /** In the order of the tabs, without charts. */
  readonly sheets: readonly WorkbookSheet[];
  readonly sharedStrings: ZipEntry | undefined;
  /** By the number of a cell's style: whether it shows a number as a date or a time. */
  readonly dateStyles: readonly boolean[];
  /** Whether dates count from 1904, as those of old Macintosh workbooks do. */
  readonly isDate1904: boolean;
}

const workbookPart = 'xl/workbook.xml';
const relationshipsPart = 'xl/_rels/workbook.xml.rels';

/** These parts are read as a whole, so they must not be as large as a sheet may be. */
const maximumPartBytes = 16 * 1024 * 1024;

/** Reads the outline of a checked workbook. @throws TabularFileError when it names parts that are not there. */
export async function readWorkbookOutline(file: FileHandle, parts: WorkbookParts): Promise<WorkbookOutline> {
  const workbook = await readText(file, parts.get(workbookPart));
  const relationships = elementsOf(await readText(file, parts.get(relationshipsPart)), 'Relationship');
  const related = (kind: string) => relationships.filter((each) => each.get('Type')?.endsWith(`/${kind}`));
  const [sharedStrings] = related('sharedStrings').map((each) => partNamedBy(each, parts));
  const [styles] = related('styles').map((each) => partNamedBy(each, parts));
  const worksheets = new Map(related('worksheet').map((each) => [each.get('Id'), each]));
  const sheets = elementsOf(workbook, 'sheet').flatMap((sheet) => {
    const relationship = worksheets.get(sheet.get('id'));
    if (!relationship) return [];
    const isVisible = (sheet.get('state') ?? 'visible') === 'visible';
    return [{ name: sheet.get('name') ?? '', isVisible, part: partNamedBy(relationship, parts) }];
  });
  const properties = elementsOf(workbook, 'workbookPr');
  return {
    sheets,
    sharedStrings,
    dateStyles: dateStylesOf(await readText(file, styles)),
    isDate1904: properties.some((each) => /^(1|true)$/.test(each.get('date1904') ?? '')),
  };
}

function partNamedBy(relationship: Attributes, parts: WorkbookParts): ZipEntry {
  const part = parts.get(posix.resolve('/xl', relationship.get('Target') ?? '').slice(1));
  if (!part) throw new TabularFileError('errors.file.damaged');
  return part;
}

async function readText(file: FileHandle, part: ZipEntry | undefined): Promise<string> {
  if (!part) return '';
  if (part.unpackedBytes > maximumPartBytes) throw new TabularFileError('errors.file.tooComplex');
  const pieces: Buffer[] = [];
  for await (const piece of readZipEntry(file, part)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
