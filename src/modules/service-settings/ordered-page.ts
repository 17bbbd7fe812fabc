import type { ViewerContext } from '../../core/context.js';
import { formatCappedCount, formatNumber } from '../../core/format.js';
import type { CellView, EmptyView } from '../../core/lists/list-view.js';
import type { PageActionView, PageHeaderView } from '../../core/views/page-header-view.js';
import { pageHeader, type ButtonView } from '../admin/admin-pages.js';
import { settingsPath } from './setting-forms.js';
import type { SettingRecord } from './setting-kind.js';
import { usageCap } from './setting-usage.queries.js';

/** One record of an ordered table, with what can be done with it. */
export interface OrderedRowView {
  readonly id: string;
  readonly name: string;
  readonly href: string;
  readonly badge: CellView['badge'];
  /** 1, or further in below another one of a tree. */
  readonly depth: number;
  readonly cells: readonly CellView[];
  readonly positionAction: string;
  readonly canGoUp: boolean;
  readonly canGoDown: boolean;
  /** Takes it out of use or brings it back. */
  readonly archival: ButtonView;
}

/** A table of records in an order of their own, those out of use below, as `service-settings/_ordered` shows it. */
export interface OrderedView {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly OrderedRowView[];
  readonly empty: EmptyView;
}

export interface OrderedPageView {
  readonly title: string;
  readonly header: PageHeaderView;
  /** What is wrong with the settings as they are; empty for nothing. */
  readonly notices: readonly string[];
  readonly ordered: OrderedView;
}

/** A record in its place: its name in the viewer's words, and whether it stands first or last among its neighbours. */
export interface OrderedRecord {
  readonly record: SettingRecord;
  readonly name: string;
  readonly cells: readonly CellView[];
  readonly depth?: number;
  readonly badge?: CellView['badge'];
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** The row of a record; `path` is that of the page with all of them. */
export function orderedRow({ t }: ViewerContext, path: string, placed: OrderedRecord): OrderedRowView {
  const { record, name, isFirst, isLast } = placed;
  const own = `${path}/${record.id}`;
  const label = t(record.isArchived ? 'serviceSettings.unarchive' : 'serviceSettings.archive');
  const archived = { text: t('serviceSettings.archived'), badge: 'secondary' as const };
  const inUse = { text: t('serviceSettings.inUse'), badge: 'green' as const };
  return {
    id: record.id,
    name,
    href: `${own}/edit`,
    badge: placed.badge,
    depth: placed.depth ?? 1,
    cells: [...placed.cells, record.isArchived ? archived : inUse],
    positionAction: `${own}/position`,
    canGoUp: !record.isArchived && !isFirst,
    canGoDown: !record.isArchived && !isLast,
    archival: {
      action: record.isArchived ? `${own}/archival/removal` : `${own}/archival`,
      label,
      spokenLabel: `${label}: ${name}`,
    },
  };
}

/** Tells of each record, which come in their order, whether it is the first and the last in use among its neighbours. */
export function inPlaces<Stored extends SettingRecord>(
  records: readonly Stored[],
  neighbourhood: (record: Stored) => string | null = () => null,
): readonly { readonly record: Stored; readonly isFirst: boolean; readonly isLast: boolean }[] {
  const inUse = records.filter(({ isArchived }) => !isArchived);
  return records.map((record) => {
    const neighbours = inUse.filter((one) => neighbourhood(one) === neighbourhood(record));
    return { record, isFirst: neighbours[0] === record, isLast: neighbours.at(-1) === record };
  });
}

/** How often a setting is used, counted up to the cap; a link where there is a list of the uses. */
export const usageCell = ({ locale }: ViewerContext, count: number, href = ''): CellView => ({
  text: formatCappedCount(count, usageCap, locale),
  numeric: true,
  ...(href !== '' && count > 0 && { href }),
});

interface PageParts {
  readonly path: string;
  readonly title: string;
  readonly subtitle: string;
  readonly newLabel: string;
  readonly actions?: readonly PageActionView[];
  readonly notices?: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly OrderedRowView[];
  readonly emptyHint: string;
  /** Records at once; with as many, no new one is offered. */
  readonly maximum: number;
}

/** A page with one ordered table; the name stands in front of its columns, the state behind them. */
export function orderedPage({ t, locale }: ViewerContext, parts: PageParts): OrderedPageView {
  const { path, title, rows, newLabel } = parts;
  const href = `${path}/new`;
  const create = { label: newLabel, href, icon: 'plus', emphasis: 'primary', shortcut: 'n' } as const;
  return {
    title,
    header: pageHeader(title, {
      count: formatNumber(rows.length, locale),
      subtitle: parts.subtitle,
      trail: [{ label: t('serviceSettings.title'), href: settingsPath }],
      actions: [...(parts.actions ?? []), ...(rows.length < parts.maximum ? [create] : [])],
    }),
    notices: parts.notices ?? [],
    ordered: {
      caption: title,
      columns: [t('serviceSettings.name'), ...parts.columns, t('serviceSettings.state')],
      rows,
      empty: {
        title: t('serviceSettings.empty'),
        hint: parts.emptyHint,
        actionLabel: newLabel,
        actionHref: href,
      },
    },
  };
}
