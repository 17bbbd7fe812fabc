import type { ViewerContext } from '../../core/context.js';
import { formView } from '../../core/form.js';
import { formatDateTime, formatNumber, formatRelative } from '../../core/format.js';
import { listView, type ActiveFilter, type ListColumn } from '../../core/lists/list-builder.js';
import type { CellView, ListView } from '../../core/lists/list-view.js';
import type { ListResult } from '../../core/lists/list.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { stateColours } from './import-labels.js';
import { targetNames } from './import-options.js';
import { importStates } from './import-states.js';
import { defaultImportOrder, type ImportListRow } from './imports.queries.js';
import type { ImportListQuery } from './imports.schemas.js';

export interface ImportsIndexView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly list: ListView;
}

const columns: readonly ListColumn[] = [
  { name: 'fileName', label: 'imports.fileName' },
  { name: 'target', label: 'imports.target' },
  { name: 'state', label: 'imports.state' },
  { name: 'rows', label: 'imports.rows', numeric: true },
  { name: 'created', label: 'imports.outcome.created', numeric: true },
  { name: 'updated', label: 'imports.outcome.updated', numeric: true },
  { name: 'rejected', label: 'imports.outcome.rejected', numeric: true },
  { name: 'createdBy', label: 'imports.uploadedBy' },
  { name: 'createdAt', label: 'imports.uploadedAt', sort: 'createdAt' },
];

/** The list of imports. */
export function importsIndexView(
  context: ViewerContext,
  query: ImportListQuery,
  result: ListResult<ImportListRow>,
): ImportsIndexView {
  const { t, locale } = context;
  const list = listView({
    t,
    locale,
    path: '/imports',
    query: query.q ?? '',
    searchPlaceholder: 'imports.searchPlaceholder',
    order: query.sort ?? defaultImportOrder,
    defaultOrder: defaultImportOrder,
    filters: filterFields(context, query),
    activeFilters: activeFilters(context, query),
    columns,
    result,
    row: (row) => ({ href: `/imports/${row.id}`, cells: cells(context, row) }),
    empty: {
      title: t('imports.empty'),
      hint: t('imports.emptyHint'),
      actionLabel: t('imports.new'),
      actionHref: '/imports/new',
    },
  });
  const title = t('navigation.imports');
  const action = { label: t('imports.new'), href: '/imports/new', icon: 'plus', shortcut: 'n' } as const;
  return {
    title,
    header: {
      title,
      count: list.count,
      subtitle: '',
      trail: [],
      actions: [{ ...action, emphasis: 'primary' }],
    },
    list,
  };
}

function cells({ t, locale, deps }: ViewerContext, row: ImportListRow): CellView[] {
  const number = (count: number): CellView => ({ text: formatNumber(count, locale), numeric: true });
  return [
    { text: row.file_name },
    { text: t(`imports.target.${row.target}`) },
    { text: t(`imports.state.${row.state}`), badge: stateColours[row.state] },
    number(row.row_count),
    number(row.created_count),
    number(row.updated_count),
    number(row.rejected_count),
    { text: row.created_by_name },
    {
      text: formatRelative(row.created_at, deps.now(), locale),
      title: formatDateTime(row.created_at, locale),
    },
  ];
}

function filterFields({ t }: ViewerContext, query: ImportListQuery) {
  const states = importStates.map((state) => ({ value: state, label: t(`imports.state.${state}`) }));
  const targets = targetNames.map((target) => ({ value: target, label: t(`imports.target.${target}`) }));
  return formView(
    t,
    [
      { name: 'target', label: 'imports.target', kind: 'select', options: targets },
      { name: 'state', label: 'imports.state', kind: 'select', options: states },
    ],
    query,
  ).fields;
}

function activeFilters({ t }: ViewerContext, { state, target }: ImportListQuery): ActiveFilter[] {
  const active: ActiveFilter[] = [];
  if (target) {
    const label = `${t('imports.target')}: ${t(`imports.target.${target}`)}`;
    active.push({ parameter: 'target', value: target, label });
  }
  if (state) {
    active.push({
      parameter: 'state',
      value: state,
      label: `${t('imports.state')}: ${t(`imports.state.${state}`)}`,
    });
  }
  return active;
}
