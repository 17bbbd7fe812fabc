import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ExportColumn, ExportTable } from './export-table.js';
import { guardFormula } from './guard-formula.js';
import { plainText } from './plain-text.js';

/** Without it, Excel on a Chinese Windows takes UTF-8 for GBK. */
const byteOrderMark = '\uFEFF';
const lineEnd = '\r\n';

/**
 * Writes a table as CSV and ends the output: UTF-8 with byte order mark, RFC 4180, a header, plain numbers, ISO dates,
 * text guarded against formulas. When the rows fail or nobody reads any more, the output is destroyed.
 * @throws whatever the rows threw, or why the output closed early.
 */
export async function writeCsv<Row>(
  table: Pick<ExportTable<Row>, 'columns' | 'rows'>,
  output: Writable,
): Promise<void> {
  await pipeline(Readable.from(csvText(table)), output);
}

async function* csvText<Row>({
  columns,
  rows,
}: Pick<ExportTable<Row>, 'columns' | 'rows'>): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(columns.map(({ header }) => csvTextField(header)));
  for await (const batch of rows) {
    yield batch.map((row) => csvLine(columns.map((column) => csvField(column, row)))).join('');
  }
}

const csvLine = (fields: readonly string[]): string => fields.join(',') + lineEnd;

function csvField<Row>(column: ExportColumn<Row>, row: Row): string {
  const text = plainText(column, row);
  return column.kind === 'text' ? csvTextField(text) : text;
}

/** Besides what RFC 4180 asks for, quotes what programs split at or trim without quotes. */
function csvTextField(text: string): string {
  const guarded = guardFormula(text);
  return /[",;\t\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
