import { PassThrough, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { columnWidth } from './column-width.js';
import type { ExportColumn, ExportSummary, ExportTable } from './export-table.js';
import { sheetName } from './sheet-name.js';
import type { StreamingSheet } from './streaming-sheet.js';
import type { StreamingWorkbook } from './streaming-workbook.js';
import { writeInformationSheet } from './write-information-sheet.js';

/** Rows of a sheet without its header: a limit of Excel. */
const maximumSheetRows = 1_048_575;
const namedShortenedCells = 20;

/**
 * Writes a table as an Excel workbook and ends the output, in constant memory and as fast as the output takes it. Rows
 * that do not fit on a sheet go on the next one; the last sheet says what the file is. When the rows fail or nobody reads
 * any more, the output is destroyed, so that half a file never looks whole.
 * @param sheetRows most rows of one sheet.
 * @throws whatever the rows threw, or why the output closed early.
 */
export async function writeWorkbook<Row>(
  table: ExportTable<Row>,
  output: Writable,
  sheetRows = maximumSheetRows,
): Promise<void> {
  // exceljs takes 30 MB and a third of a second: who writes no workbook does without.
  const { StreamingWorkbook: Workbook } = await import('./streaming-workbook.js');
  const archive = new PassThrough();
  const closed = new AbortController();
  const delivery = pipeline(archive, output);
  delivery.catch((error: unknown) => closed.abort(error));
  const workbook = new Workbook(archive, table.information.madeBy);
  try {
    const summary = await writeRows(workbook, table, sheetRows, closed.signal);
    writeInformationSheet(workbook, table.information, summary);
    await Promise.all([workbook.commit(), delivery]);
  } catch (error) {
    const reason: unknown = closed.signal.aborted ? closed.signal.reason : error;
    archive.destroy(new Error('the workbook was given up', { cause: reason }));
    workbook.abort();
    await delivery.catch(() => undefined);
    throw reason;
  }
}

async function writeRows<Row>(
  workbook: StreamingWorkbook,
  table: ExportTable<Row>,
  sheetRows: number,
  signal: AbortSignal,
): Promise<ExportSummary> {
  const sheetNames: string[] = [];
  const shortenedCells: string[] = [];
  let shortenedCount = 0;
  let rowCount = 0;
  const openSheet = () => {
    const name = sheetName(table.sheetName, sheetNames);
    sheetNames.push(name);
    return workbook.openSheet(name, table.columns.map(sheetColumn));
  };
  const onShortened = (place: string): void => {
    shortenedCount += 1;
    if (shortenedCount <= namedShortenedCells) shortenedCells.push(place);
  };

  let sheet = openSheet();
  for await (const batch of table.rows) {
    for (const row of batch) {
      if (sheet.rowCount === sheetRows) {
        finish(sheet);
        sheet = openSheet();
      }
      sheet.addRow(table.columns, row, onShortened);
      rowCount += 1;
      if (sheet.isFull) await sheet.drained(signal);
    }
    signal.throwIfAborted();
  }
  finish(sheet);
  return { rowCount, sheetNames, shortenedCount, shortenedCells };
}

const sheetColumn = <Row>(column: ExportColumn<Row>) => ({
  header: column.header,
  width: columnWidth(column),
});

function finish(sheet: StreamingSheet): void {
  sheet.addFilter();
  sheet.close();
}
