import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { delimiters } from '../../../src/core/tabular/detect-delimiter.js';
import { readDelimited, type DelimitedFormat } from '../../../src/core/tabular/read-delimited.js';
import { isBlankRow, type TabularRow } from '../../../src/core/tabular/tabular-row.js';
import { textEncodings } from '../../../src/core/tabular/text-encoding.js';
import { collect } from './collect.js';
import { useTemporaryFiles } from './temporary-files.js';

const write = useTemporaryFiles();

async function rowsOf(
  content: string | Buffer,
  format: Partial<DelimitedFormat> = {},
): Promise<TabularRow[]> {
  const path = await write(content);
  return await collect(readDelimited(path, { encoding: 'utf-8', delimiter: ',', ...format }));
}

describe('R1.8 rows of a delimited file', () => {
  it('keep quotation marks, line breaks and delimiters inside cells', async () => {
    expect(await rowsOf('a,b\r\n"x\r\n""y""",",;"\r\n')).toEqual([
      { rowNumber: 1, cells: ['a', 'b'] },
      { rowNumber: 2, cells: ['x\r\n"y"', ',;'] },
    ]);
  });

  it('are numbered as a spreadsheet numbers them, blank rows left out', async () => {
    const rows = await rowsOf('\na,b\n\n , \n1,"2\n2"\n,,\n3\n');
    expect(rows.map((row) => row.rowNumber)).toEqual([2, 5, 7]);
  });

  it('may differ in length and in line ends', async () => {
    expect((await rowsOf('a,b\r\n1\n1,2,3\r4,5')).map((row) => row.cells)).toEqual([
      ['a', 'b'],
      ['1'],
      ['1', '2', '3'],
      ['4', '5'],
    ]);
  });

  it('take a quotation mark inside a cell as it is', async () => {
    expect((await rowsOf('a\n5" screen\n')).at(-1)?.cells).toEqual(['5" screen']);
  });

  it('stop with the line where a quotation mark is never closed', async () => {
    const text = 'a,b\n1,"two\nlines"\n3,"four\n5,6\n7,8\n';
    await expect(rowsOf(text)).rejects.toMatchObject({
      messageKey: 'errors.file.unclosedQuote',
      params: { line: 4 },
    });
  });

  it('stop where such a mark swallows the rest of a large file', async () => {
    const text = `a,b\n1,2\n"3,4\n${'5,6\n'.repeat(3_000_000)}`;
    await expect(rowsOf(text)).rejects.toMatchObject({
      messageKey: 'errors.file.recordTooLong',
      params: { line: 3 },
    });
  });

  it('stop at too long a cell and at too many columns, not at empty ones', async () => {
    const cellTooLong = { messageKey: 'errors.file.cellTooLong', params: { row: 2, maximum: 32_767 } };
    await expect(rowsOf(`a\n${'x'.repeat(32_768)}\n`)).rejects.toMatchObject(cellTooLong);
    expect(await rowsOf(`a\n${'x'.repeat(32_767)}\n`)).toHaveLength(2);
    const tooManyColumns = { messageKey: 'errors.file.tooManyColumns', params: { row: 1, maximum: 200 } };
    await expect(rowsOf(`${'a,'.repeat(200)}a\n`)).rejects.toMatchObject(tooManyColumns);
    expect(await rowsOf(`${'a,'.repeat(200)},,,\n`)).toHaveLength(1);
  });

  it('survive being written and read in every encoding with every delimiter', async () => {
    const cell = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...Array.from(',;\t|"\'\n\r 张，')),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
    });
    const storable = cell.filter(
      (text) => text.isWellFormed() && !/[\0\ufeff\ue000-\uf8ff]|[\u{1fffe}-\u{10ffff}]/u.test(text),
    );
    const table = fc.array(fc.array(storable, { minLength: 1, maxLength: 6 }), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(...textEncodings),
        fc.constantFrom(...delimiters),
        async (rows, encoding, delimiter) => {
          const text = rows
            .map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(delimiter))
            .join('\r\n');
          const read = await rowsOf(iconv.encode(text, encoding), { encoding, delimiter });
          const expected = rows.map((cells, index) => ({ rowNumber: index + 1, cells }));
          expect(read).toEqual(expected.filter((row) => !isBlankRow(row.cells)));
        },
      ),
      { numRuns: 300 },
    );
  });
});
