import type { Writable } from 'node:stream';
import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../context.js';
import { dayOf } from '../format.js';
import { download, type Reply } from '../reply.js';
import { contentTypes, exportFileName, type ExportFormat } from './export-format.js';
import { exportInformation } from './export-information.js';
import { exportLog, type ExportFilter } from './export-log.js';
import type { ExportColumn } from './export-table.js';
import { writeCsv } from './write-csv.js';
import { writeWorkbook } from './write-workbook.js';

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
  const log = exportLog(context, newId());
  await log.started(table);
  const progress: Progress = { rows: 0, failure: undefined };
  const rows = counted(table.rows, progress);
  const first = await rows.next().catch(async (error: unknown) => {
    await log.ended('aborted', { rows: 0, reason: 'failed' });
    throw error;
  });
  const fileName = exportFileName(table.name, dayOf(context.deps.now()), table.format);
  return download(fileName, contentTypes[table.format], async (output) => {
    try {
      await writeTable(context, { ...table, rows: continued(first, rows) }, output);
      await log.ended('finished', { rows: progress.rows });
    } catch (error) {
      const isCancelled = error !== progress.failure && isReceiverGone(error);
      await log.ended('aborted', { rows: progress.rows, reason: isCancelled ? 'cancelled' : 'failed' });
      if (!isCancelled) throw error;
    } finally {
      await rows.return(undefined);
    }
  });
}

function writeTable<Row>(context: ViewerContext, table: TableDownload<Row>, output: Writable): Promise<void> {
  if (table.format === 'csv') return writeCsv(table, output);
  const { columns, rows, title } = table;
  return writeWorkbook(
    { sheetName: title, columns, rows, information: exportInformation(context, table) },
    output,
  );
}

type Batches<Row> = AsyncGenerator<readonly Row[], undefined, undefined>;

interface Progress {
  rows: number;
  /** What the rows threw, if they did. */
  failure: unknown;
}

async function* counted<Row>(batches: AsyncIterable<readonly Row[]>, progress: Progress): Batches<Row> {
  try {
    for await (const batch of batches) {
      progress.rows += batch.length;
      yield batch;
    }
  } catch (error) {
    progress.failure = error;
    throw error;
  }
}

async function* continued<Row>(
  first: IteratorResult<readonly Row[], undefined>,
  rest: Batches<Row>,
): Batches<Row> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}

/** The person cancelled the download, or their connection broke. */
function isReceiverGone(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return ['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED', 'ECONNRESET', 'EPIPE'].some(
    (known) => known === code,
  );
}
