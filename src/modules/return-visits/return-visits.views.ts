import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import { formView, type FieldView } from '../../core/form.js';
import { dayOf, formatDay } from '../../core/format.js';
import { listAddress } from '../../core/lists/list-address.js';
import { listView, type ActiveFilter, type ListColumn } from '../../core/lists/list-builder.js';
import type { CellView, ListView, RowActionView } from '../../core/lists/list-view.js';
import type { ListResult } from '../../core/lists/list.js';
import { can } from '../../core/viewer.js';
import type { TabView } from '../../core/views/tab-view.js';
import type { PageActionView, PageHeaderView } from '../../core/views/page-header-view.js';
import { activeFilters } from '../admin/active-filters.js';
import { pageHeader } from '../admin/admin-pages.js';
import { planName } from '../return-visit-plans/plan-name.js';
import { namedOptions } from '../service-requests/request-labels.js';
import { defaultVisitOrder, type VisitChoices, type VisitRow } from './return-visits-list.queries.js';
import { visitGroups, type ReturnVisitsQuery, type VisitGroup } from './return-visits.schemas.js';
import { attemptsText, outcomeCell, windowText } from './visit-text.js';

export interface ReturnVisitsView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly tabs: readonly TabView[];
  readonly list: ListView;
}

export const returnVisitsPath = '/return-visits';

const columns: readonly ListColumn[] = [
  { name: 'customer', label: 'serviceRequests.customer' },
  { name: 'subject', label: 'returnVisits.why' },
  { name: 'window', label: 'returnVisits.window', sort: 'window' },
  { name: 'attempts', label: 'returnVisits.attempts' },
  { name: 'next', label: 'returnVisits.nextAttempt' },
  { name: 'owner', label: 'serviceRequests.assignee' },
  { name: 'plan', label: 'returnVisits.plan' },
];

/** The work list of return visits. */
export function returnVisitsView(
  context: ViewerContext,
  query: ReturnVisitsQuery,
  result: ListResult<VisitRow>,
  choices: VisitChoices,
): ReturnVisitsView {
  const { t, locale, viewer } = context;
  const group = query.group ?? 'today';
  const filters = filterFields(context, query, choices);
  const label = t(`returnVisits.group.${group}`);
  const list = listView({
    t,
    locale,
    path: returnVisitsPath,
    query: query.q ?? '',
    searchPlaceholder: 'returnVisits.searchPlaceholder',
    order: query.sort ?? defaultVisitOrder(query),
    defaultOrder: defaultVisitOrder(query),
    filters,
    activeFilters: [
      ...(group === 'today' ? [] : [{ parameter: 'group', value: group, label }]),
      ...activeFilters(filters, locale),
    ],
    columns,
    result,
    row: (row) => ({
      href: `/service-requests/${row.id}`,
      cells: cells(context, row),
      actions: row.outcome === null && row.can_work ? actions(context, row, query) : [],
    }),
    downloads: can(viewer, 'service-requests:export')
      ? [
          { label: 'Excel', href: `${returnVisitsPath}.xlsx` },
          { label: 'CSV', href: `${returnVisitsPath}.csv` },
        ]
      : [],
    empty: {
      title: t(`returnVisits.empty.${group}`),
      hint: t('returnVisits.emptyHint'),
      actionLabel: t('navigation.serviceRequests'),
      actionHref: '/service-requests',
    },
  });
  const title = t('returnVisits.title');
  const subtitle = t(`returnVisits.explained.${group}`);
  return {
    title,
    header: pageHeader(title, { count: list.count, subtitle, actions: otherPages(context) }),
    tabs: visitGroups.map((each) => ({
      label: t(`returnVisits.group.${each}`),
      href: listAddress(returnVisitsPath, { ...stateOf(query), group: groupParameter(each) }),
      isCurrent: each === group,
    })),
    list: group === 'today' ? list : { ...list, hidden: [...list.hidden, { name: 'group', value: group }] },
  };
}

