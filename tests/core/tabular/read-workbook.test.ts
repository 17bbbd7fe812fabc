import { existsSync } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { readWorkbook } from '../../../src/core/tabular/read-workbook.js';
import { buildWorkbook, textRow, type WorkbookDraft } from './build-workbook.js';
import { collect } from './collect.js';
import { useTemporaryFiles } from './temporary-files.js';

const write = useTemporaryFiles();

async function rowsOf(draft: WorkbookDraft, sheetName?: string) {
  return await collect(readWorkbook(await write(buildWorkbook(draft)), sheetName));
}

/** The text of cells `<c r="A1" …>` and so on, given without their opening. */
async function cellsOf(
  cells: readonly string[],
  draft: Omit<WorkbookDraft, 'sheets'> = {},
): Promise<string[]> {
  const written = cells.map((cell, index) => `<c r="${String.fromCharCode(65 + index)}1" ${cell}</c>`);
  const end = `<c r="Z1" t="str"><v>end</v></c>`;
  const [row] = await rowsOf({ ...draft, sheets: { a: `<row r="1">${written.join('')}${end}</row>` } });
  return row?.cells.slice(0, cells.length) ?? [];
}

async function savedByExcelJs(fill: (workbook: ExcelJS.Workbook) => void): Promise<string> {
  const workbook = new ExcelJS.Workbook();
  fill(workbook);
  return await write(Buffer.from(await workbook.xlsx.writeBuffer()));
}

describe('R1.8 cells of a workbook as text', () => {
  it('numbers keep every digit and lose the noise', async () => {
    const numbers = [
      '13912345678',
      '1.3912345678E10',
      '0.30000000000000004',
      '1E21',
      '-2.5',
      '1.25E-7',
      '110101199003078888',
      '1234.50',
    ];
    expect(await cellsOf(numbers.map((number) => `><v>${number}</v>`))).toEqual([
      '13912345678',
      '13912345678',
      '0.3',
      '1000000000000000000000',
      '-2.5',
      '0.000000125',
      '110101199003078880',
      '1234.5',
    ]);
  });

  it('strings, rich text, escaped characters, booleans and errors', async () => {
    const sharedStrings =
      '<si><t>王</t></si><si><r><t>粗</t></r><r><rPr><b/></rPr><t>细</t></r></si><si><t>a_x000D_b_x005F_</t></si><si/>';
    const cells = [
      't="s"><v>0</v>',
      't="s"><v>1</v>',
      't="s"><v>2</v>',
      't="s"><v>3</v>',
      't="b"><v>1</v>',
      't="b"><v>0</v>',
      't="e"><v>#N/A</v>',
      't="inlineStr"><is><t>&lt;李&gt;</t></is>',
      '/><c r="X1">',
    ];
    expect(await cellsOf(cells, { sharedStrings })).toEqual([
      '王',
      '粗细',
      'a\rb_',
      '',
      'TRUE',
      'FALSE',
      '',
      '<李>',
      '',
    ]);
  });

  it('formulas give the result that was saved with them', async () => {
    const cells = [
      '><f>1+1</f><v>2</v>',
      't="str"><f>A1&amp;"x"</f><v>2x</v>',
      't="e"><f>1/0</f><v>#DIV/0!</v>',
      '><f>NOW()</f>',
    ];
    expect(await cellsOf(cells)).toEqual(['2', '2x', '', '']);
  });

  const styles =
    '<numFmts><numFmt numFmtId="165" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="166" formatCode="0.00&quot; days&quot;;[Red]-0\\d"/></numFmts>' +
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="31"/><xf numFmtId="22"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="20"/><xf numFmtId="57"/></cellXfs>';

  it('dates in ISO 8601, in formats of the system, of Chinese Excel and of the user', async () => {
    const cells = [
      's="1"><v>32875</v>',
      's="2"><v>32875</v>',
      's="3"><v>32875.4375</v>',
      's="4"><v>60000</v>',
      's="7"><v>32875</v>',
      's="1"><f>A1</f><v>32876</v>',
      's="6"><v>0.5</v>',
    ];
    expect(await cellsOf(cells, { styles })).toEqual([
      '1990-01-02',
      '1990-01-02',
      '1990-01-02T10:30:00',
      '2064-04-08',
      '1990-01-02',
      '1990-01-03',
      '12:00:00',
    ]);
  });

  it('numbers that only look like dates stay numbers', async () => {
    const cells = ['s="5"><v>32875</v>', 's="0"><v>32875</v>', 's="1"><v>13912345678</v>', 's="1"><v>-5</v>'];
    expect(await cellsOf(cells, { styles })).toEqual(['32875', '32875', '13912345678', '-5']);
  });

  it('dates of a workbook that counts from 1904', async () => {
    expect(
      await cellsOf(['s="1"><v>31413</v>'], { styles, workbookProperties: '<workbookPr date1904="1"/>' }),
    ).toEqual(['1990-01-02']);
  });

  it('a workbook of exceljs itself, with a link', async () => {
    const path = await savedByExcelJs((workbook) => {
      workbook
        .addWorksheet('客户')
        .addRow([
          '王',
          { text: '主页', hyperlink: 'https://example.com' },
          new Date(Date.UTC(1990, 0, 2)),
          1.5,
          true,
        ]);
    });
    expect(await collect(readWorkbook(path))).toEqual([
      { rowNumber: 1, sheetName: '客户', cells: ['王', '主页', '1990-01-02', '1.5', 'TRUE'] },
    ]);
  });

  it('no Chinese character is lost where the pieces of reading end', async () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `${'a'.repeat(index % 3)}欧阳龙凤${index}𠮷`);
    for (const draft of [
      { sheets: { a: names.map((name, index) => textRow(index + 1, name)).join('') } },
      {
        sheets: {
          a: names
            .map((_, index) => `<row r="${index + 1}"><c r="A${index + 1}" t="s"><v>${index}</v></c></row>`)
            .join(''),
        },
        sharedStrings: names.map((name) => `<si><t>${name}</t></si>`).join(''),
      },
    ]) {
      expect((await rowsOf(draft)).map((row) => row.cells[0])).toEqual(names);
    }
  });
});

