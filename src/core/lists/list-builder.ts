import type { FieldView } from '../form.js';
import { formatCappedCount, formatNumber } from '../format.js';
import type { Locale, MessageKey, Translate } from '../i18n.js';
import { listAddress, stated, type ListState } from './list-address.js';
import { columnPanelView, columnLabel, columnsText, shownColumns } from './list-columns.js';
import { selectionView, type BulkChoices } from './list-selection.js';
import type {
  CellView,
  ColumnView,
  DownloadView,
  EmptyView,
  FilterGroupView,
  ListView,
  MoreFiltersView,
  PagerView,
  ParameterView,
  RowActionView,
  RowView,
} from './list-view.js';
import type { ListResult } from './list.js';
import type { ListOrder } from './page-statement.js';

export interface ListColumn {
  readonly name: string;
  /** A text of the product, or somebody's own words. */
  readonly label: MessageKey | { readonly text: string };
  /** Name of the order that a click on the header asks for. */
  readonly sort?: string;
  readonly numeric?: boolean;
  /** Of a list whose columns can be chosen: whether it is there before anybody chooses. True unless told. */
  readonly isShown?: boolean;
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
  /** Those that are used less, behind a word of their own; groups without fields are left out. */
  readonly moreFilters?: { readonly groups: readonly FilterGroupView[]; readonly isOpen: boolean };
  readonly activeFilters: readonly ActiveFilter[];
  readonly columns: readonly ListColumn[];
  /** For lists whose columns can be chosen: what the address says about them. */
  readonly columnChoice?: { readonly chosen: readonly string[] | undefined; readonly isOpen: boolean };
  /** The saved view that the list was opened by: every link keeps it. */
  readonly viewId?: string | undefined;
  readonly result: ListResult<Row>;
  /**
   * Its cells stand in the order of `columns`. Where columns can be chosen, a function makes the cell of a column by its
   * place: those that nobody sees are never made.
   */
  readonly row: (row: Row & { readonly id: string }) => {
    readonly href: string;
    readonly cells: readonly CellView[] | ((place: number) => CellView);
    readonly actions?: readonly RowActionView[];
  };
  /** Paths of downloads of the same list by label, for instance `/customers.xlsx`. */
  readonly downloads?: readonly DownloadView[];
  /** For lists whose rows can be ticked. */
  readonly bulk?: BulkChoices;
  readonly empty: EmptyView;
  /** Said when search and filters find nothing, where there is more to say than that. */
  readonly nothingFound?: EmptyView | undefined;
}

/** Builds the view of a list. Every link holds the whole state: search, filters, order, columns. */
export function listView<Row>(spec: ListSpec<Row>): ListView {
  const { t, locale, result } = spec;
  const filters = stated({
    ...Object.fromEntries(spec.activeFilters.map(({ parameter, value }) => [parameter, value])),
    q: spec.query,
  });
  const kept = stated({
    sort: isSameOrder(spec.order, spec.defaultOrder) ? '' : orderText(spec.order),
    columns: columnsText(spec.columnChoice?.chosen),
    view: spec.viewId ?? '',
  });
  const state = { ...filters, ...kept };
  const address: Address = (changes, path = spec.path) => listAddress(path, { ...state, ...changes });
  const clearHref = listAddress(spec.path, kept);
  const shown = spec.columnChoice ? shownColumns(spec.columns, spec.columnChoice.chosen) : spec.columns;
  const places = shown.map((column) => spec.columns.indexOf(column));

  return {
    path: spec.path,
    count: formatCappedCount(result.count, result.countCap, locale),
    searchPlaceholder: t(spec.searchPlaceholder),
    query: spec.query,
    filters: spec.filters,
    moreFilters: moreFilters(spec.moreFilters, address({ choose: 'filters' })),
    activeFilters: spec.activeFilters.map(({ label, parameter }) => ({
      label,
      removeHref: address({ [parameter]: '' }),
    })),
    clearHref,
    hidden: parametersOf(kept),
    parameters: parametersOf(state),
    columns: shown.map((column) => columnView(spec, column, address)),
    rows: result.rows.map((row): RowView => {
      const { href, cells, actions = [] } = spec.row(row);
      const shownCells =
        typeof cells === 'function' ? places.map(cells) : places.flatMap((place) => cells[place] ?? []);
      return { id: row.id, href, cells: shownCells, actions };
    }),
    pager: pagerView(spec, address),
    downloads: (spec.downloads ?? []).map(({ label, href }) => ({
      label,
      href: address({ view: '' }, href),
    })),
    selection: selectionView(spec.bulk, parametersOf(state), result),
    columnChoice: spec.columnChoice && {
      openHref: address({ choose: 'columns' }),
      panel: spec.columnChoice.isOpen
        ? columnPanelView(t, spec.columns, shown, parametersOf({ ...state, columns: '' }), (columns) =>
            address({ columns }),
          )
        : undefined,
    },
    empty: Object.keys(filters).length > 0 ? (spec.nothingFound ?? nothingFound(t, clearHref)) : spec.empty,
  };
}

/** Open when one of them is set, so that nothing filters unseen. */
function moreFilters(more: ListSpec<unknown>['moreFilters'], openHref: string): MoreFiltersView | undefined {
  const shown = (more?.groups ?? []).filter(({ fields }) => fields.length > 0);
  if (shown.length === 0) return undefined;
  const isSet = shown.some(({ fields }) => fields.some(({ value }) => value !== ''));
  return { openHref, groups: more?.isOpen || isSet ? shown : undefined };
}

/** The address of the list, or of a download of it, with some parameters changed. */
type Address = (changes: ListState, path?: string) => string;

function columnView(
  { t, order }: Pick<ListSpec<unknown>, 't' | 'order'>,
  column: ListColumn,
  address: Address,
): ColumnView {
  return {
    name: column.name,
    label: columnLabel(t, column),
    numeric: column.numeric ?? false,
    sorted: column.sort !== order.name ? 'none' : order.descending ? 'descending' : 'ascending',
    sortHref: column.sort === undefined ? '' : address({ sort: nextOrder(column.sort, order) }),
  };
}

function pagerView(
  { t, locale, result }: Pick<ListSpec<unknown>, 't' | 'locale' | 'result'>,
  address: Address,
): PagerView {
  return {
    firstHref: result.previousCursor === '' ? '' : address({}),
    previousHref: result.previousCursor === '' ? '' : address({ after: result.previousCursor }),
    nextHref: result.nextCursor === '' ? '' : address({ after: result.nextCursor }),
    summary: t('list.summary', {
      shown: formatNumber(result.rows.length, locale),
      count: formatCappedCount(result.count, result.countCap, locale),
    }),
  };
}

const nothingFound = (t: Translate, clearHref: string): EmptyView => ({
  title: t('list.nothingFound'),
  hint: t('list.nothingFoundHint'),
  actionLabel: t('list.clear'),
  actionHref: clearHref,
});

/** `-createdAt` for a descending order. */
export const orderText = (order: ListOrder): string => `${order.descending ? '-' : ''}${order.name}`;

const isSameOrder = (left: ListOrder, right: ListOrder): boolean =>
  left.name === right.name && left.descending === right.descending;

const nextOrder = (name: string, current: ListOrder): string =>
  current.name === name && !current.descending ? `-${name}` : name;

const parametersOf = (parameters: ListState): ParameterView[] =>
  Object.entries(stated(parameters)).map(([name, value]) => ({ name, value }));
