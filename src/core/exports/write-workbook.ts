import { PassThrough, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { columnWidth } from './column-width.js';
import type { ExportColumn, ExportSummary, ExportTable, InformationLine } from './export-table.js';
import { sheetName } from './sheet-name.js';
import { StreamingWorkbook } from './streaming-workbook.js';

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
  const archive = new PassThrough();
  const closed = new AbortController();
  const delivery = pipeline(archive, output);
  delivery.catch((error: unknown) => closed.abort(error));
  const workbook = new StreamingWorkbook(archive);
  try {
    const summary = await writeRows(workbook, table, sheetRows, closed.signal);
    writeInformation(workbook, table, summary);
    await Promise.all([workbook.commit(), delivery]);
  } catch (error) {
    const reason: unknown = closed.signal.aborted ? closed.signal.reason : error;
    archive.destroy(new Error('the workbook was given up', { cause: reason }));
    workbook.abort();
    await delivery.catch(() => undefined);
    throw reason;
  }
}

interface WrittenRows extends ExportSummary {
  readonly sheetNames: readonly string[];
}

async function writeRows<Row>(
  workbook: StreamingWorkbook,
  table: ExportTable<Row>,
  sheetRows: number,
  signal: AbortSignal,
): Promise<WrittenRows> {
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
        sheet.close();
        sheet = openSheet();
      }
      sheet.addRow(table.columns, row, onShortened);
      rowCount += 1;
      if (sheet.isFull) await sheet.drained(signal);
    }
    signal.throwIfAborted();
  }
  sheet.close();
  return { rowCount, sheetCount: sheetNames.length, sheetNames, shortenedCount, shortenedCells };
}

const labelColumn: ExportColumn<InformationLine> = { header: '', kind: 'text', value: ({ label }) => label };
const textLine: readonly ExportColumn<InformationLine>[] = [
  labelColumn,
  { header: '', kind: 'text', value: ({ value }) => String(value) },
];
const numberLine: readonly ExportColumn<InformationLine>[] = [
  labelColumn,
  { header: '', kind: 'number', value: ({ value }) => Number(value) },
];

function writeInformation<Row>(workbook: StreamingWorkbook, table: ExportTable<Row>, summary: WrittenRows): void {
  const { information } = table;
  const sheet = workbook.openSheet(sheetName(information.sheetName, summary.sheetNames), [
    { header: information.labelHeader, width: 30 },
    { header: information.valueHeader, width: 80 },
  ]);
  for (const line of information.lines(summary)) {
    sheet.addRow(typeof line.value === 'number' ? numberLine : textLine, line, () => undefined);
  }
  sheet.close();
}

const sheetColumn = <Row>(column: ExportColumn<Row>) => ({ header: column.header, width: columnWidth(column) });
