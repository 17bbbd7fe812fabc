import type { ViewerContext } from '../../../core/context.js';
import { formView, type FieldSpec, type FieldView } from '../../../core/form.js';
import { formatDateTime } from '../../../core/format.js';
import { listView, type ActiveFilter, type ListColumn } from '../../../core/lists/list-builder.js';
import type { ListResult } from '../../../core/lists/list.js';
import { can } from '../../../core/viewer.js';
import { activeFilters } from '../active-filters.js';
import { pageHeader, type AdminListView } from '../admin-pages.js';
import { personOptions, type Person } from '../people.queries.js';
import { actionLabel, auditActions } from './audit-actions.js';
import { namedTables } from './audit-tables.js';
import { defaultAuditLogOrder, type AuditRow } from './audit-log.queries.js';
import { auditOperations, type AuditLogQuery } from './audit-log.schemas.js';
import { auditSentence } from './audit-sentences.js';
import type { Names } from './audit-values.js';

const columns: readonly ListColumn[] = [
  { name: 'what', label: 'auditLog.what' },
  { name: 'at', label: 'auditLog.at', sort: 'at' },
  { name: 'action', label: 'auditLog.action' },
  { name: 'address', label: 'auth.address' },
];

/** The audit log: each row a sentence, the newest first. */
export function auditLogView(
  context: ViewerContext,
  query: AuditLogQuery,
  result: ListResult<AuditRow>,
  people: readonly Person[],
  names: Names,
): AdminListView {
  const { t, locale, viewer } = context;
  const title = t('navigation.auditLog');
  const filters = filterFields(context, query, people);
  const list = listView({
    t,
    locale,
    path: '/admin/audit-log',
    query: query.q ?? '',
    searchPlaceholder: 'auditLog.searchPlaceholder',
    order: query.sort ?? defaultAuditLogOrder,
    defaultOrder: defaultAuditLogOrder,
    filters,
    activeFilters: describeAuditFilters(context, query, people, names),
    columns,
    result,
    row: (row) => ({
      href: `/admin/audit-log/${row.id}`,
      cells: [
        { text: auditSentence(context, row, names) },
        { text: formatDateTime(row.at, locale) },
        { text: actionLabel(t, row.action) },
        { text: row.address ?? '' },
      ],
    }),
    downloads: can(viewer, 'audit-log:export')
      ? [
          { label: 'Excel', href: '/admin/audit-log.xlsx' },
          { label: 'CSV', href: '/admin/audit-log.csv' },
        ]
      : [],
    empty: { title: t('auditLog.empty'), hint: '', actionLabel: '', actionHref: '' },
  });
  const hidden = linkedFilters(context, query, names).map(({ parameter, value }) => ({
    name: parameter,
    value,
  }));
  return {
    title,
    header: pageHeader(title, { count: list.count }),
    notice: '',
    list: { ...list, hidden: [...list.hidden, ...hidden] },
  };
}

function filterFields(
  context: ViewerContext,
  query: AuditLogQuery,
  people: readonly Person[],
): readonly FieldView[] {
  return formView(context.t, filterSpecs(context, people), { ...query }).fields;
}

/** The filters that are set, in words; the export's information sheet says the same. */
export function describeAuditFilters(
  context: ViewerContext,
  query: AuditLogQuery,
  people: readonly Person[],
  names: Names,
): ActiveFilter[] {
  const fields = filterFields(context, query, people);
  return [...activeFilters(fields, context.locale), ...linkedFilters(context, query, names)];
}

function filterSpecs({ t }: ViewerContext, people: readonly Person[]): readonly FieldSpec[] {
  return [
    { name: 'person', label: 'auditLog.person', kind: 'select', options: personOptions(people) },
    {
      name: 'table',
      label: 'auditLog.table',
      kind: 'select',
      options: Object.entries(namedTables).map(([table, label]) => ({ value: table, label: t(label) })),
    },
    {
      name: 'action',
      label: 'auditLog.action',
      kind: 'select',
      options: auditActions.map((action) => ({ value: action, label: actionLabel(t, action) })),
    },
    {
      name: 'operation',
      label: 'auditLog.operation',
      kind: 'select',
      options: auditOperations.map((operation) => ({
        value: operation,
        label: t(`auditLog.operation.${operation}`),
      })),
    },
    { name: 'from', label: 'auditLog.from', kind: 'date' },
    { name: 'to', label: 'auditLog.to', kind: 'date' },
  ];
}

/** Filters that no field sets: links of other pages lead to them. */
function linkedFilters({ t }: ViewerContext, query: AuditLogQuery, names: Names): ActiveFilter[] {
  return [
    ...(query.record
      ? [
          {
            parameter: 'record',
            value: query.record,
            label: t('auditLog.oneRecord', { record: names.get(query.record) ?? query.record }),
          },
        ]
      : []),
    ...(query.request
      ? [{ parameter: 'request', value: query.request, label: t('auditLog.oneRequest') }]
      : []),
  ];
}
