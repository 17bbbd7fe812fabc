import type { ViewerContext } from '../../core/context.js';
import type { ExportFormat } from '../../core/exports/export-format.js';
import { tableDownload } from '../../core/exports/table-download.js';
import type { Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { streamCustomers } from './customers-export.queries.js';
import {
  customerExportColumns,
  customerExportFilters,
  customerExportRemarks,
} from './customers-export.views.js';
import { CustomerListQuery } from './customers.schemas.js';

/** The parameters of the list; an export has no pages. */
const CustomerExportQuery = CustomerListQuery.omit({ after: true });

export const customerExportRoutes = [
  route.get('/customers.xlsx', {
    permission: 'customers:export',
    query: CustomerExportQuery,
    handler: (context, { query }) => exportCustomers(context, query, 'xlsx'),
  }),
  route.get('/customers.csv', {
    permission: 'customers:export',
    query: CustomerExportQuery,
    handler: (context, { query }) => exportCustomers(context, query, 'csv'),
  }),
];

function exportCustomers(
  context: ViewerContext,
  query: CustomerListQuery,
  format: ExportFormat,
): Promise<Reply> {
  return tableDownload(context, {
    name: 'customers',
    title: context.t('navigation.customers'),
    format,
    filters: customerExportFilters(context, query),
    remarks: customerExportRemarks(context),
    columns: customerExportColumns(context),
    rows: streamCustomers(context, query),
  });
}
