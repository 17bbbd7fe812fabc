import type { ViewerContext } from '../../core/context.js';
import type { ExportFormat } from '../../core/exports/export-format.js';
import { tableDownload } from '../../core/exports/table-download.js';
import type { Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readFilterChoices } from './customer-choices.queries.js';
import { streamCustomers } from './customers-export.queries.js';
import { customerExportFilters, customerExportRemarks } from './customers-export.views.js';
import { CustomerExportQuery, type CustomerListQuery } from './customers.schemas.js';
import { refuseUnknownFilters } from './custom-field-filters.js';
import { chosenExportColumns } from './export-choice.views.js';

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

async function exportCustomers(
  context: ViewerContext,
  query: CustomerListQuery,
  format: ExportFormat,
): Promise<Reply> {
  const choices = await readFilterChoices(context);
  refuseUnknownFilters(choices, query);
  return tableDownload(context, {
    name: 'customers',
    title: context.t('navigation.customers'),
    format,
    filters: customerExportFilters(context, query, choices),
    remarks: customerExportRemarks(context),
    columns: chosenExportColumns(context, choices.customFields, query.columns),
    rows: streamCustomers(context, query),
  });
}