function otherPages({ t, viewer }: ViewerContext): PageActionView[] {
  const link = (label: string, href: string, icon: string): PageActionView => ({
    ...{ label, href, icon, emphasis: 'plain', shortcut: '' },
  });
  return [
    ...(can(viewer, 'service-requests:create')
      ? [link(t('recurringRequests.title'), '/recurring-requests', 'clock')]
      : []),
    ...(can(viewer, 'service-settings:manage')
      ? [link(t('returnVisitPlans.title'), '/admin/return-visit-plans', 'settings')]
      : []),
  ];
}

const groupParameter = (group: VisitGroup): string => (group === 'today' ? '' : group);

/** The filters of the address; another tab and the way back keep them. */
const stateOf = ({ q, owner, plan, branch }: ReturnVisitsQuery) => ({
  ...{ q: q ?? '', owner: owner ?? '', plan: plan ?? '', branch: branch ?? '' },
});

function cells(context: ViewerContext, row: VisitRow): CellView[] {
  const { t, locale, deps } = context;
  const isOver = row.outcome === null && row.window_to < dayOf(deps.now());
  const shownWindow = windowText(context, row.window_from, row.window_to);
  return [
    { text: row.customer_name ?? row.request_no, title: row.request_no },
    { text: row.subject },
    isOver
      ? { text: shownWindow, badge: 'red', title: t('returnVisits.windowIsOver') }
      : { text: shownWindow },
    { text: attemptsText(context, row.attempts, row.max_attempts) },
    row.outcome === null ? { text: formatDay(row.next_attempt_on, locale) } : outcomeCell(t, row.outcome),
    { text: row.owner_name ?? t('serviceRequests.nobody') },
    { text: row.plan_name === null ? t('returnVisits.byHand') : planName(t, row.plan_name) },
  ];
}

/** What can be done without leaving the list: write down that nobody answered, or what the customer said. */
function actions(
  { t }: ViewerContext,
  row: VisitRow & { readonly id: string },
  query: ReturnVisitsQuery,
): RowActionView[] {
  const returnTo = listAddress(returnVisitsPath, { ...stateOf(query), group: query.group ?? '' });
  const own = `${returnVisitsPath}/${row.id}`;
  const name = row.customer_name ?? row.request_no;
  const spoken = (action: string): string => t('visitRhythm.actionFor', { action, name });
  const [reached, notReached] = [t('returnVisits.reached'), t('returnVisits.notReached')];
  return [
    {
      ...{ label: reached, spokenLabel: spoken(reached), post: '', isMain: true },
      href: listAddress(`${own}/outcome`, { returnTo }),
    },
    {
      ...{ label: notReached, spokenLabel: spoken(notReached), href: '', choice: 'notReached' },
      post: `${own}/attempts?contact=${newId()}`,
    },
  ];
}

/** The filters that are set, in words; the tab is none of them. */
export const describeVisitFilters = (
  context: ViewerContext,
  query: ReturnVisitsQuery,
  choices: VisitChoices,
): ActiveFilter[] => activeFilters(filterFields(context, query, choices), context.locale);

function filterFields(
  { t }: ViewerContext,
  query: ReturnVisitsQuery,
  { plans, people, branches }: VisitChoices,
): readonly FieldView[] {
  const owners = [
    { value: 'me', label: t('returnVisits.ownerMe') },
    { value: 'none', label: t('serviceRequests.nobody') },
    ...namedOptions(people),
  ];
  const planned = [
    ...plans.map(({ id, name }) => ({ value: id, label: planName(t, name) })),
    { value: 'none', label: t('returnVisits.byHand') },
  ];
  return formView(
    t,
    [
      { name: 'owner', label: 'serviceRequests.assignee', kind: 'select', options: owners },
      { name: 'plan', label: 'returnVisits.plan', kind: 'select', options: planned },
      { name: 'branch', label: 'customers.branch', kind: 'select', options: namedOptions(branches) },
    ],
    { ...query },
  ).fields.filter(({ options }) => options.length > 0);
}
