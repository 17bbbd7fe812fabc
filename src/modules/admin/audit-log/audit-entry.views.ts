import type { ViewerContext } from '../../../core/context.js';
import type { DefinitionView } from '../../../core/views/definition-view.js';
import { formatDateTime } from '../../../core/format.js';
import { isMessageKey, type Translate } from '../../../core/i18n.js';
import type { CellView } from '../../../core/lists/list-view.js';
import type { Permission } from '../../../core/permissions.js';
import { can } from '../../../core/viewer.js';
import { pageHeader, plainRows, type AdminRecordView, type SectionView } from '../admin-pages.js';
import { actionLabel } from './audit-actions.js';
import { columnChanges } from './audit-difference.js';
import { columnLabel, columnTreatment } from './audit-labels.js';
import type { AuditRow } from './audit-log.queries.js';
import { actorName, auditSentence, isErased, recordName } from './audit-sentences.js';
import { valueText, type Names } from './audit-values.js';
import { historyHref, requestHref } from './history-href.js';

/** One row of the audit log: the sentence, who, when and from where, and what changed, field by field. */
export function auditEntryView(context: ViewerContext, row: AuditRow, names: Names): AdminRecordView {
  const { t } = context;
  const title = auditSentence(context, row, names);
  return {
    title,
    header: pageHeader(title, { trail: [{ label: t('navigation.auditLog'), href: '/admin/audit-log' }] }),
    notice: isErased(row) ? t('auditLog.erasedNotice') : '',
    definitions: definitions(context, row, names),
    buttons: [],
    sections: [
      row.operation === 'event' ? detailSection(context, row, names) : changeSection(context, row, names),
    ],
  };
}

function definitions(context: ViewerContext, row: AuditRow, names: Names): DefinitionView[] {
  const { t, locale } = context;
  const recordHref =
    row.table_name !== null && row.record_id !== null ? historyHref(row.table_name, row.record_id) : '';
  return [
    { label: t('auditLog.at'), value: { text: formatDateTime(row.at, locale) } },
    { label: t('auditLog.person'), value: person(context, row) },
    ...(row.acting_for_id === null
      ? []
      : [
          {
            label: t('auditLog.actingFor'),
            value: { text: names.get(row.acting_for_id) ?? row.acting_for_id },
          },
        ]),
    { label: t('auditLog.action'), value: { text: actionLabel(t, row.action) } },
    ...(row.table_name === null
      ? []
      : [
          { label: t('auditLog.record'), value: record(context, row, names) },
          { label: t('auditLog.history'), value: { text: t('auditLog.allOfRecord'), href: recordHref } },
        ]),
    { label: t('auth.address'), value: { text: row.address ?? '' } },
    ...(row.request_id === null
      ? []
      : [
          { label: t('auditLog.request'), value: { text: row.request_id } },
          {
            label: t('auditLog.sameRequest'),
            value: { text: t('auditLog.allOfRequest'), href: requestHref(row.request_id, row.at) },
          },
        ]),
  ];
}

function person({ t, viewer }: ViewerContext, row: AuditRow): CellView {
  const text = actorName(t, row);
  return row.actor_id !== null && can(viewer, 'users:manage')
    ? { text, href: `/admin/users/${row.actor_id}` }
    : { text };
}

/** Tables whose records have a page, and who may open it. */
const pages: Readonly<Record<string, { readonly path: string; readonly permission: Permission }>> = {
  customers: { path: '/customers', permission: 'customers:read' },
  users: { path: '/admin/users', permission: 'users:manage' },
  roles: { path: '/admin/roles', permission: 'roles:manage' },
  teams: { path: '/admin/teams', permission: 'teams:manage' },
  outbox_messages: { path: '/admin/outbox', permission: 'outbox:manage' },
};

function record({ t, viewer }: ViewerContext, row: AuditRow, names: Names): CellView {
  const text = recordName(t, row, names);
  const target = pages[row.table_name ?? ''];
  const mayOpen =
    target !== undefined &&
    row.record_id !== null &&
    row.operation !== 'delete' &&
    can(viewer, target.permission);
  return mayOpen ? { text, href: `${target.path}/${row.record_id ?? ''}` } : { text };
}

function changeSection(context: ViewerContext, row: AuditRow, names: Names): SectionView {
  const { t } = context;
  const changes = columnChanges(row.before, row.after);
  const cells = changes.map(({ column, isSecret, before, after }): CellView[] => [
    { text: columnLabel(t, column, names) },
    { text: isSecret ? '' : valueText(context, column, before, names) },
    { text: isSecret ? t('auditLog.secretChanged') : valueText(context, column, after, names) },
  ]);
  return {
    id: 'changes',
    title: t('auditLog.changes'),
    columns: [t('auditLog.field'), t('auditLog.before'), t('auditLog.after')],
    rows: plainRows(cells),
    emptyText: t('auditLog.nothingShown'),
    more: undefined,
  };
}

function detailSection(context: ViewerContext, row: AuditRow, names: Names): SectionView {
  const { t } = context;
  const shown = Object.entries(row.after ?? {}).filter(([name]) => columnTreatment(name) === 'shown');
  return {
    id: 'details',
    title: t('auditLog.details'),
    columns: [t('auditLog.field'), t('auditLog.value')],
    rows: plainRows(
      shown.map(([name, value]) => [
        { text: detailLabel(t, name) },
        { text: detailText(context, name, value, names) },
      ]),
    ),
    emptyText: t('auditLog.noDetails'),
    more: undefined,
  };
}

function detailLabel(t: Translate, name: string): string {
  const key = `auditLog.detail.${name}`;
  return isMessageKey(key) ? t(key) : name;
}

function detailText(context: ViewerContext, name: string, value: unknown, names: Names): string {
  const key = `loginLog.reason.${String(value)}`;
  if (name === 'reason' && isMessageKey(key)) return context.t(key);
  return valueText(context, name, value, names);
}
