import { ValueType } from 'exceljs';
import { describe, expect, test } from 'vitest';
import type { ExportColumn } from '../../../src/core/exports/export-table.js';
import { writeWorkbook } from '../../../src/core/exports/write-workbook.js';
import {
  inBatches,
  informationOf,
  leavingReceiver,
  openWorkbook,
  received,
  sheetOf,
  tableOf,
  textColumn,
  workbookBytes,
} from './export-files.js';

interface Person {
  readonly name: string | null;
  readonly count: number | null;
  readonly spent: string | number | null;
  readonly birthday: string | null;
  readonly createdAt: Date | null;
  readonly isMember: boolean | null;
}

const columns: readonly ExportColumn<Person>[] = [
  { header: 'Name', kind: 'text', width: 33, value: ({ name }) => name },
  { header: 'Count', kind: 'number', value: ({ count }) => count },
  { header: 'Spent', kind: 'money', value: ({ spent }) => spent },
  { header: 'Birthday', kind: 'date', value: ({ birthday }) => birthday },
  { header: 'Created', kind: 'datetime', value: ({ createdAt }) => createdAt },
  { header: 'Member', kind: 'boolean', value: ({ isMember }) => isMember },
];

const person: Person = {
  name: '张三',
  count: 12,
  spent: '-1234.50',
  birthday: '1990-02-28',
  createdAt: new Date('2026-11-22T16:30:05Z'),
  isMember: true,
};
const nobody: Person = {
  name: null,
  count: null,
  spent: null,
  birthday: null,
  createdAt: null,
  isMember: null,
};

describe('R1.9 an Excel workbook', () => {
  test('holds real numbers, real dates and texts, each in its format', async () => {
    const workbook = await openWorkbook(await workbookBytes(tableOf(columns, inBatches([person, nobody]))));
    const cells = columns.map((_, index) =>
      sheetOf(workbook, 'Customers')
        .getRow(2)
        .getCell(index + 1),
    );
    expect(cells.map(({ value }) => value)).toEqual([
      '张三',
      12,
      -1234.5,
      new Date('1990-02-28T00:00:00Z'),
      new Date('2026-11-23T00:30:05Z'),
      true,
    ]);
    expect(cells.map(({ type }) => type)).toEqual([
      ValueType.String,
      ValueType.Number,
      ValueType.Number,
      ValueType.Date,
      ValueType.Date,
      ValueType.Boolean,
    ]);
    expect(cells.map(({ numFmt }) => numFmt)).toEqual([
      '@',
      undefined,
      '#,##0.00',
      'yyyy-mm-dd',
      'yyyy-mm-dd hh:mm:ss',
      undefined,
    ]);
    expect(sheetOf(workbook, 'Customers').getRow(3).cellCount).toBe(0);
  });

  test('has a bold header that stays in view, a filter over all rows, and widths', async () => {
    const workbook = await openWorkbook(
      await workbookBytes(tableOf(columns, inBatches([person, person, nobody]))),
    );
    const sheet = sheetOf(workbook, 'Customers');
    expect(sheet.getRow(1).values).toEqual([undefined, ...columns.map(({ header }) => header)]);
    expect(sheet.getCell('A1').font.bold).toBe(true);
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet.autoFilter).toBe('A1:F4');
    expect(sheet.getColumn(1).width).toBe(33);
    expect(workbook.creator).toBe('Service CRM 1.0.0');
  });

  test('ends with a sheet that says what the file is', async () => {
    const workbook = await openWorkbook(await workbookBytes(tableOf(columns, inBatches([person, person]))));
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['Customers', 'Information']);
    expect(informationOf(workbook).get('Rows')).toBe(2);
  });

  test('is a header alone when there are no rows', async () => {
    const workbook = await openWorkbook(await workbookBytes(tableOf(columns, inBatches<Person>([]))));
    expect(sheetOf(workbook, 'Customers').rowCount).toBe(1);
    expect(informationOf(workbook).get('Rows')).toBe(0);
  });

  test('goes on with another sheet where one is full, and leaves no row out', async () => {
    const texts = Array.from({ length: 25 }, (_, index) => `row ${index}`);
    const bytes = await workbookBytes(tableOf([textColumn], inBatches(texts, 7)), 10);
    const workbook = await openWorkbook(bytes);
    const names = ['Customers', 'Customers (2)', 'Customers (3)'];
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([...names, 'Information']);
    const read = names.flatMap((name) => {
      const rows = sheetOf(workbook, name).getColumn(1).values.slice(2);
      return rows;
    });
    expect(read).toEqual(texts);
    expect(names.map((name) => sheetOf(workbook, name).getCell('A1').value)).toEqual([
      'Text',
      'Text',
      'Text',
    ]);
    expect(names.map((name) => sheetOf(workbook, name).autoFilter)).toEqual(['A1:A11', 'A1:A11', 'A1:A6']);
    expect(informationOf(workbook).get('Sheets')).toBe(names.join(', '));
  });

  test('opens no second sheet for rows that just fit', async () => {
    const bytes = await workbookBytes(tableOf([textColumn], inBatches(['a', 'b', 'c'])), 3);
    const workbook = await openWorkbook(bytes);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['Customers', 'Information']);
  });

  test('cuts only texts that no cell can hold, with an ellipsis, and says where', async () => {
    const longest = 'x'.repeat(32_767);
    const tooLong = ['y'.repeat(32_768), `${'z'.repeat(32_765)}😀 and more`];
    const workbook = await openWorkbook(
      await workbookBytes(tableOf([textColumn], inBatches([longest, ...tooLong]))),
    );
    const [first, second, third] = sheetOf(workbook, 'Customers').getColumn(1).values.slice(2);
    expect(first).toBe(longest);
    expect(second).toBe(`${'y'.repeat(32_766)}…`);
    expect(third).toBe(`${'z'.repeat(32_765)}…`);
    expect(informationOf(workbook).get('Cut')).toBe(2);
    expect(informationOf(workbook).get('Where')).toBe('Customers!A3, Customers!A4');
  });

  test('writes days that Excel does not know as text', async () => {
    const day: ExportColumn<string> = { header: 'Day', kind: 'date', value: (text) => text };
    const days = ['1900-02-28', '1900-03-01', '9999-12-31'];
    const workbook = await openWorkbook(await workbookBytes(tableOf([day], inBatches(days))));
    expect(sheetOf(workbook, 'Customers').getColumn(1).values.slice(2)).toEqual([
      '1900-02-28',
      new Date('1900-03-01T00:00:00Z'),
      new Date('9999-12-31T00:00:00Z'),
    ]);
  });
});

