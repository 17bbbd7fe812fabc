import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { parseInChild } from '../../../src/core/tabular/parse-in-child.js';
import { buildWorkbook, textRow } from './build-workbook.js';
import { buildZip } from './build-zip.js';
import { collect } from './collect.js';
import { pseudoRandomBytes } from './pseudo-random-bytes.js';
import { useTemporaryFiles } from './temporary-files.js';

const write = useTemporaryFiles();
const million = 1_000_000;
const sheets = { 客户: textRow(1, '姓名') + textRow(2, '王') };
const workbook = buildWorkbook({ sheets });

/** A line that asks a careless reader for 17 billion merged cells. */
function mergeBomb(): Buffer {
  const sheet = `<worksheet><sheetData>${sheets.客户}</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>`;
  return buildWorkbook({ sheets, files: [{ name: 'xl/worksheets/tab1.xml', content: sheet }] });
}

/** Eight million empty runs of rich text: little to read, much to keep; the noise between hides the ratio. */
function memoryBomb(): Buffer {
  const noise = pseudoRandomBytes(200_000).toString('hex');
  const pieces = Array.from({ length: noise.length / 64 }, (_, index) => {
    return `<!--${noise.slice(index * 64, index * 64 + 64)}-->${'<r/>'.repeat(1_300)}`;
  });
  return buildWorkbook({ sheets, sharedStrings: `<si>${pieces.join('')}</si>` });
}

async function writeSingleCell(megabytes: number): Promise<string> {
  const path = await write('');
  const piece = Buffer.alloc(million, 'x');
  await pipeline(
    Readable.from(
      (function* () {
        yield 'name\n';
        for (let count = 0; count < megabytes; count += 1) yield piece;
      })(),
    ),
    createWriteStream(path),
  );
  return path;
}

async function outcomeOf(path: string, name: string): Promise<string> {
  try {
    const pieces = await collect(parseInChild(path, name));
    return `${pieces.reduce((count, piece) => count + (piece.kind === 'rows' ? piece.rows.length : 0), 0)} rows`;
  } catch (error) {
    return error instanceof Error ? error.message : 'something else';
  }
}

describe('R5.6 whatever is uploaded, the server goes on', { timeout: 120_000 }, () => {
  const delay = monitorEventLoopDelay({ resolution: 10 });

  afterAll(async () => {
    expect(await outcomeOf(await write(workbook), 'good.xlsx')).toBe('1 rows');
  });

  it.each<[string, string, () => Buffer | string, string]>([
    ['a merge bomb', 'a.xlsx', mergeBomb, '1 rows'],
    [
      'a zip bomb',
      'a.xlsx',
      () => buildWorkbook({ sheets: { a: textRow(1, 'x'.repeat(200 * million)) } }),
      'errors.file.unsafeWorkbook',
    ],
    ['a million rows', 'a.csv', () => `a\n${'1\n'.repeat(million)}`, 'errors.file.tooManyRows'],
    ['a hundred thousand columns', 'a.csv', () => 'a,'.repeat(100_000), 'errors.file.tooManyColumns'],
    [
      'rows far down',
      'a.xlsx',
      () => buildWorkbook({ sheets: { a: textRow(1, 'a') + textRow(1_048_576, 'b') } }),
      '1 rows',
    ],
    [
      'columns beyond the last',
      'a.xlsx',
      () => buildWorkbook({ sheets: { a: '<row r="1"><c r="ZZZZ1"><v>1</v></c></row>' } }),
      'errors.file.unsupportedWorkbook',
    ],
    [
      'a cell named like a property',
      'a.xlsx',
      () => buildWorkbook({ sheets: { a: '<row r="1"><c r="__proto__"><v>1</v></c></row>' } }),
      'errors.file.unsupportedWorkbook',
    ],
    [
      'an entity that expands',
      'a.xlsx',
      () =>
        buildWorkbook({
          sheets,
          files: [{ name: 'xl/sharedStrings.xml', content: '<!DOCTYPE a [<!ENTITY b "bbbb">]><sst/>' }],
        }),
      'errors.file.unsafeWorkbook',
    ],
    [
      'a workbook in an archive',
      'a.xlsx',
      () => buildZip([{ name: 'a.xlsx', content: workbook }]),
      'errors.file.notAWorkbook',
    ],
    [
      'a file that would slip out of its folder',
      'a.xlsx',
      () => buildWorkbook({ sheets, files: [{ name: '../../../tmp/slip', content: 'x' }] }),
      'errors.file.unsafeWorkbook',
    ],
    [
      'a document of Word',
      'a.xlsx',
      () =>
        buildZip([
          { name: '[Content_Types].xml', content: '<Types/>' },
          { name: 'word/document.xml', content: '<w/>' },
        ]),
      'errors.file.notAWorkbook',
    ],
    ['half a workbook', 'a.xlsx', () => workbook.subarray(0, workbook.length / 2), 'errors.file.damaged'],
    ['no bytes', 'a.xlsx', () => '', 'errors.file.empty'],
    ['random bytes', 'a.csv', () => pseudoRandomBytes(million), 'errors.file.binary'],
    ['a program', 'a.exe', () => 'MZ', 'errors.file.unsupportedType'],
  ])('%s', async (_, name, content, outcome) => {
    const path = await write(content());
    delay.reset();
    delay.enable();
    expect(await outcomeOf(path, name)).toBe(outcome);
    delay.disable();
    expect(delay.percentile(95) / million).toBeLessThan(500);
  });

  it('a workbook of 1.7 KB stays small work', () => {
    expect(mergeBomb().length).toBeLessThan(1_700);
  });

  it('a workbook that fills the memory', async () => {
    expect(await outcomeOf(await write(memoryBomb()), 'a.xlsx')).toBe('errors.file.tooComplex');
  });

  it('a single cell of 200 MB, and one of 90 MB that passes the first check', async () => {
    const [huge, large] = [await writeSingleCell(200), await writeSingleCell(90)];
    expect(await outcomeOf(huge, 'a.csv')).toBe('errors.file.tooLarge');
    expect(await outcomeOf(large, 'a.csv')).toBe('errors.file.recordTooLong');
    await Promise.all([rm(huge), rm(large)]);
  });
});
