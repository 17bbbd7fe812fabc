import type { ViewerContext } from '../../core/context.js';
import { formatDateTime, formatRelative } from '../../core/format.js';
import { listView } from '../../core/lists/list-builder.js';
import type { ListView } from '../../core/lists/list-view.js';
import type { ListResult } from '../../core/lists/list.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { defaultRecycleBinOrder, type DeletedCustomer, type RecycleBinQuery } from './recycle-bin.queries.js';

export interface RecycleBinView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly list: ListView;
}

/** Deleted customers; a click opens the page that restores one. */
export function recycleBinView(
  context: ViewerContext,
  query: RecycleBinQuery,
  result: ListResult<DeletedCustomer>,
): RecycleBinView {
  const { t, locale, deps } = context;
  const list = listView({
    t,
    locale,
    path: '/recycle-bin',
    query: query.q ?? '',
    searchPlaceholder: 'customers.searchPlaceholder',
    order: query.sort ?? defaultRecycleBinOrder,
    defaultOrder: defaultRecycleBinOrder,
    filters: [],
    activeFilters: [],
    columns: [
      { name: 'name', label: 'customers.name', sort: 'name' },
      { name: 'customerNo', label: 'customers.customerNo' },
      { name: 'deletedBy', label: 'customers.deletedBy' },
      { name: 'deletedAt', label: 'customers.deletedAt', sort: 'deletedAt' },
    ],
    result,
    row: (row) => ({
      href: `/recycle-bin/${row.id}`,
      cells: [
        { text: row.name },
        { text: row.customer_no },
        { text: row.deleted_by_name ?? '' },
        {
          text: formatRelative(row.deleted_at, deps.now(), locale),
          title: formatDateTime(row.deleted_at, locale),
        },
      ],
    }),
    empty: { title: t('recycleBin.empty'), hint: t('recycleBin.emptyHint'), actionLabel: '', actionHref: '' },
  });
  const title = t('navigation.recycleBin');
  return {
    title,
    header: { title, count: list.count, subtitle: t('recycleBin.subtitle'), trail: [], actions: [] },
    list,
  };
}
