import type { FieldOption, FieldView } from '../form.js';

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

/** Something to do with one row, as a link or a button beside it. */
export interface RowActionView {
  readonly label: string;
  /** Says the row too, for those who hear the page. */
  readonly spokenLabel: string;
  /** A page with a form, which opens above the list where there is script; '' for a button. */
  readonly href: string;
  /** Address that does it by POST, and the value of its button's `choice`, if it takes one; '' for a link. */
  readonly post: string;
  readonly choice?: string;
  readonly isMain?: boolean;
}

export interface RowView {
  readonly id: string;
  /** Where a click on the row goes; '' when the row opens nothing. */
  readonly href: string;
  readonly cells: readonly CellView[];
  readonly actions: readonly RowActionView[];
}

/** One active filter in words, and the address without it. */
export interface ActiveFilterView {
  readonly label: string;
  readonly removeHref: string;
}

/** Filters that belong together, under a legend. */
export interface FilterGroupView {
  readonly legend: string;
  readonly fields: readonly FieldView[];
}

/** The filters that are used less, as `partials/more-filters` shows them. */
export interface MoreFiltersView {
  /** The same list with them open. */
  readonly openHref: string;
  /** There when one of them is set, and once somebody opens them: they are an eighth of the page and more. */
  readonly groups: readonly FilterGroupView[] | undefined;
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

/** A parameter of a list's address, for instance one that a form sends along unseen. */
export interface ParameterView {
  readonly name: string;
  readonly value: string;
}

/** One column as the panel offers it: those shown first, in their order. */
export interface ColumnOptionView {
  readonly name: string;
  readonly label: string;
  readonly isShown: boolean;
  /** The first column stays where it is. */
  readonly isFixed: boolean;
  /** Address of the list with the column one place further up or down; as it is where it cannot go. */
  readonly upHref: string;
  readonly downHref: string;
}

/** The panel that chooses columns and their order, as `partials/list-columns` shows it. */
export interface ColumnChoiceView {
  /** The same list with the panel open. */
  readonly openHref: string;
  /** There once somebody opens it: for every column it holds two addresses, an eighth of the page. */
  readonly panel: ColumnPanelView | undefined;
}

export interface ColumnPanelView {
  readonly hidden: readonly ParameterView[];
  /** Name of the column that is always shown. */
  readonly first: string;
  readonly options: readonly ColumnOptionView[];
  /** The list with its own columns. */
  readonly resetHref: string;
}

/** What can be done with ticked rows, as `partials/list-selection` shows it. */
export interface SelectionView {
  readonly path: string;
  readonly actions: readonly FieldOption[];
  readonly hidden: readonly ParameterView[];
}

/** What the partial `partials/list` shows: filter bar, table, pager, downloads. The address holds the whole state. */
export interface ListView {
  readonly path: string;
  /** Exact up to 10,000, then "10,000+". */
  readonly count: string;
  readonly searchPlaceholder: string;
  readonly query: string;
  readonly filters: readonly FieldView[];
  readonly moreFilters: MoreFiltersView | undefined;
  readonly activeFilters: readonly ActiveFilterView[];
  /** The list without search and filters. */
  readonly clearHref: string;
  /** Sent along with the filter form, so that filtering keeps the rest of the address. */
  readonly hidden: readonly ParameterView[];
  /** The whole state of the list: search, filters, order, columns, saved view; not the page. */
  readonly parameters: readonly ParameterView[];
  readonly columns: readonly ColumnView[];
  readonly rows: readonly RowView[];
  readonly pager: PagerView;
  readonly downloads: readonly DownloadView[];
  /** For lists whose rows can be ticked. */
  readonly selection: SelectionView | undefined;
  /** For lists whose columns can be chosen. */
  readonly columnChoice: ColumnChoiceView | undefined;
  readonly empty: EmptyView;
}
