import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import type { ExportColumn, ExportSummary, ExportTable } from '../../../src/core/exports/export-table.js';
import { writeCsv } from '../../../src/core/exports/write-csv.js';
import { writeWorkbook } from '../../../src/core/exports/write-workbook.js';

/** Rows in batches, as a query gives them. */
export async function* inBatches<Row>(rows: readonly Row[], size = 100): AsyncGenerator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += size) {
    await Promise.resolve();
    yield rows.slice(start, start + size);
  }
}

/** A table of these rows with a plain information sheet. */
export function tableOf<Row>(
  columns: readonly ExportColumn<Row>[],
  rows: AsyncIterable<readonly Row[]>,
): ExportTable<Row> {
  return {
    sheetName: 'Customers',
    columns,
    rows,
    information: {
      madeBy: 'Service CRM 1.0.0',
      sheetName: 'Information',
      labelHeader: 'About',
      valueHeader: 'Details',
      lines: (summary: ExportSummary) => [
        { label: 'Rows', value: summary.rowCount },
        { label: 'Sheets', value: summary.sheetNames.join(', ') },
        { label: 'Cut', value: summary.shortenedCount },
        { label: 'Where', value: summary.shortenedCells.join(', ') },
      ],
    },
  };
}

/** A column of text over rows that are text. */
export const textColumn = { header: 'Text', kind: 'text', value: (text: string) => text } as const;

export async function workbookBytes<Row>(table: ExportTable<Row>, sheetRows?: number): Promise<Buffer> {
  const output = new PassThrough();
  const [bytes] = await Promise.all([buffer(output), writeWorkbook(table, output, sheetRows)]);
  return bytes;
}

export async function csvText<Row>(table: Pick<ExportTable<Row>, 'columns' | 'rows'>): Promise<string> {
  const output = new PassThrough();
  const [bytes] = await Promise.all([buffer(output), writeCsv(table, output)]);
  return bytes.toString('utf8');
}

/** A workbook as exceljs reads it. */
export async function openWorkbook(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  // exceljs declares a Buffer of its own, older than Node's.
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  return workbook;
}

/** A sheet that must be there. */
export function sheetOf(workbook: ExcelJS.Workbook, name: string): ExcelJS.Worksheet {
  const sheet = workbook.getWorksheet(name);
  if (!sheet) throw new Error(`no sheet ${name}`);
  return sheet;
}

/** The lines of the information sheet by their labels. */
export function informationOf(workbook: ExcelJS.Workbook, name = 'Information'): Map<string, unknown> {
  const lines = new Map<string, unknown>();
  sheetOf(workbook, name).eachRow((row) => lines.set(row.getCell(1).text, row.getCell(2).value));
  return lines;
}

/** Takes some bytes, then goes away as a browser does whose download is cancelled. */
export function leavingReceiver(bytes: number): Writable {
  let received = 0;
  const receiver = new Writable({
    write(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      if (received > bytes) receiver.destroy();
      else done();
    },
  });
  return receiver;
}

/** Collects what arrives and says how it ended. */
export async function received(write: (output: Writable) => Promise<void>) {
  const output = new PassThrough();
  const parts: Buffer[] = [];
  output.on('data', (part: Buffer) => parts.push(part));
  output.on('error', () => undefined);
  const closed = once(output, 'close').catch(() => undefined);
  const failure = await write(output).then(
    () => undefined,
    (error: unknown) => error,
  );
  await closed;
  return { failure, isWhole: output.readableEnded, bytes: Buffer.concat(parts) };
}
