import type { Writable } from 'node:stream';
import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../context.js';
import { recordEvent } from '../events.js';
import { dayOf } from '../format.js';
import { download, type Reply } from '../reply.js';
import { contentTypes, exportFileName, type ExportFormat } from './export-format.js';
import { exportInformation } from './export-information.js';
import type { ExportColumn } from './export-table.js';
import { writeCsv } from './write-csv.js';
import { writeWorkbook } from './write-workbook.js';

/** One condition that the rows fulfil, in words. */
export interface ExportFilter {
  readonly words: string;
  /** What the audit log says instead, where the words may hold contact data. */
  readonly loggedWords?: string;
}

export interface TableDownload<Row> {
  /** What is exported, kebab-case and plural: the beginning of the file's name and the export's name in the log. */
  readonly name: string;
  /** The same for people: the name of the sheet. */
  readonly title: string;
  readonly format: ExportFormat;
  readonly filters: readonly ExportFilter[];
  /** Sentences for the information sheet about what the file holds, for instance that contact data is masked. */
  readonly remarks?: readonly string[];
  readonly columns: readonly ExportColumn<Row>[];
  readonly rows: AsyncIterable<readonly Row[]>;
}

/**
 * A download of a table that leaves its trace in the audit log: `exports.started` before anything goes out, then
 * `exports.finished` with the number of rows, or `exports.aborted` with how many rows may have left and why. Where the
 * process dies on the way only the start is known, and all rows have to be taken for gone. The first rows are read before
 * the answer begins, so that a query that cannot run is an error page and not a broken file.
 * @throws whatever the first rows throw.
 */
export async function tableDownload<Row>(context: ViewerContext, table: TableDownload<Row>): Promise<Reply> {
  const record = exportRecord(context, newId());
  await record('exports.started', {
    name: table.name,
    format: table.format,
    filter: table.filters.map(({ words, loggedWords }) => loggedWords ?? words),
  });
  const progress = { rows: 0 };
  const rows = await begun(counted(table.rows, progress)).catch(async (error: unknown) => {
    await record('exports.aborted', { rows: 0, reason: 'failed' });
    throw error;
  });
  const fileName = exportFileName(table.name, dayOf(context.deps.now()), table.format);
  return download(fileName, contentTypes[table.format], async (output) => {
    try {
      await writeTable(context, { ...table, rows }, output);
    } catch (error) {
      const isCancelled = isReceiverGone(error);
      await record('exports.aborted', { rows: progress.rows, reason: isCancelled ? 'cancelled' : 'failed' });
      if (isCancelled) return;
      throw error;
    }
    await record('exports.finished', { rows: progress.rows });
  });
}
