import { Writable } from 'node:stream';
import type { ExportColumn } from '../../../src/core/exports/export-table.js';
import { writeWorkbook } from '../../../src/core/exports/write-workbook.js';
import { tableOf } from './export-files.js';

const rowCount = 200_000;
const batchSize = 1_000;

const columns = Array.from({ length: 15 }, (_, index): ExportColumn<number> =>
  index % 5 === 4
    ? { header: `Column ${index}`, kind: 'money', value: (row) => (row * index) / 8 }
    : {
        header: `Column ${index}`,
        kind: 'text',
        value: (row) => `${row} 南京西路 ${(row * 7_919 * index) % 104_729}`,
      },
);

let peak = 0;

async function* rows(): AsyncGenerator<number[]> {
  for (let start = 0; start < rowCount; start += batchSize) {
    await Promise.resolve();
    peak = Math.max(peak, process.memoryUsage.rss());
    yield Array.from({ length: batchSize }, (_, index) => start + index);
  }
}

/** Takes what comes with a pause after each piece, as a slow connection does. */
const slowReceiver = new Writable({
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});

const start = process.memoryUsage.rss();
await writeWorkbook(tableOf(columns, rows()), slowReceiver);
const megabytes = (bytes: number): number => Math.round(bytes / 1_048_576);
console.log(
  JSON.stringify({
    rowCount,
    start: megabytes(start),
    peak: megabytes(peak),
    growth: megabytes(peak - start),
  }),
);