describe('R1.8 rows of a workbook', () => {
  it('have the numbers of the spreadsheet, blank ones left out, empty cells kept', async () => {
    const sheet = `${textRow(2, 'a', '', 'c')}<row r="3"><c r="B3"/></row>${textRow(7, ' ')}<row r="9"><c r="C9"><v>1</v></c></row>`;
    expect(await rowsOf({ sheets: { 表: sheet } })).toEqual([
      { rowNumber: 2, sheetName: '表', cells: ['a', '', 'c'] },
      { rowNumber: 9, sheetName: '表', cells: ['', '', '1'] },
    ]);
  });

  const sheets = {
    空: '',
    藏: textRow(1, 'hidden'),
    '甲 &amp; 乙': textRow(1, 'first'),
    丙: textRow(1, 'second'),
  };

  it('come from the first visible sheet that is not empty', async () => {
    const rows = await rowsOf({ sheets, hiddenSheets: ['藏'] });
    expect(rows).toEqual([{ rowNumber: 1, sheetName: '甲 & 乙', cells: ['first'] }]);
  });

  it('come from the sheet that is named, hidden or not', async () => {
    expect((await rowsOf({ sheets }, '丙'))[0]?.cells).toEqual(['second']);
    expect((await rowsOf({ sheets, hiddenSheets: ['藏'] }, '藏'))[0]?.cells).toEqual(['hidden']);
    await expect(rowsOf({ sheets }, '丁')).rejects.toMatchObject({
      messageKey: 'errors.file.sheetNotFound',
      params: { sheetName: '丁' },
    });
  });

  it('are held against the limits', async () => {
    const cell = (column: string) => `<row r="1"><c r="A1"><v>1</v></c><c r="${column}1"><v>1</v></c></row>`;
    await expect(rowsOf({ sheets: { a: cell('GS') } })).rejects.toMatchObject({
      messageKey: 'errors.file.tooManyColumns',
    });
    expect((await rowsOf({ sheets: { a: cell('GR') } }))[0]?.cells).toHaveLength(200);
    await expect(rowsOf({ sheets: { a: textRow(1, 'x'.repeat(32_768)) } })).rejects.toMatchObject({
      messageKey: 'errors.file.cellTooLong',
    });
  });

  it('are refused when a part that they need is missing', async () => {
    const links =
      '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/none.xml"/></Relationships>';
    const files = [{ name: 'xl/_rels/workbook.xml.rels', content: links }];
    await expect(rowsOf({ sheets: { a: '' }, files })).rejects.toMatchObject({
      messageKey: 'errors.file.damaged',
    });
    const none = [{ name: 'xl/_rels/workbook.xml.rels', content: '<Relationships/>' }];
    await expect(rowsOf({ sheets: { a: '' }, files: none })).rejects.toMatchObject({
      messageKey: 'errors.file.unsupportedWorkbook',
    });
  });

  it('are refused when they have no number or are not XML', async () => {
    for (const sheet of ['<row><c r="A1"><v>2</v></c></row>', '<row r="1"><c r="A1"></row>']) {
      await expect(rowsOf({ sheets: { a: sheet } })).rejects.toMatchObject({
        messageKey: 'errors.file.unsupportedWorkbook',
      });
    }
  });

  it('leave the file closed when the reading stops early', async (context) => {
    if (!existsSync('/proc/self/fd')) context.skip('this system does not list open files under /proc');
    const path = await write(
      buildWorkbook({
        sheets: { a: Array.from({ length: 5000 }, (_, index) => textRow(index + 1, 'x')).join('') },
      }),
    );
    const rows = readWorkbook(path);
    await rows.next();
    expect(await openFiles()).toContain(path);
    await rows.return(undefined);
    expect(await openFiles()).not.toContain(path);
  });
});

async function openFiles(): Promise<string[]> {
  const links = await readdir('/proc/self/fd');
  return await Promise.all(links.map((link) => readlink(`/proc/self/fd/${link}`).catch(() => '')));
}
