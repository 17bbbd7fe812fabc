import type { ViewerContext } from '../../core/context.js';
import type { ExportFormat } from '../../core/exports/export-format.js';
import { tableDownload } from '../../core/exports/table-download.js';
import type { Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readKinds } from './served-thing-kinds.queries.js';
import { ThingExportQuery, type ThingListQuery } from './served-things.schemas.js';
import { thingExportColumns, thingExportFilters } from './things-export.views.js';
import { streamThings } from './things-list.queries.js';

export const thingExportRoutes = [
  route.get('/served-things.xlsx', {
    permission: 'customers:export',
    query: ThingExportQuery,
    handler: (context, { query }) => exportThings(context, query, 'xlsx'),
  }),
  route.get('/served-things.csv', {
    permission: 'customers:export',
    query: ThingExportQuery,
    handler: (context, { query }) => exportThings(context, query, 'csv'),
  }),
];

async function exportThings(
  context: ViewerContext,
  query: ThingListQuery,
  format: ExportFormat,
): Promise<Reply> {
  return tableDownload(context, {
    name: 'served-things',
    title: context.t('navigation.servedThings'),
    format,
    filters: thingExportFilters(context, query, await readKinds(context)),
    columns: thingExportColumns(context),
    rows: streamThings(context, query),
  });
}
