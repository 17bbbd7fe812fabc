import type { ExportColumn } from '../../../src/core/exports/export-table.js';
import { writeWorkbook } from '../../../src/core/exports/write-workbook.js';
import { inBatches, tableOf } from './export-files.js';

const columns: readonly ExportColumn<string>[] = [
  { header: 'Day', kind: 'date', value: (moment) => moment.slice(0, 10) },
  { header: 'Moment', kind: 'datetime', value: (moment) => new Date(moment) },
];

/** Midnights, days without a midnight or with two in some time zones, a leap day, and both ends of a year. */
const moments = [
  '1990-01-01T00:00:00Z',
  '1990-12-31T23:59:59Z',
  '2018-11-04T03:00:00Z',
  '2024-02-29T12:00:00Z',
  '2026-11-01T05:30:00Z',
  '2026-11-22T16:30:05Z',
];

await writeWorkbook(tableOf(columns, inBatches(moments)), process.stdout);