describe('R1.9 a workbook that cannot be finished', () => {
  const failing = async function* () {
    for (let batch = 0; batch < 30; batch += 1)
      yield* inBatches(
        Array.from({ length: 1_000 }, () => `row ${Math.random()}`),
        1_000,
      );
    throw new Error('the cursor broke');
  };

  test('is cut when the rows fail half way, and is no archive', async () => {
    const result = await received((output) => writeWorkbook(tableOf([textColumn], failing()), output));
    expect(result.failure).toMatchObject({ message: 'the cursor broke' });
    expect(result.isWhole).toBe(false);
    expect(result.bytes.length).toBeGreaterThan(100_000);
    expect(result.bytes.includes(Buffer.from('504b0506', 'hex'))).toBe(false);
    await expect(openWorkbook(result.bytes)).rejects.toThrow();
  });

  test('is cut when a value cannot be written', async () => {
    const column: ExportColumn<number> = { header: 'Count', kind: 'number', value: (count) => count };
    const result = await received((output) =>
      writeWorkbook(tableOf([column], inBatches([1, Number.NaN])), output),
    );
    expect(result.failure).toBeInstanceOf(RangeError);
    expect(result.isWhole).toBe(false);
  });

  test('ends the reading of rows when the receiver leaves', async () => {
    let isReleased = false;
    const endless = async function* () {
      try {
        for (;;)
          yield* inBatches(
            Array.from({ length: 1_000 }, () => `row ${Math.random()}`),
            1_000,
          );
      } finally {
        isReleased = true;
      }
    };
    const writing = writeWorkbook(tableOf([textColumn], endless()), leavingReceiver(200_000));
    await expect(writing).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    expect(isReleased).toBe(true);
  });

  test('is given up at once for a receiver that is gone already', async () => {
    const receiver = leavingReceiver(0);
    receiver.destroy();
    const writing = writeWorkbook(tableOf([textColumn], inBatches(['a'])), receiver);
    await expect(writing).rejects.toThrow(/premature close|destroyed/i);
  });
});
