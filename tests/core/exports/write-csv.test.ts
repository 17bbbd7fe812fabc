import { parse } from 'csv-parse/sync';
import { array, assert, asyncProperty, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unguardFormula } from '../../../src/core/exports/guard-formula.js';
import type { ExportColumn } from '../../../src/core/exports/export-table.js';
import { writeCsv } from '../../../src/core/exports/write-csv.js';
import { readTabularFile } from '../../../src/core/tabular/read-tabular.js';
import { collect } from '../tabular/collect.js';
import { useTemporaryFiles } from '../tabular/temporary-files.js';
import { csvText, inBatches, leavingReceiver, received, textColumn } from './export-files.js';
import { formulaPrefixes, isLiveFormula } from './formula-prefixes.js';

const temporaryFile = useTemporaryFiles();

interface Person {
  readonly name: string | null;
  readonly count: number | null;
  readonly spent: string | null;
  readonly birthday: string | null;
  readonly createdAt: Date | null;
  readonly isMember: boolean | null;
}

const columns: readonly ExportColumn<Person>[] = [
  { header: 'Name', kind: 'text', value: ({ name }) => name },
  { header: 'Count', kind: 'number', value: ({ count }) => count },
  { header: 'Spent, total', kind: 'money', value: ({ spent }) => spent },
  { header: 'Birthday', kind: 'date', value: ({ birthday }) => birthday },
  { header: 'Created', kind: 'datetime', value: ({ createdAt }) => createdAt },
  { header: 'Member', kind: 'boolean', value: ({ isMember }) => isMember },
];

const person: Person = {
  name: '张三 "Sam", 上海\n二楼',
  count: 0.1 + 0.2,
  spent: '-1234.50',
  birthday: '1990-02-28',
  createdAt: new Date('2026-11-22T16:30:05.900Z'),
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

describe('R1.9 CSV', () => {
  test('has a byte order mark, quotes as RFC 4180 says, and plain numbers and dates', async () => {
    expect(await csvText({ columns, rows: inBatches([person, nobody]) })).toBe(
      '\uFEFFName,Count,"Spent, total",Birthday,Created,Member\r\n' +
        '"张三 ""Sam"", 上海\n二楼",0.3,-1234.50,1990-02-28,2026-11-23 00:30:05,TRUE\r\n' +
        ',,,,,\r\n',
    );
  });

  test('is a header alone when there are no rows', async () => {
    expect(await csvText({ columns: [textColumn], rows: inBatches([]) })).toBe('\uFEFFText\r\n');
  });

  test('any text comes back from a reader of CSV', async () => {
    await assert(
      asyncProperty(array(string({ unit: 'binary' }), { minLength: 1, maxLength: 20 }), async (texts) => {
        const csv = await csvText({ columns: [textColumn, textColumn], rows: inBatches(texts, 3) });
        const records: string[][] = parse(csv, { bom: true, record_delimiter: '\r\n' });
        expect(records.slice(1).map((record) => record.map(unguardFormula))).toEqual(
          texts.map((text) => [text, text]),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('figure 11: no field of any kind is a live formula behind 40 prefixes, and our importer reads what was there', async () => {
    const texts = formulaPrefixes.flatMap((prefix) => [`${prefix}1+1`, `${prefix}HYPERLINK("http://x","y")`]);
    const fields = Array.from({ length: 6 }, (_, index): ExportColumn<string> => ({
      header: `${formulaPrefixes[index] ?? ''}cmd`,
      kind: 'text',
      value: (text) => text,
    }));
    const csv = await csvText({ columns: fields, rows: inBatches(texts) });
    const cells = parse(csv, { bom: true }).flat();
    expect(cells).toHaveLength((texts.length + 1) * fields.length);
    expect(cells.filter(isLiveFormula)).toEqual([]);

    const file = await readTabularFile(await temporaryFile(csv), 'customers.csv');
    const rows = await collect(file.rows);
    expect(rows.map(({ cells: read }) => read.map(unguardFormula))).toEqual(
      texts.map((text) => Array.from({ length: fields.length }, () => text)),
    );
  });

  test('a source that fails cuts the download', async () => {
    const failing = async function* () {
      yield* inBatches(['one']);
      throw new Error('the cursor broke');
    };
    const result = await received((output) => writeCsv({ columns: [textColumn], rows: failing() }, output));
    expect(result.failure).toMatchObject({ message: 'the cursor broke' });
    expect(result.isWhole).toBe(false);
  });

  test('a receiver that leaves ends the reading of rows', async () => {
    let isReleased = false;
    const endless = async function* () {
      try {
        for (;;) yield* inBatches(['x'.repeat(1_000)]);
      } finally {
        isReleased = true;
      }
    };
    const writing = writeCsv({ columns: [textColumn], rows: endless() }, leavingReceiver(50_000));
    await expect(writing).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    expect(isReleased).toBe(true);
  });

  test('a number that is none stops the export instead of standing in it', async () => {
    const column: ExportColumn<string> = { header: 'Amount', kind: 'money', value: (text) => text };
    const result = await received((output) =>
      writeCsv({ columns: [column], rows: inBatches(['=1+1']) }, output),
    );
    expect(result.failure).toBeInstanceOf(RangeError);
  });
});
