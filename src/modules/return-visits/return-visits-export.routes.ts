import type { ViewerContext } from '../../core/context.js';
import type { ExportFormat } from '../../core/exports/export-format.js';
import { tableDownload } from '../../core/exports/table-download.js';
import type { Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { visitExportColumns, visitExportFilters } from './return-visits-export.views.js';
import { readVisitChoices, streamReturnVisits } from './return-visits-list.queries.js';
import { ReturnVisitsExportQuery, type ReturnVisitsQuery } from './return-visits.schemas.js';

export const returnVisitExportRoutes = [
  route.get('/return-visits.xlsx', {
    permission: 'service-requests:export',
    query: ReturnVisitsExportQuery,
    handler: (context, { query }) => exportVisits(context, query, 'xlsx'),
  }),
  route.get('/return-visits.csv', {
    permission: 'service-requests:export',
    query: ReturnVisitsExportQuery,
    handler: (context, { query }) => exportVisits(context, query, 'csv'),
  }),
];

async function exportVisits(
  context: ViewerContext,
  query: ReturnVisitsQuery,
  format: ExportFormat,
): Promise<Reply> {
  return tableDownload(context, {
    ...{ name: 'return-visits', title: context.t('returnVisits.title'), format },
    filters: visitExportFilters(context, query, await readVisitChoices(context)),
    columns: visitExportColumns(context),
    rows: streamReturnVisits(context, query),
  });
}
