import type { ViewerContext } from '../../core/context.js';
import { formView } from '../../core/form.js';
import { listView, type ListColumn } from '../../core/lists/list-builder.js';
import type { CellView, ListView } from '../../core/lists/list-view.js';
import type { ListResult } from '../../core/lists/list.js';
import { outcomeColours, remarkText, rowFilterLabel } from './import-labels.js';
import { defaultRowOrder, type ImportRow } from './import-rows.queries.js';
import type { ImportRecord } from './imports.queries.js';
import { rowFilters, type ImportRowsQuery } from './imports.schemas.js';

const columns = ({ target }: ImportRecord): readonly ListColumn[] => [
  { name: 'row', label: 'imports.row', sort: 'row' },
  { name: 'outcome', label: 'imports.outcome' },
  ...(target === 'serviceRequests' ? ([{ name: 'request', label: 'imports.request' }] as const) : []),
  { name: 'customer', label: 'imports.customer' },
  { name: 'remark', label: 'imports.reason' },
];

/** What became of the rows of an import, at first those with problems. */
export function importRowsView(
  context: ViewerContext,
  record: ImportRecord,
  query: ImportRowsQuery,
  result: ListResult<ImportRow>,
): ListView {
  const { t, locale } = context;
  const { outcome } = query;
  const isPlanned = record.state === 'ready';
  const filters = rowFilters
    .filter((name) => name !== 'problem')
    .map((name) => ({ value: name, label: rowFilterLabel(t, name, isPlanned) }));
  return listView({
    t,
    locale,
    path: `/imports/${record.id}`,
    query: query.q ?? '',
    searchPlaceholder: 'imports.rowSearchPlaceholder',
    order: query.sort ?? defaultRowOrder,
    defaultOrder: defaultRowOrder,
    filters: formView(
      t,
      [
        {
          name: 'outcome',
          label: 'imports.outcome',
          kind: 'select',
          options: [{ value: '', label: t('imports.filter.problem') }, ...filters],
        },
      ],
      query,
    ).fields,
    activeFilters:
      outcome && outcome !== 'problem'
        ? [{ parameter: 'outcome', value: outcome, label: rowFilterLabel(t, outcome, isPlanned) }]
        : [],
    columns: columns(record),
    result,
    row: (row) => ({ href: '', cells: cells(context, record, row) }),
    empty: { title: t('imports.noProblems'), hint: '', actionLabel: '', actionHref: '' },
  });
}

function cells({ t }: ViewerContext, record: ImportRecord, row: ImportRow): CellView[] {
  const customer = row.customer_no === null ? '' : `${row.customer_no} ${row.customer_name ?? ''}`;
  return [
    { text: String(row.row_no) },
    { text: rowFilterLabel(t, row.outcome, record.state === 'ready'), badge: outcomeColours[row.outcome] },
    ...(record.target === 'serviceRequests' ? [requestCell(row)] : []),
    { text: customer, ...(row.customer_id !== null && { href: `/customers/${row.customer_id}` }) },
    { text: remarkText(t, record.target, row.problems) },
  ];
}

const requestCell = ({ request_id: id, request_no: number }: ImportRow): CellView =>
  id === null ? { text: '' } : { text: number ?? '', href: `/service-requests/${id}` };
