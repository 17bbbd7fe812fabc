import type { ViewerContext } from '../../core/context.js';
import { formView, type FieldView } from '../../core/form.js';
import { formatDay } from '../../core/format.js';
import { listView, type ListColumn } from '../../core/lists/list-builder.js';
import type { ListResult } from '../../core/lists/list.js';
import { can } from '../../core/viewer.js';
import { activeFilters } from '../admin/active-filters.js';
import { pageHeader, type AdminListView } from '../admin/admin-pages.js';
import type { ServedThingKind } from './served-thing-kind.js';
import { soonDays, thingStates, type ThingListQuery } from './served-things.schemas.js';
import { thingDueCell } from './thing-due.js';
import { defaultThingOrder, type ThingRow } from './things-list.queries.js';

export const thingsPath = '/served-things';

const columns: readonly ListColumn[] = [
  { name: 'name', label: 'servedThings.thing' },
  { name: 'kind', label: 'servedThingKinds.name' },
  { name: 'identifier', label: 'servedThings.identifier' },
  { name: 'customer', label: 'servedThings.customer' },
  { name: 'owner', label: 'customers.owner' },
  { name: 'lastServed', label: 'servedThings.lastService' },
  { name: 'due', label: 'servedThings.nextDueOn', sort: 'due' },
];

/** The list of things: what is due first on top; the customer behind each. */
export function thingsIndexView(
  context: ViewerContext,
  query: ThingListQuery,
  result: ListResult<ThingRow>,
  kinds: readonly ServedThingKind[],
): AdminListView {
  const { t, locale, viewer } = context;
  const title = t('navigation.servedThings');
  const filters = thingFilters(context, query, kinds);
  const list = listView({
    t,
    locale,
    path: thingsPath,
    query: query.q ?? '',
    searchPlaceholder: 'servedThings.searchPlaceholder',
    order: query.sort ?? defaultThingOrder,
    defaultOrder: defaultThingOrder,
    filters,
    activeFilters: [...activeFilters(filters, locale), ...customerFilter(context, query, result)],
    columns,
    result,
    row: (row) => ({
      href: `${thingsPath}/${row.id}`,
      cells: [
        { text: row.name },
        { text: row.kind_name },
        { text: row.identifier ?? '' },
        { text: `${row.customer_name} ${row.customer_no}`, href: `/customers/${row.customer_id}` },
        { text: row.owner_name ?? '' },
        { text: formatDay(row.last_served_on, locale) },
        row.is_archived
          ? { text: t('servedThingKinds.archived'), badge: 'secondary' as const }
          : thingDueCell(context, row.next_due_on),
      ],
    }),
    downloads: can(viewer, 'customers:export')
      ? [
          { label: 'Excel', href: `${thingsPath}.xlsx` },
          { label: 'CSV', href: `${thingsPath}.csv` },
        ]
      : [],
    empty: {
      title: t('servedThings.empty'),
      hint: t('servedThings.emptyHint'),
      actionLabel: t('navigation.customers'),
      actionHref: '/customers',
    },
  });
  const subtitle = t('servedThings.subtitle');
  return { title, header: pageHeader(title, { count: list.count, subtitle }), notice: '', list };
}

/** The filters of the list, as fields. */
export function thingFilters(
  { t }: ViewerContext,
  query: ThingListQuery,
  kinds: readonly ServedThingKind[],
): readonly FieldView[] {
  const states = thingStates.map((state) => ({
    value: state,
    label: t(`servedThings.state.${state}`, { count: soonDays }),
  }));
  return formView(
    t,
    [
      { name: 'state', label: 'servedThingKinds.state', kind: 'select', options: states },
      {
        name: 'kind',
        label: 'servedThingKinds.name',
        kind: 'select',
        options: kinds.map(({ id, name }) => ({ value: id, label: name })),
      },
    ],
    { state: query.state ?? '', kind: query.kind ?? '' },
  ).fields;
}

/** The customer whose things are looked at, by name where there is one. */
const customerFilter = ({ t }: ViewerContext, query: ThingListQuery, { rows }: ListResult<ThingRow>) =>
  query.customer
    ? [
        {
          parameter: 'customer',
          value: query.customer,
          label: `${t('servedThings.customer')}: ${rows[0]?.customer_name ?? t('servedThings.chosenCustomer')}`,
        },
      ]
    : [];
