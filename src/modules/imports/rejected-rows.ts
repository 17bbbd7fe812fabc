import type { ViewerContext } from '../../core/context.js';
import { Forbidden, NotFound } from '../../core/errors.js';
import { tableDownload } from '../../core/exports/table-download.js';
import { locales, translator } from '../../core/i18n.js';
import type { Reply } from '../../core/reply.js';
import { findReports, streamChunks } from './import-chunks.queries.js';
import { remarkText } from './import-labels.js';
import type { ImportRecord } from './imports.queries.js';
import { maySeeCells } from './mapping-basis.js';

interface RejectedRow {
  readonly cells: readonly string[];
  readonly reason: string;
}

/**
 * The rejected rows of an import exactly as they were, with the reason in the last column, to be mended and uploaded again.
 * @throws NotFound when the file's rows were forgotten, Forbidden for those who may not see its cells.
 */
export function rejectedRowsDownload(context: ViewerContext, record: ImportRecord): Promise<Reply> {
  if (!record.has_rows) throw new NotFound('the rows of this file were forgotten');
  if (!maySeeCells(context, record)) throw new Forbidden('customers:reveal-contact');
  const { t } = context;
  const reasonHeader = t('imports.rejectionReason');
  const columns = record.header
    .map((heading, index) => ({ heading, index }))
    .filter(({ heading }) => !isReasonHeader(heading));
  return tableDownload<RejectedRow>(context, {
    name: 'rejected-rows',
    title: t('imports.rejectedRows'),
    format: 'xlsx',
    filters: [],
    remarks: [t('imports.rejectedFrom', { fileName: record.file_name })],
    columns: [
      ...columns.map(({ heading, index }) => ({
        header: heading,
        kind: 'text' as const,
        value: ({ cells }: RejectedRow) => cells[index] ?? null,
      })),
      { header: reasonHeader, kind: 'text' as const, width: 60, value: ({ reason }: RejectedRow) => reason },
    ],
    rows: rejectedRows(context, record),
  });
}

async function* rejectedRows(context: ViewerContext, record: ImportRecord): AsyncGenerator<RejectedRow[]> {
  for await (const rows of streamChunks(context.deps, record.id)) {
    const range = { from: rows[0]?.rowNumber ?? 0, to: rows.at(-1)?.rowNumber ?? 0 };
    const reports = await findReports(context.deps.database, record.id, range);
    yield rows.flatMap(({ rowNumber, cells }) => {
      const report = reports.get(rowNumber);
      if (report?.outcome !== 'rejected') return [];
      return [{ cells, reason: remarkText(context.t, record.target, report.remarks) }];
    });
  }
}

/** A file that comes back mended still has the column of the last time. */
const isReasonHeader = (heading: string): boolean =>
  locales.some((locale) => translator(locale)('imports.rejectionReason') === heading);
