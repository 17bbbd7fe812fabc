import type { ViewerContext } from '../../core/context.js';
import type { ExportFormat } from '../../core/exports/export-format.js';
import { tableDownload } from '../../core/exports/table-download.js';
import type { Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readRequestChoices } from './request-choices.queries.js';
import { streamRequests } from './requests-export.queries.js';
import { requestExportColumns, requestExportFilters, requestExportRemarks } from './requests-export.views.js';
import { RequestExportQuery, type RequestListQuery } from './service-requests.schemas.js';

export const requestExportRoutes = [
  route.get('/service-requests.xlsx', {
    permission: 'service-requests:export',
    query: RequestExportQuery,
    handler: (context, { query }) => exportRequests(context, query, 'xlsx'),
  }),
  route.get('/service-requests.csv', {
    permission: 'service-requests:export',
    query: RequestExportQuery,
    handler: (context, { query }) => exportRequests(context, query, 'csv'),
  }),
];

async function exportRequests(
  context: ViewerContext,
  query: RequestListQuery,
  format: ExportFormat,
): Promise<Reply> {
  return tableDownload(context, {
    name: 'service-requests',
    title: context.t('navigation.serviceRequests'),
    format,
    filters: requestExportFilters(context, query, await readRequestChoices(context)),
    remarks: requestExportRemarks(context),
    columns: requestExportColumns(context),
    rows: streamRequests(context, query),
  });
}
