import type { FieldView } from './form.js';

/** One cell of a list, already formatted. */
export interface CellView {
  readonly text: string;
  /** Shown on hover, for instance the exact time of a relative one. */
  readonly title?: string;
  readonly href?: string;
  /** A coloured label instead of plain text. */
  readonly badge?: 'green' | 'yellow' | 'red' | 'blue' | 'secondary';
  readonly numeric?: boolean;
}

export interface ColumnView {
  readonly name: string;
  readonly label: string;
  /** Address that sorts by this column, or '' when it cannot be sorted by. */
  readonly sortHref: string;
  readonly sorted: 'ascending' | 'descending' | 'none';
  readonly numeric: boolean;
}

export interface RowView {
  readonly id: string;
  /** Where a click on the row goes; '' when the row opens nothing. */
  readonly href: string;
  readonly cells: readonly CellView[];
}

/** One active filter in words, and the address without it. */
export interface ActiveFilterView {
  readonly label: string;
  readonly removeHref: string;
}

export interface PagerView {
  /** '' where there is nothing in that direction. */
  readonly firstHref: string;
  readonly previousHref: string;
  readonly nextHref: string;
  /** For instance "1–50 of 10,000+". */
  readonly summary: string;
}

export interface DownloadView {
  readonly label: string;
  readonly href: string;
}

export interface EmptyView {
  readonly title: string;
  readonly hint: string;
  readonly actionLabel: string;
  readonly actionHref: string;
}

/** What the partial `partials/list` shows: filter bar, table, pager, downloads. The address holds the whole state. */
export interface ListView {
  readonly path: string;
  /** Exact up to 10,000, then "10,000+". */
  readonly count: string;
  readonly searchPlaceholder: string;
  readonly query: string;
  readonly filters: readonly FieldView[];
  readonly activeFilters: readonly ActiveFilterView[];
  /** Sent along with the filter form, so that filtering keeps the sort order. */
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
  readonly columns: readonly ColumnView[];
  readonly rows: readonly RowView[];
  readonly pager: PagerView;
  readonly downloads: readonly DownloadView[];
  readonly empty: EmptyView;
}
