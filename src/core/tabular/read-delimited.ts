import { pipeline, Readable } from 'node:stream';
import { CsvError, parse, type Parser } from 'csv-parse';
import { checkCells } from './check-cells.js';
import type { Delimiter } from './detect-delimiter.js';
import { TabularFileError } from './tabular-file-error.js';
import { maximumRecordBytes } from './tabular-limits.js';
import { isBlankRow, type TabularRow } from './tabular-row.js';
import { decodeText, type TextEncoding } from './text-encoding.js';

export interface DelimitedFormat {
  readonly encoding: TextEncoding;
  readonly delimiter: Delimiter;
}

/**
 * The rows of a delimited text file, blank ones left out but counted. Quotation marks count only at the start of a
 * cell, as in a spreadsheet program; cells may hold line breaks.
 * @throws TabularFileError for a quotation mark that is never closed and for what is larger than the limits; `line`
 * is the line of the file at which the offending row starts.
 */
export async function* readDelimited(path: string, format: DelimitedFormat): AsyncGenerator<TabularRow> {
  let lastLine = 0;
  const parser = parse({
    delimiter: format.delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: maximumRecordBytes,
    on_record: (record: string[], { lines }) => {
      lastLine = lines;
      return record;
    },
  });
  const text = Readable.from(decodeText(path, format.encoding));
  pipeline(text, parser, () => undefined);
  try {
    yield* numbered(parser);
  } catch (error) {
    throw asTabularFileError(error, lastLine + 1);
  } finally {
    text.destroy();
  }
}

async function* numbered(parser: Parser): AsyncGenerator<TabularRow> {
  let rowNumber = 0;
  const records: AsyncIterable<string[]> = parser;
  for await (const cells of records) {
    rowNumber += 1;
    if (isBlankRow(cells)) continue;
    checkCells(cells, rowNumber);
    yield { rowNumber, cells };
  }
}

function asTabularFileError(error: unknown, line: number): unknown {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return new TabularFileError('errors.file.unclosedQuote', { line });
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return new TabularFileError('errors.file.recordTooLong', { line });
  return error;
}
