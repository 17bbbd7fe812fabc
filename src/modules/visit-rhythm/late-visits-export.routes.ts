import type { ViewerContext } from '../../core/context.js';
import type { ExportFormat } from '../../core/exports/export-format.js';
import { tableDownload } from '../../core/exports/table-download.js';
import type { Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readLateRules } from './late-rules.queries.js';
import { lateExportColumns, lateExportFilters } from './late-visits-export.views.js';
import { readLateChoices, streamLateVisits } from './late-visits.queries.js';
import { LateVisitsExportQuery, type LateVisitsQuery } from './late-visits.schemas.js';

export const lateVisitExportRoutes = [
  route.get('/late-visits.xlsx', {
    permission: 'customers:export',
    query: LateVisitsExportQuery,
    handler: (context, { query }) => exportLateVisits(context, query, 'xlsx'),
  }),
  route.get('/late-visits.csv', {
    permission: 'customers:export',
    query: LateVisitsExportQuery,
    handler: (context, { query }) => exportLateVisits(context, query, 'csv'),
  }),
];

async function exportLateVisits(
  context: ViewerContext,
  query: LateVisitsQuery,
  format: ExportFormat,
): Promise<Reply> {
  const [choices, { rules }] = await Promise.all([readLateChoices(context), readLateRules(context)]);
  return tableDownload(context, {
    name: 'late-visits',
    title: context.t('navigation.lateVisits'),
    format,
    filters: lateExportFilters(context, query, choices),
    columns: lateExportColumns(context),
    rows: streamLateVisits(context, query, rules),
  });
}
