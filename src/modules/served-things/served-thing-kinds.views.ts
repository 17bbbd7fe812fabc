import type { ViewerContext } from '../../core/context.js';
import { formatCappedCount } from '../../core/format.js';
import { listView, type ListColumn } from '../../core/lists/list-builder.js';
import type { CellView } from '../../core/lists/list-view.js';
import { countCap, type ListResult } from '../../core/lists/list.js';
import { pageHeader, type AdminListView, type AdminRecordView } from '../admin/admin-pages.js';
import { defaultKindOrder, type KindRecord, type KindRow } from './served-thing-kinds.queries.js';
import type { ServedThingKindListQuery } from './served-thing-kinds.schemas.js';

export const kindsPath = '/admin/served-thing-kinds';

const columns: readonly ListColumn[] = [
  { name: 'name', label: 'servedThingKinds.name', sort: 'name' },
  { name: 'identifierLabel', label: 'servedThingKinds.identifierLabel' },
  { name: 'interval', label: 'servedThingKinds.interval' },
  { name: 'lead', label: 'servedThingKinds.lead' },
  { name: 'things', label: 'servedThingKinds.thingCount', numeric: true },
  { name: 'state', label: 'servedThingKinds.state' },
];

/** The way up from pages below the list. */
export const kindsTrail = ({ t }: ViewerContext) => [
  { label: t('navigation.servedThingKinds'), href: kindsPath },
];

/** The list of kinds; a row opens the kind, its number the things. */
export function kindsIndexView(
  context: ViewerContext,
  query: ServedThingKindListQuery,
  result: ListResult<KindRow>,
): AdminListView {
  const { t, locale } = context;
  const title = t('navigation.servedThingKinds');
  const create = {
    label: t('servedThingKinds.new'),
    href: `${kindsPath}/new`,
    icon: 'plus',
    emphasis: 'primary',
    shortcut: 'n',
  } as const;
  const list = listView({
    t,
    locale,
    path: kindsPath,
    query: query.q ?? '',
    searchPlaceholder: 'servedThingKinds.searchPlaceholder',
    order: query.sort ?? defaultKindOrder,
    defaultOrder: defaultKindOrder,
    filters: [],
    activeFilters: [],
    columns,
    result,
    row: (row) => ({
      href: `${kindsPath}/${row.id}`,
      cells: [
        { text: row.name },
        { text: row.identifier_label ?? '' },
        { text: intervalText(context, row) },
        { text: leadText(context, row) },
        { ...thingsCell(context, row), numeric: true },
        stateCell(context, row),
      ],
    }),
    empty: {
      title: t('servedThingKinds.empty'),
      hint: t('servedThingKinds.emptyHint'),
      actionLabel: create.label,
      actionHref: create.href,
    },
  });
  const subtitle = t('servedThingKinds.subtitle');
  const header = pageHeader(title, { count: list.count, subtitle, actions: [create] });
  return { title, header, notice: '', list };
}

/** The page of a kind: its rules, how many things it has, and the way out of use and back. */
export function kindView(context: ViewerContext, kind: KindRecord): AdminRecordView {
  const { t } = context;
  const own = `${kindsPath}/${kind.id}`;
  const edit = {
    label: t('form.edit'),
    href: `${own}/edit`,
    icon: 'pencil',
    emphasis: 'primary',
    shortcut: 'e',
  } as const;
  const button = kind.is_archived
    ? { action: `${own}/archival/removal`, label: t('servedThingKinds.unarchive'), spokenLabel: '' }
    : { action: `${own}/archival`, label: t('servedThingKinds.archive'), spokenLabel: '' };
  return {
    title: kind.name,
    header: pageHeader(kind.name, { trail: kindsTrail(context), actions: [edit] }),
    notice: kind.is_archived ? t('servedThingKinds.archivedNotice') : '',
    definitions: [
      { label: t('servedThingKinds.identifierLabel'), value: { text: kind.identifier_label ?? '' } },
      { label: t('servedThingKinds.interval'), value: { text: intervalText(context, kind) } },
      { label: t('servedThingKinds.lead'), value: { text: leadText(context, kind) } },
      { label: t('servedThingKinds.thingCount'), value: thingsCell(context, kind) },
    ],
    buttons: [button],
    sections: [],
  };
}

const intervalText = ({ t }: ViewerContext, { service_interval_days: days }: KindRow): string =>
  days === null ? t('servedThingKinds.noInterval') : t('servedThingKinds.everyDays', { count: days });

const leadText = ({ t }: ViewerContext, { lead_days: days }: KindRow): string =>
  t('servedThingKinds.daysAhead', { count: days });

const thingsCell = ({ locale }: ViewerContext, kind: KindRow & { readonly id: string }): CellView => ({
  text: formatCappedCount(kind.thing_count, countCap, locale),
  href: `/served-things?kind=${kind.id}&state=all`,
});

const stateCell = ({ t }: ViewerContext, kind: KindRow): CellView =>
  kind.is_archived
    ? { text: t('servedThingKinds.archived'), badge: 'secondary' }
    : { text: t('servedThingKinds.inUse'), badge: 'green' };
