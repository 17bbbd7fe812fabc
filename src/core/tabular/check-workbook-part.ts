import { TabularFileError, type TabularFileErrorKey } from './tabular-file-error.js';

/**
 * What no XML part of a workbook may contain, each at most `longestMark` bytes. Document types can define entities that
 * expand without end (CVE-2024-47873). The streaming reader of exceljs 4.4 reads the rest wrongly without a word: text
 * in UTF-16, parts with a namespace prefix, phonetic guides and rich text in inline cells (it keeps the last run only),
 * and dates in ISO 8601 (it keeps the year).
 */
const forbidden: readonly (readonly [string, TabularFileErrorKey])[] = [
  ['<!DOCTYPE', 'errors.file.unsafeWorkbook'],
  ['<!ENTITY', 'errors.file.unsafeWorkbook'],
  ['\0', 'errors.file.unsupportedWorkbook'],
  [':worksheet', 'errors.file.unsupportedWorkbook'],
  [':sst', 'errors.file.unsupportedWorkbook'],
  ['<rPh', 'errors.file.unsupportedWorkbook'],
  ['<is><r', 'errors.file.unsupportedWorkbook'],
  ['t="d"', 'errors.file.unsupportedWorkbook'],
];

const longestMark = Math.max(...forbidden.map(([mark]) => mark.length));

/** Looks through all of one XML part. @throws TabularFileError at the first thing that must not be there. */
export async function checkWorkbookPart(pieces: AsyncIterable<Buffer>): Promise<void> {
  let carried: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    const window = Buffer.concat([carried, piece]);
    for (const [mark, key] of forbidden) {
      if (window.includes(mark)) throw new TabularFileError(key);
    }
    carried = window.subarray(-longestMark);
  }
}
