import type { ConfirmView } from '../../core/views/confirm-view.js';
import type { DefinitionView } from '../../core/views/definition-view.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import type { CellView, ListView } from '../../core/lists/list-view.js';
import type { PageActionView, PageHeaderView } from '../../core/views/page-header-view.js';

/** The kinds of pages that administration is made of; each has one template in views/admin. */

interface AdminPageView {
  readonly title: string;
  readonly header: PageHeaderView;
}

export interface AdminListView extends AdminPageView {
  /** A sentence above the list; '' for none. */
  readonly notice: string;
  readonly list: ListView;
}

export interface AdminFormView extends AdminPageView {
  readonly editForm: EditFormView;
}

export interface AdminConfirmView extends AdminPageView {
  readonly confirm: ConfirmView;
}

/** A button that posts at once, without a page in between. */
export interface ButtonView {
  readonly action: string;
  readonly label: string;
  /** What it acts on, for those who hear the page; '' where the label says it all. */
  readonly spokenLabel: string;
}

export interface SectionRowView {
  readonly cells: readonly CellView[];
  readonly button: ButtonView | undefined;
  /** Stands in place of the button; '' for nothing. */
  readonly mark: string;
}

/** A table below a record's summary. */
export interface SectionView {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly SectionRowView[];
  readonly emptyText: string;
  readonly more: { readonly label: string; readonly href: string } | undefined;
}

/** Something that is still to be done, with a link for those who may; label and address '' for others. */
export interface ReminderView {
  readonly text: string;
  readonly label: string;
  readonly href: string;
}

export interface AdminRecordView extends AdminPageView {
  /** A sentence above the record; '' for none. */
  readonly notice: string;
  readonly reminder?: ReminderView | undefined;
  readonly definitions: readonly DefinitionView[];
  readonly buttons: readonly ButtonView[];
  /** A longer text with lines of its own. */
  readonly text?: { readonly title: string; readonly text: string } | undefined;
  readonly sections: readonly SectionView[];
}

interface HeaderParts {
  readonly trail?: PageHeaderView['trail'];
  readonly actions?: readonly PageActionView[];
  readonly more?: readonly PageActionView[];
  readonly count?: string;
  readonly subtitle?: string;
}

/** A page's header; what is left out is not there. */
export const pageHeader = (title: string, parts: HeaderParts = {}): PageHeaderView => ({
  title,
  count: parts.count ?? '',
  subtitle: parts.subtitle ?? '',
  trail: parts.trail ?? [],
  actions: parts.actions ?? [],
  more: parts.more ?? [],
});

/** Rows of plain cells, without buttons. */
export const plainRows = (rows: readonly (readonly CellView[])[]): readonly SectionRowView[] =>
  rows.map((cells) => ({ cells, button: undefined, mark: '' }));
