import type { ViewerContext } from '../../core/context.js';
import { formView, type FieldSpec, type FieldView } from '../../core/form.js';
import { formatDateTime, formatRelative } from '../../core/format.js';
import { listView, type ActiveFilter, type ListColumn } from '../../core/lists/list-builder.js';
import type { CellView, ListView } from '../../core/lists/list-view.js';
import type { ListResult } from '../../core/lists/list.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import type { ProgressView } from '../../core/views/progress-view.js';
import { defaultPairOrder, type PairListRow, type ScanRow } from './duplicates.queries.js';
import { pairStates, type PairListQuery } from './duplicates.schemas.js';
import { pairReasons } from './pair-reasons.js';
import { likelihood, reasonText } from './reason-text.js';
import { isUnderWay, lastScanText, scanProgressView } from './scan-progress.views.js';

export interface DuplicatesIndexView {
  readonly title: string;
  readonly header: PageHeaderView;
  /** While a search is under way; then no other can be started. */
  readonly progress: ProgressView | undefined;
  readonly list: ListView;
}

const columns: readonly ListColumn[] = [
  { name: 'first', label: 'duplicates.first' },
  { name: 'second', label: 'duplicates.second' },
  { name: 'reasons', label: 'duplicates.reasons' },
  { name: 'score', label: 'duplicates.likelihood', sort: 'score' },
  { name: 'createdAt', label: 'duplicates.found' },
];

/** The review queue: pairs that may be one person, the likeliest first. */
export function duplicatesIndexView(
  context: ViewerContext,
  query: PairListQuery,
  result: ListResult<PairListRow>,
  scan: ScanRow | undefined,
): DuplicatesIndexView {
  const { t, locale } = context;
  const title = t('navigation.duplicates');
  const list = listView({
    t,
    locale,
    path: '/duplicates',
    query: query.q ?? '',
    searchPlaceholder: 'customers.searchPlaceholder',
    order: query.sort ?? defaultPairOrder,
    defaultOrder: defaultPairOrder,
    filters: filterFields(context, query),
    activeFilters: activeFilters(context, query),
    columns,
    result,
    row: (row) => ({ href: rowHref(row), cells: cells(context, row) }),
    empty: {
      title: t('duplicates.empty'),
      hint: t(scan === undefined ? 'duplicates.emptyUnscannedHint' : 'duplicates.emptyHint'),
      actionLabel: '',
      actionHref: '',
    },
  });
  return {
    title,
    header: { title, count: list.count, subtitle: lastScanText(context, scan), trail: [], actions: [] },
    progress: isUnderWay(scan) ? scanProgressView(context, scan) : undefined,
    list,
  };
}

/** What was merged opens as the one record that is left. */
const rowHref = (row: PairListRow & { readonly id: string }): string => {
  if (row.first_merged_into_id !== null) return `/customers/${row.first_id}`;
  return row.second_merged_into_id === null ? `/duplicates/${row.id}` : `/customers/${row.second_id}`;
};

function cells({ t, locale, deps }: ViewerContext, row: PairListRow): CellView[] {
  return [
    { text: `${row.first_name} ${row.first_no}` },
    { text: `${row.second_name} ${row.second_no}` },
    { text: reasonText(t, row.reasons) },
    likelihood(t, row.score),
    {
      text: formatRelative(row.created_at, deps.now(), locale),
      title: formatDateTime(row.created_at, locale),
    },
  ];
}

function filterFields({ t }: ViewerContext, query: PairListQuery): readonly FieldView[] {
  const specs: readonly FieldSpec[] = [
    {
      name: 'state',
      label: 'duplicates.state',
      kind: 'select',
      options: pairStates.map((state) => ({
        value: state === 'open' ? '' : state,
        label: t(`duplicates.state.${state}`),
      })),
    },
    {
      name: 'reason',
      label: 'duplicates.reasons',
      kind: 'select',
      options: pairReasons.map((reason) => ({ value: reason, label: t(`duplicates.reason.${reason}`) })),
    },
  ];
  return formView(t, specs, { ...query }).fields;
}

function activeFilters({ t }: ViewerContext, { state, reason }: PairListQuery): ActiveFilter[] {
  return [
    ...(state === undefined || state === 'open'
      ? []
      : [
          {
            parameter: 'state',
            value: state,
            label: `${t('duplicates.state')}: ${t(`duplicates.state.${state}`)}`,
          },
        ]),
    ...(reason === undefined
      ? []
      : [{ parameter: 'reason', value: reason, label: t(`duplicates.reason.${reason}`) }]),
  ];
}
