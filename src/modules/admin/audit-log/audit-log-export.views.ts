import type { ViewerContext } from '../../../core/context.js';
import type { ExportFilter } from '../../../core/exports/export-log.js';
import type { ExportColumn } from '../../../core/exports/export-table.js';
import type { Person } from '../people.queries.js';
import { actionLabel } from './audit-actions.js';
import { columnChanges } from './audit-difference.js';
import { columnLabel, tableLabel } from './audit-labels.js';
import type { NamedAuditRow } from './audit-log.queries.js';
import type { AuditLogQuery } from './audit-log.schemas.js';
import { describeAuditFilters } from './audit-log.views.js';
import { actorName, auditSentence } from './audit-sentences.js';
import { valueText, type Names } from './audit-values.js';

/** The columns of an export of the audit log; as on its pages, secret values are in none. */
export function auditExportColumns(context: ViewerContext): readonly ExportColumn<NamedAuditRow>[] {
  const { t } = context;
  return [
    { header: t('auditLog.at'), kind: 'datetime', value: (row) => row.at },
    { header: t('auditLog.person'), kind: 'text', width: 18, value: (row) => actorName(t, row) },
    {
      header: t('auditLog.what'),
      kind: 'text',
      width: 60,
      value: (row) => auditSentence(context, row, row.names),
    },
    { header: t('auditLog.action'), kind: 'text', width: 22, value: (row) => actionLabel(t, row.action) },
    {
      header: t('auditLog.operation'),
      kind: 'text',
      width: 12,
      value: (row) => t(`auditLog.operation.${row.operation}`),
    },
    {
      header: t('auditLog.table'),
      kind: 'text',
      width: 18,
      value: (row) => row.table_name && tableLabel(t, row.table_name),
    },
    { header: t('auditLog.recordId'), kind: 'text', width: 38, value: (row) => row.record_id },
    { header: t('auditLog.changes'), kind: 'text', width: 60, value: (row) => changesText(context, row) },
    { header: t('auth.address'), kind: 'text', width: 16, value: (row) => row.address },
    { header: t('auditLog.request'), kind: 'text', width: 38, value: (row) => row.request_id },
  ];
}

/** Every changed field on a line of its own. */
function changesText(context: ViewerContext, row: NamedAuditRow): string | null {
  if (row.operation === 'event') return null;
  const { t } = context;
  const lines = columnChanges(row.before, row.after).map(({ column, isSecret, before, after }) => {
    const label = columnLabel(t, column, row.names);
    if (isSecret) return t('auditLog.secretColumn', { label });
    const text = (value: unknown) => valueText(context, column, value, row.names) || '–';
    return `${label}: ${text(before)} → ${text(after)}`;
  });
  return lines.join('\n') || null;
}

/** The filters of the list in words. */
export function auditExportFilters(
  context: ViewerContext,
  query: AuditLogQuery,
  people: readonly Person[],
  names: Names,
): ExportFilter[] {
  return [
    ...(query.q ? [{ words: context.t('exports.search', { text: query.q }) }] : []),
    ...describeAuditFilters(context, query, people, names).map(({ label }) => ({ words: label })),
  ];
}
