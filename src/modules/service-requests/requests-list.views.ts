import type { ViewerContext } from '../../core/context.js';
import { formatDateTime, formatRelative } from '../../core/format.js';
import { listAddress } from '../../core/lists/list-address.js';
import { listView, type ActiveFilter, type ListColumn } from '../../core/lists/list-builder.js';
import type { CellView, ListView } from '../../core/lists/list-view.js';
import type { ListResult } from '../../core/lists/list.js';
import type { TabView } from '../../core/views/tab-view.js';
import type { PageActionView, PageHeaderView } from '../../core/views/page-header-view.js';
import { can } from '../../core/viewer.js';
import { activeFilters } from '../admin/active-filters.js';
import { pageHeader } from '../admin/admin-pages.js';
import { bulkActionOptions } from '../bulk-changes/bulk-actions.js';
import { requestSubject } from '../bulk-changes/request-subject.js';
import { stateName } from '../request-states/state-name.js';
import { typeName } from '../request-types/type-name.js';
import type { RequestChoices } from './request-choices.queries.js';
import { moreRequestFilters, requestFilters } from './request-filters.views.js';
import { dueCellOf } from './request-due.js';
import { priorityCell } from './request-labels.js';
import { defaultRequestOrder, soonHours, type RequestListRow } from './requests-list.queries.js';
import { requestGroups, type RequestGroup, type RequestListQuery } from './service-requests.schemas.js';

export const requestsPath = '/service-requests';

export interface RequestsView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly tabs: readonly TabView[];
  readonly list: ListView;
}

const columns: readonly ListColumn[] = [
  { name: 'requestNo', label: 'serviceRequests.requestNo' },
  { name: 'subject', label: 'serviceRequests.subject' },
  { name: 'customer', label: 'serviceRequests.customer' },
  { name: 'type', label: 'serviceRequests.type' },
  { name: 'state', label: 'serviceRequests.state' },
  { name: 'priority', label: 'serviceRequests.priority' },
  { name: 'assignee', label: 'serviceRequests.assignee' },
  { name: 'due', label: 'serviceRequests.due', sort: 'due' },
  { name: 'receivedAt', label: 'serviceRequests.receivedAt', sort: 'receivedAt' },
];

/** The list of requests, with a tab for each kind of work. */
export function requestsView(
  context: ViewerContext,
  query: RequestListQuery,
  result: ListResult<RequestListRow>,
  choices: RequestChoices,
): RequestsView {
  const { t, locale } = context;
  const filters = requestFilters(context, query, choices);
  const more = moreRequestFilters(context, query, choices);
  const defaultOrder = defaultRequestOrder(query);
  const list = listView({
    t,
    locale,
    path: requestsPath,
    query: query.q ?? '',
    searchPlaceholder: 'serviceRequests.searchPlaceholder',
    order: query.sort ?? defaultOrder,
    defaultOrder,
    filters,
    moreFilters: { groups: more, isOpen: query.choose === 'filters' },
    activeFilters: [
      ...groupFilter(context, query),
      ...activeFilters([...filters, ...more.flatMap(({ fields }) => fields)], locale),
      ...chosenCustomer(context, query, result.rows[0]?.customer_name),
      ...chosenRows(context, query),
    ],
    columns,
    bulk: { path: `${requestSubject.path}/new`, actions: bulkActionOptions(context, requestSubject) },
    result,
    row: (row) => ({ href: `${requestsPath}/${row.id}`, cells: cells(context, row) }),
    downloads: can(context.viewer, 'service-requests:export')
      ? [
          { label: 'Excel', href: `${requestsPath}.xlsx` },
          { label: 'CSV', href: `${requestsPath}.csv` },
        ]
      : [],
    empty: emptyList(context),
  });
  const title = t('navigation.serviceRequests');
  const { group } = query;
  return {
    title,
    header: pageHeader(title, {
      count: list.count,
      subtitle: group === undefined ? '' : t(`serviceRequests.group.${group}.hint`, { count: soonHours }),
      actions: pageActions(context, query),
    }),
    tabs: requestTabs(t, requestsPath, group),
    list: group === undefined ? list : { ...list, hidden: [...list.hidden, { name: 'group', value: group }] },
  };
}

/** The tabs over the list and the board, one for each kind of work. */
export const requestTabs = (
  t: ViewerContext['t'],
  path: string,
  group: RequestGroup | undefined,
): readonly TabView[] =>
  [undefined, ...requestGroups].map((each) => ({
    label: t(`serviceRequests.group.${each ?? 'all'}`),
    href: listAddress(path, { group: each ?? '' }),
    isCurrent: each === group,
  }));

const cells = (context: ViewerContext, row: RequestListRow): readonly CellView[] => {
  const { t, locale, deps } = context;
  return [
    { text: row.request_no },
    { text: row.subject },
    { text: row.customer_name ?? row.place ?? '' },
    { text: typeName(t, row.type) },
    { text: stateName(t, row.state), badge: row.state.color },
    priorityCell(t, row.priority),
    { text: row.assignee_name ?? t('serviceRequests.nobody') },
    dueCellOf(context, row),
    {
      text: formatRelative(row.received_at, deps.now(), locale),
      title: formatDateTime(row.received_at, locale),
    },
  ];
};

/** Which work is looked at, as a filter. */
export const groupFilter = ({ t }: ViewerContext, { group }: RequestListQuery): ActiveFilter[] =>
  group === undefined
    ? []
    : [{ parameter: 'group', value: group, label: t(`serviceRequests.group.${group}`) }];

/** The customer whose requests are looked at, as a filter; named where a row tells the name. */
export const chosenCustomer = (
  { t }: ViewerContext,
  { customer }: RequestListQuery,
  name?: string | null,
): ActiveFilter[] =>
  customer === undefined
    ? []
    : [
        {
          parameter: 'customer',
          value: customer,
          label: `${t('serviceRequests.customer')}: ${name ?? t('servedThings.chosenCustomer')}`,
        },
      ];

/** Ticked rows, as a filter. */
export const chosenRows = ({ t }: ViewerContext, { ids }: RequestListQuery): ActiveFilter[] =>
  ids === undefined
    ? []
    : [
        {
          parameter: 'ids',
          value: ids.join(','),
          label: t('serviceRequests.chosenRows', { count: ids.length }),
        },
      ];

function pageActions({ t, viewer }: ViewerContext, { group }: RequestListQuery): PageActionView[] {
  const board: PageActionView = {
    ...{
      label: t('serviceRequests.board'),
      href: listAddress(`${requestsPath}/board`, { group: group ?? '' }),
    },
    ...{ icon: 'list-check', emphasis: 'plain', shortcut: '' },
  };
  if (!can(viewer, 'service-requests:create')) return [board];
  const added: PageActionView = {
    ...{ label: t('serviceRequests.new'), href: `${requestsPath}/new`, icon: 'plus' },
    ...{ emphasis: 'primary', shortcut: 'n' },
  };
  return [board, added];
}

const emptyList = ({ t, viewer }: ViewerContext) => ({
  title: t('serviceRequests.empty'),
  hint: t('serviceRequests.emptyHint'),
  actionLabel: can(viewer, 'service-requests:create') ? t('serviceRequests.new') : '',
  actionHref: can(viewer, 'service-requests:create') ? `${requestsPath}/new` : '',
});
