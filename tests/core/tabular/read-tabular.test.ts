import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { readTabularFile } from '../../../src/core/tabular/read-tabular.js';
import { buildWorkbook, textRow } from './build-workbook.js';
import { buildZip } from './build-zip.js';
import { collect } from './collect.js';
import { useTemporaryFiles } from './temporary-files.js';

const write = useTemporaryFiles();
const read = async (content: string | Buffer, name = 'customers.csv') =>
  await readTabularFile(await write(content), name);

const compoundFile = (text: string) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000), Buffer.from(text, 'utf16le')]);

describe('R1.8 an uploaded table', () => {
  it('of text is read whatever its encoding and delimiter, without its mark', async () => {
    const { rows, ...heading } = await read(
      iconv.encode('\n姓名 ;手机\n王;138\n', 'utf16-le', { addBOM: true }),
    );
    expect(heading).toEqual({
      format: 'delimited',
      encoding: 'utf-16le',
      delimiter: ';',
      header: ['姓名', '手机'],
    });
    expect(await collect(rows)).toEqual([{ rowNumber: 3, cells: ['王', '138'] }]);
  });

  it.each(['a.xlsx', 'a.xls', 'A.CSV', '客户 2026.txt'])(
    'is a workbook by its content, also as %s',
    async (name) => {
      const file = await read(
        buildWorkbook({ sheets: { 客户: textRow(1, '姓名') + textRow(2, '王') } }),
        name,
      );
      expect(file).toMatchObject({ format: 'workbook', sheetName: '客户', header: ['姓名'] });
      expect((await collect(file.rows)).map((row) => row.cells)).toEqual([['王']]);
    },
  );

  it.each(['customers.html', 'customers', 'customers.svg', 'x.csv/../../etc/passwd', 'x.csv\u200b'])(
    'is refused under the name %j',
    async (name) => {
      await expect(read('a,b\n', name)).rejects.toMatchObject({ messageKey: 'errors.file.unsupportedType' });
    },
  );

  it.each([
    ['nothing', '', 'errors.file.empty'],
    ['blank lines only', '\n , \n\n', 'errors.file.empty'],
    ['a workbook with empty sheets', buildWorkbook({ sheets: { a: '', b: '' } }), 'errors.file.empty'],
    ['a workbook of Excel 97', compoundFile('Workbook'), 'errors.file.oldExcel'],
    ['an encrypted workbook', compoundFile('EncryptedPackage'), 'errors.file.encrypted'],
    ['an empty archive', buildZip([]), 'errors.file.notAWorkbook'],
    [
      'a web page under the name of a table',
      ' <html><table><tr><td>1</td></tr></table></html>',
      'errors.file.markup',
    ],
    ['a spreadsheet of 2003 in XML', '<?xml version="1.0"?><Workbook/>', 'errors.file.markup'],
    [
      'a picture',
      Buffer.from('89504e470d0a1a0a0000000d49484452000000ff000000ff', 'hex'),
      'errors.file.binary',
    ],
  ] as const)('says what is wrong with %s', async (_, content, messageKey) => {
    await expect(read(content)).rejects.toMatchObject({ messageKey });
  });

  it('may have 200,000 rows and not one more', async () => {
    const full = await read(`a\n${'1\n'.repeat(200_000)}`);
    expect((await collect(full.rows)).at(-1)?.rowNumber).toBe(200_001);
    const tooMany = await read(`a\n${'1\n'.repeat(200_001)}`);
    await expect(collect(tooMany.rows)).rejects.toMatchObject({
      messageKey: 'errors.file.tooManyRows',
      params: { maximum: 200_000 },
    });
  });
});
