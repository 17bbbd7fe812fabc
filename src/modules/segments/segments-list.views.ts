import type { ViewerContext } from '../../core/context.js';
import { formatDateTime, formatNumber, formatRelative } from '../../core/format.js';
import { listView, type ListColumn } from '../../core/lists/list-builder.js';
import type { CellView } from '../../core/lists/list-view.js';
import type { ListResult } from '../../core/lists/list.js';
import { can, scopeOf } from '../../core/viewer.js';
import { pageHeader, type AdminConfirmView, type AdminListView } from '../admin/admin-pages.js';
import { segmentsPath } from './segments-path.js';
import { defaultSegmentOrder, type SegmentListRow, type SegmentRecord } from './segments.queries.js';
import type { SegmentListQuery } from './segments.schemas.js';

const columns: readonly ListColumn[] = [
  { name: 'name', label: 'segments.name', sort: 'name' },
  { name: 'description', label: 'segments.description' },
  { name: 'kind', label: 'segments.kind' },
  { name: 'members', label: 'segments.members', numeric: true },
  { name: 'refreshed', label: 'segments.refreshed' },
];

/** The list of segments; a row opens the segment, its number the customers. */
export function segmentsIndexView(
  context: ViewerContext,
  query: SegmentListQuery,
  result: ListResult<SegmentListRow>,
): AdminListView {
  const { t, locale, viewer } = context;
  const title = t('navigation.segments');
  const mayManage = can(viewer, 'segments:manage');
  const newHref = `${segmentsPath}/new`;
  const list = listView({
    t,
    locale,
    path: segmentsPath,
    query: query.q ?? '',
    searchPlaceholder: 'segments.searchPlaceholder',
    order: query.sort ?? defaultSegmentOrder,
    defaultOrder: defaultSegmentOrder,
    filters: [],
    activeFilters: [],
    columns,
    result,
    row: (row) => ({
      href: `${segmentsPath}/${row.id}`,
      cells: [
        { text: row.name },
        { text: row.description ?? '' },
        { text: t(`segments.kind.${row.kind}`) },
        memberCountCell(context, row),
        refreshedCell(context, row.refreshed_at),
      ],
    }),
    empty: {
      title: t('segments.empty'),
      hint: t('segments.emptyHint'),
      actionLabel: mayManage ? t('segments.new') : '',
      actionHref: mayManage ? newHref : '',
    },
  });
  const create = {
    label: t('segments.new'),
    href: newHref,
    icon: 'plus',
    emphasis: 'primary',
    shortcut: 'n',
  } as const;
  return {
    title,
    header: pageHeader(title, {
      count: list.count,
      subtitle: t('segments.subtitle'),
      actions: mayManage ? [create] : [],
    }),
    notice: '',
    list,
  };
}

/** The number as of the last refresh, for those who see all customers; the others open those they see. */
export function memberCountCell(
  { t, locale, viewer }: ViewerContext,
  { id, member_count: count }: Pick<SegmentRecord, 'id' | 'member_count'>,
): CellView {
  const seesAll = scopeOf(viewer, 'customers:read') === 'all';
  const number = count === null ? '' : formatNumber(count, locale);
  return {
    text: seesAll ? number : t('segments.showMembers'),
    href: `/customers?segment=${id}`,
    numeric: seesAll,
  };
}

/** How long ago the members were found, with the exact time on hover. */
export const refreshedCell = ({ t, locale, deps }: ViewerContext, at: Date | null): CellView =>
  at === null
    ? { text: t('segments.notFilledYet') }
    : { text: formatRelative(at, deps.now(), locale), title: formatDateTime(at, locale) };

/** The page before a deletion. */
export function segmentDeletionView(context: ViewerContext, segment: SegmentRecord): AdminConfirmView {
  const { t } = context;
  const title = t('segments.delete', { name: segment.name });
  const own = `${segmentsPath}/${segment.id}`;
  return {
    title,
    header: pageHeader(title, { trail: [{ label: t('navigation.segments'), href: segmentsPath }] }),
    confirm: {
      action: `${own}/deletion`,
      question: t('segments.deleteQuestion', { name: segment.name }),
      consequences: [
        t('segments.deleteKeepsCustomers'),
        t(segment.kind === 'static' ? 'segments.deleteUndoStatic' : 'segments.deleteUndo'),
      ],
      hidden: [{ name: 'version', value: String(segment.version) }],
      confirmLabel: t('segments.deleteConfirm'),
      cancelHref: own,
      isDestructive: true,
    },
  };
}
