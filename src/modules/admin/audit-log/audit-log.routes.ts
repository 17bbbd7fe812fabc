import type { ViewerContext } from '../../../core/context.js';
import type { ExportFormat } from '../../../core/exports/export-format.js';
import { tableDownload } from '../../../core/exports/table-download.js';
import { page, type Reply } from '../../../core/reply.js';
import { route } from '../../../core/route.js';
import { listPeople } from '../people.queries.js';
import { auditEntryView } from './audit-entry.views.js';
import { auditExportColumns, auditExportFilters } from './audit-log-export.views.js';
import { findAuditRow, findNames, listAuditLog, streamAuditLog } from './audit-log.queries.js';
import { withRulesInWords } from './audit-rules.queries.js';
import { AuditEntryParams, AuditLogExportQuery, AuditLogQuery } from './audit-log.schemas.js';
import { auditLogView } from './audit-log.views.js';

const permission = 'audit-log:read';

export const auditLogRoutes = [
  route.get('/admin/audit-log', {
    permission,
    query: AuditLogQuery,
    handler: async (context, { query }) => {
      const [result, people] = await Promise.all([listAuditLog(context, query), listPeople(context)]);
      const names = await findNames(context, result.rows, query.record);
      const rows = await withRulesInWords(context, result.rows);
      return page('admin/list', auditLogView(context, query, { ...result, rows }, people, names));
    },
  }),
  route.get('/admin/audit-log.xlsx', {
    permission: 'audit-log:export',
    query: AuditLogExportQuery,
    handler: (context, { query }) => exportAuditLog(context, query, 'xlsx'),
  }),
  route.get('/admin/audit-log.csv', {
    permission: 'audit-log:export',
    query: AuditLogExportQuery,
    handler: (context, { query }) => exportAuditLog(context, query, 'csv'),
  }),
  route.get('/admin/audit-log/:id', {
    permission,
    params: AuditEntryParams,
    handler: async (context, { params }) => {
      const row = await findAuditRow(context, params.id);
      const [names, [inWords = row]] = await Promise.all([
        findNames(context, [row]),
        withRulesInWords(context, [row]),
      ]);
      return page('admin/record', auditEntryView(context, inWords, names));
    },
  }),
];

async function exportAuditLog(
  context: ViewerContext,
  query: AuditLogQuery,
  format: ExportFormat,
): Promise<Reply> {
  const [people, names] = await Promise.all([listPeople(context), findNames(context, [], query.record)]);
  return tableDownload(context, {
    name: 'audit-log',
    title: context.t('navigation.auditLog'),
    format,
    filters: auditExportFilters(context, query, people, names),
    columns: auditExportColumns(context),
    rows: streamAuditLog(context, query),
  });
}
