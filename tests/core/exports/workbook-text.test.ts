import { array, assert, asyncProperty, constantFrom, oneof, string } from 'fast-check';
import { open } from 'node:fs/promises';
import { ValueType } from 'exceljs';
import { describe, expect, test } from 'vitest';
import { readTabularFile } from '../../../src/core/tabular/read-tabular.js';
import { readZipEntry } from '../../../src/core/tabular/read-zip-entry.js';
import { readZipDirectory } from '../../../src/core/tabular/zip-directory.js';
import { collect } from '../tabular/collect.js';
import { useTemporaryFiles } from '../tabular/temporary-files.js';
import { inBatches, openWorkbook, sheetOf, tableOf, textColumn, workbookBytes } from './export-files.js';
import { formulaPrefixes } from './formula-prefixes.js';

const temporaryFile = useTemporaryFiles();

/** The texts of a workbook as our importer reads them; a last column keeps blank rows. */
async function readBack(texts: readonly string[]): Promise<(string | undefined)[]> {
  const bytes = await workbookBytes(
    tableOf([textColumn, { ...textColumn, value: () => '.' }], inBatches(texts)),
  );
  const file = await readTabularFile(await temporaryFile(bytes), 'customers.xlsx');
  const rows = await collect(file.rows);
  return rows.map(({ cells }) => cells[0]);
}

async function partText(path: string, name: string): Promise<string> {
  const file = await open(path);
  try {
    const { entries } = await readZipDirectory(file, 100);
    const entry = entries.find((each) => each.name === name);
    if (!entry) throw new Error(`no part ${name}`);
    return Buffer.concat(await collect(readZipEntry(file, entry))).toString('utf8');
  } finally {
    await file.close();
  }
}

const trickyParts = [
  '_x000D_',
  '_x005F_',
  '_x',
  '_',
  '000a_',
  '&lt;',
  '&amp;amp;',
  '&',
  '<',
  '>',
  ']]>',
  '"',
  "'",
  '\r',
  '\n',
  '\t',
  '\u0001',
  '\uFFFF',
  '\u0085',
  ' ',
  '\u00A0',
  '=',
  '😀',
  '张',
];

describe('R1.9 text in a workbook', () => {
  test('any text comes back through our importer', async () => {
    const text = oneof(
      string({ unit: 'binary' }),
      array(constantFrom(...trickyParts)).map((parts) => parts.join('')),
    );
    await assert(
      asyncProperty(array(text, { minLength: 1, maxLength: 40 }), async (texts) => {
        expect(await readBack(texts)).toEqual(texts);
      }),
      { numRuns: 40 },
    );
  });

  test('figure 11: behind 40 prefixes no cell is a formula, and each reads as it was', async () => {
    const texts = formulaPrefixes.flatMap((prefix) => [`${prefix}1+1`, `${prefix}HYPERLINK("http://x","y")`]);
    const bytes = await workbookBytes(tableOf([textColumn], inBatches(texts)));
    const xml = await partText(await temporaryFile(bytes), 'xl/worksheets/sheet1.xml');
    expect(xml.match(/<is>/g)).toHaveLength(texts.length);
    expect(xml).not.toMatch(/<f[\s>/]/);
    const sheet = sheetOf(await openWorkbook(bytes), 'Customers');
    const cells = texts.map((_, index) => sheet.getCell(index + 2, 1));
    expect(new Set(cells.map(({ type }) => type))).toEqual(new Set([ValueType.String]));
    expect(new Set(cells.map(({ numFmt }) => numFmt))).toEqual(new Set(['@']));
    expect(await readBack(texts)).toEqual(texts);
  });
});
