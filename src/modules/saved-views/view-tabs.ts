import type { ViewerContext } from '../../core/context.js';
import { listAddress } from '../../core/lists/list-address.js';
import type { ListView } from '../../core/lists/list-view.js';
import { savedViewLists, type SavedViewListName } from './saved-view-lists.js';
import type { SavedViewRow } from './saved-views.queries.js';
import { isSameView, viewContents, viewParameters } from './view-contents.js';

export interface ViewTabView {
  readonly label: string;
  /** Whose it is, for a view that somebody else shares; '' for one's own. */
  readonly title: string;
  readonly href: string;
  readonly isCurrent: boolean;
}

/** The saved views above a list, as `partials/list-views` shows them. */
export interface ViewTabsView {
  readonly label: string;
  /** Empty while there are no views. */
  readonly tabs: readonly ViewTabView[];
  /** The current view, where the list shows something else by now and the viewer may change the view. */
  readonly change: { readonly action: string; readonly version: string; readonly query: string } | undefined;
  /** Settings of the current view; '' when the viewer may not change it. */
  readonly editHref: string;
  /** The form that saves what the list shows; '' when that is saved already, or nothing is chosen. */
  readonly newHref: string;
  readonly newLabel: string;
}

/** The views of a list, the one that it was opened by marked, and what can be saved of what it shows now. */
export function viewTabs(
  { t }: ViewerContext,
  name: SavedViewListName,
  views: readonly SavedViewRow[],
  list: Pick<ListView, 'parameters'>,
): ViewTabsView {
  const { path, label } = savedViewLists[name];
  const viewId = list.parameters.find((parameter) => parameter.name === 'view')?.value;
  const current = views.find(({ id }) => id === viewId);
  const shown = viewContents(
    list.parameters.map(({ name: parameter, value }) => [parameter, value] as const),
  );
  const query = listAddress('', viewParameters(shown)).slice(1);
  const isSaved = current ? isSameView(current, shown) : query === '';
  const tab = (view: SavedViewRow): ViewTabView => ({
    label: view.name,
    title: view.is_own ? '' : t('savedViews.sharedBy', { name: view.owner_name }),
    href: `/saved-views/${view.id}`,
    isCurrent: view === current,
  });
  return {
    label: t('savedViews.label', { list: t(label) }),
    tabs:
      views.length === 0
        ? []
        : [{ label: t('savedViews.all'), title: '', href: path, isCurrent: !current }, ...views.map(tab)],
    change:
      current?.can_edit === true && !isSaved
        ? { action: `/saved-views/${current.id}/query`, version: String(current.version), query }
        : undefined,
    editHref: current?.can_edit === true ? `/saved-views/${current.id}/edit` : '',
    newLabel: t(current ? 'savedViews.saveAsNew' : 'savedViews.new'),
    newHref: isSaved ? '' : listAddress('/saved-views/new', { list: name, query }),
  };
}
