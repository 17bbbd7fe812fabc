import type { FieldView } from './form.js';
import { formatCappedCount, formatNumber } from './format.js';
import type { Locale, MessageKey, Translate } from './i18n.js';
import type { ActiveFilterView, CellView, DownloadView, EmptyView, ListView, RowView } from './list-view.js';
import { countCap, type ListOrder, type ListResult } from './list.js';

export interface ListColumn {
  readonly name: string;
  readonly label: MessageKey;
  /** Name of the order that a click on the header asks for. */
  readonly sort?: string;
  readonly numeric?: boolean;
}

/** One filter that is set: its parameter, and how the filter bar says it. */
export interface ActiveFilter {
  readonly parameter: string;
  readonly value: string;
  readonly label: string;
}

export interface ListSpec<Row> {
  readonly t: Translate;
  readonly locale: Locale;
  readonly path: string;
  readonly query: string;
  readonly searchPlaceholder: MessageKey;
  readonly order: ListOrder;
  readonly defaultOrder: ListOrder;
  readonly filters: readonly FieldView[];
  readonly activeFilters: readonly ActiveFilter[];
  readonly columns: readonly ListColumn[];
  readonly result: ListResult<Row>;
  readonly row: (row: Row & { readonly id: string }) => {
    readonly href: string;
    readonly cells: readonly CellView[];
  };
  /** Paths of downloads of the same list by label, for instance `/customers.xlsx`. */
  readonly downloads?: readonly DownloadView[];
  readonly empty: EmptyView;
}

/** Builds the view of a list. Every link holds the whole state: search, filters, order. */
export function listView<Row>(spec: ListSpec<Row>): ListView {
  const { t, locale, result, order } = spec;
  const state = new Map<string, string>(spec.activeFilters.map(({ parameter, value }) => [parameter, value]));
  if (spec.query !== '') state.set('q', spec.query);
  if (!isSameOrder(order, spec.defaultOrder)) state.set('sort', orderText(order));
  const address = (changes: Readonly<Record<string, string>>, path = spec.path): string =>
    listAddress(path, state, changes);
  const isFiltered = spec.query !== '' || spec.activeFilters.length > 0;

  return {
    path: spec.path,
    count: formatCappedCount(result.count, countCap, locale),
    searchPlaceholder: t(spec.searchPlaceholder),
    query: spec.query,
    filters: spec.filters,
    activeFilters: spec.activeFilters.map((filter): ActiveFilterView => ({
      label: filter.label,
      removeHref: address({ [filter.parameter]: '' }),
    })),
    hidden: state.has('sort') ? [{ name: 'sort', value: state.get('sort') ?? '' }] : [],
    columns: spec.columns.map((column) => ({
      name: column.name,
      label: t(column.label),
      numeric: column.numeric ?? false,
      sorted: column.sort !== order.name ? 'none' : order.descending ? 'descending' : 'ascending',
      sortHref: column.sort === undefined ? '' : address({ sort: nextOrder(column.sort, order) }),
    })),
    rows: result.rows.map((row): RowView => ({ id: row.id, ...spec.row(row) })),
    pager: {
      firstHref: result.previousCursor === '' ? '' : address({}),
      previousHref: result.previousCursor === '' ? '' : address({ after: result.previousCursor }),
      nextHref: result.nextCursor === '' ? '' : address({ after: result.nextCursor }),
      summary: t('list.summary', {
        shown: formatNumber(result.rows.length, locale),
        count: formatCappedCount(result.count, countCap, locale),
      }),
    },
    downloads: (spec.downloads ?? []).map(({ label, href }) => ({ label, href: address({}, href) })),
    empty: isFiltered
      ? {
          title: t('list.nothingFound'),
          hint: t('list.nothingFoundHint'),
          actionLabel: t('list.clear'),
          actionHref: spec.path,
        }
      : spec.empty,
  };
}

/** `-createdAt` for a descending order. */
export const orderText = (order: ListOrder): string => `${order.descending ? '-' : ''}${order.name}`;

const isSameOrder = (left: ListOrder, right: ListOrder): boolean =>
  left.name === right.name && left.descending === right.descending;

const nextOrder = (name: string, current: ListOrder): string =>
  current.name === name && !current.descending ? `-${name}` : name;

/** A path with parameters; empty ones are left out. */
function listAddress(
  path: string,
  state: ReadonlyMap<string, string>,
  changes: Readonly<Record<string, string>>,
): string {
  const parameters = new URLSearchParams(
    [...new Map([...state, ...Object.entries(changes)])].filter(([, value]) => value !== ''),
  );
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}
