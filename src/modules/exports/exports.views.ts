import type { ViewerContext } from '../../core/context.js';
import { exportFormats } from '../../core/exports/export-format.js';
import { formView } from '../../core/form.js';
import { formatDateTime, formatNumber } from '../../core/format.js';
import { isMessageKey, type Translate } from '../../core/i18n.js';
import { listView, type ActiveFilter } from '../../core/lists/list-builder.js';
import type { CellView, ListView } from '../../core/lists/list-view.js';
import type { ListResult } from '../../core/lists/list.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { defaultExportOrder, seesAllExports, type ExportRow } from './exports.queries.js';
import { exportStates, type ExportListQuery } from './exports.schemas.js';

export interface ExportsIndexView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly list: ListView;
}

const stateColours = { started: 'yellow', finished: 'green', aborted: 'red' } as const;

const formatLabels: Readonly<Record<string, string>> = { xlsx: 'Excel', csv: 'CSV' };

/** Who took which rows out of the product, the latest first. */
export function exportsIndexView(
  context: ViewerContext,
  query: ExportListQuery,
  result: ListResult<ExportRow>,
): ExportsIndexView {
  const { t, locale } = context;
  const list = listView({
    t,
    locale,
    path: '/exports',
    query: query.q ?? '',
    searchPlaceholder: 'exports.searchPlaceholder',
    order: query.sort ?? defaultExportOrder,
    defaultOrder: defaultExportOrder,
    filters: filterFields(t, query),
    activeFilters: describeFilters(t, query),
    columns: [
      { name: 'startedAt', label: 'exports.time', sort: 'startedAt' },
      { name: 'person', label: 'exports.person' },
      { name: 'contents', label: 'exports.contents' },
      { name: 'filter', label: 'exports.filter' },
      { name: 'format', label: 'exports.format' },
      { name: 'rows', label: 'exports.rows', numeric: true },
      { name: 'state', label: 'exports.state' },
    ],
    result,
    row: (row) => ({ href: '', cells: cells(context, row) }),
    empty: { title: t('exports.empty'), hint: t('exports.emptyHint'), actionLabel: '', actionHref: '' },
  });
  const title = t('navigation.exports');
  const subtitle = t(seesAllExports(context) ? 'exports.everybodys' : 'exports.own');
  return { title, header: { title, count: list.count, subtitle, trail: [], actions: [] }, list };
}

function cells({ t, locale }: ViewerContext, row: ExportRow): CellView[] {
  return [
    { text: formatDateTime(row.at, locale) },
    { text: row.actor_name },
    { text: nameLabel(t, row.name) },
    { text: row.filter.length === 0 ? t('exports.noFilter') : row.filter.join(' · ') },
    { text: formatLabels[row.format] ?? row.format },
    { text: rowsText(t, row, row.rows === null ? '' : formatNumber(row.rows, locale)), numeric: true },
    { text: t(`exports.state.${row.state}`), badge: stateColours[row.state], title: stateHint(t, row) },
  ];
}

/** An export that ended early may have sent fewer rows than were read. */
const rowsText = (t: Translate, row: ExportRow, rows: string): string =>
  row.state === 'aborted' ? t('exports.atMost', { rows }) : rows;

function stateHint(t: Translate, row: ExportRow): string {
  if (row.state === 'started') return t('exports.startedHint');
  if (row.state === 'finished') return t('exports.finishedHint');
  return t(row.reason === 'cancelled' ? 'exports.cancelledHint' : 'exports.failedHint');
}

function nameLabel(t: Translate, name: string): string {
  const key = `exports.name.${name}`;
  return isMessageKey(key) ? t(key) : name;
}

const formatOptions = exportFormats.map((format) => ({
  value: format,
  label: formatLabels[format] ?? format,
}));

const filterFields = (t: Translate, query: ExportListQuery) =>
  formView(
    t,
    [
      { name: 'format', label: 'exports.format', kind: 'select', options: formatOptions },
      {
        name: 'state',
        label: 'exports.state',
        kind: 'select',
        options: exportStates.map((state) => ({ value: state, label: t(`exports.state.${state}`) })),
      },
    ],
    { ...query },
  ).fields;

function describeFilters(t: Translate, { format, state }: ExportListQuery): ActiveFilter[] {
  return [
    ...(format
      ? [
          {
            parameter: 'format',
            value: format,
            label: `${t('exports.format')}: ${formatLabels[format] ?? format}`,
          },
        ]
      : []),
    ...(state
      ? [{ parameter: 'state', value: state, label: `${t('exports.state')}: ${t(`exports.state.${state}`)}` }]
      : []),
  ];
}
