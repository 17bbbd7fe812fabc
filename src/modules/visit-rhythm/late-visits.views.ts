import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import { formView, type FieldView } from '../../core/form.js';
import { formatDay, formatNumber } from '../../core/format.js';
import { listAddress } from '../../core/lists/list-address.js';
import { listView, type ActiveFilter, type ListColumn } from '../../core/lists/list-builder.js';
import type { CellView, ListView, RowActionView } from '../../core/lists/list-view.js';
import type { ListResult } from '../../core/lists/list.js';
import { can } from '../../core/viewer.js';
import type { TabView } from '../../core/views/tab-view.js';
import type { PageActionView, PageHeaderView } from '../../core/views/page-header-view.js';
import { activeFilters } from '../admin/active-filters.js';
import { today } from '../customers/customers.queries.js';
import { addDays } from '../follow-ups/due-days.js';
import { tierFilter } from '../tiers/tier-filter.js';
import { lateGroups, type LateGroup } from './late-customers.js';
import type { LateRules } from './late-rules.js';
import { lateRulesPath } from './late-rules.views.js';
import { defaultLateOrder, type LateChoices, type LateVisitRow } from './late-visits.queries.js';
import { postponements, type LateVisitsQuery } from './late-visits.schemas.js';
import { daysLate, rhythmText } from './visit-rhythm.js';

export interface LateVisitsView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly tabs: readonly TabView[];
  readonly list: ListView;
}

const path = '/late-visits';

const columns: readonly ListColumn[] = [
  { name: 'name', label: 'customers.name', sort: 'name' },
  { name: 'lastVisit', label: 'visitRhythm.lastVisit' },
  { name: 'lastItem', label: 'visitRhythm.lastItem' },
  { name: 'rhythm', label: 'visitRhythm.rhythm' },
  { name: 'daysLate', label: 'visitRhythm.daysLate', sort: 'expected', numeric: true },
  { name: 'attempts', label: 'visitRhythm.attempts', numeric: true },
  { name: 'owner', label: 'customers.owner' },
];

export interface ShownLateVisits {
  readonly result: ListResult<LateVisitRow>;
  readonly choices: LateChoices;
  readonly rules: LateRules;
}

/** The work list of customers who are late against their own rhythm. */
export function lateVisitsView(
  context: ViewerContext,
  query: LateVisitsQuery,
  { result, choices, rules }: ShownLateVisits,
): LateVisitsView {
  const { t, locale, viewer } = context;
  const group = query.group ?? 'late';
  const filters = filterFields(context, query, choices);
  const inGroup = { parameter: 'group', value: group, label: t(`visitRhythm.group.${group}`) };
  const list = listView({
    t,
    locale,
    path,
    query: query.q ?? '',
    searchPlaceholder: 'customers.searchPlaceholder',
    order: query.sort ?? defaultLateOrder,
    defaultOrder: defaultLateOrder,
    filters,
    activeFilters: [...(group === 'late' ? [] : [inGroup]), ...activeFilters(filters, locale)],
    columns,
    result,
    row: (row) => ({
      href: `/customers/${row.id}`,
      cells: cells(context, row),
      actions: actions(context, row, query, rules),
    }),
    downloads: can(viewer, 'customers:export')
      ? [
          { label: 'Excel', href: `${path}.xlsx` },
          { label: 'CSV', href: `${path}.csv` },
        ]
      : [],
    empty: {
      title: t('visitRhythm.empty'),
      hint: t('visitRhythm.emptyHint'),
      actionLabel: t('navigation.customers'),
      actionHref: '/customers',
    },
  });
  const title = t('navigation.lateVisits');
  const subtitle = t(`visitRhythm.explained.${group}`, rules);
  return {
    title,
    header: { title, count: list.count, subtitle, trail: [], actions: rulesAction(context) },
    tabs: lateGroups.map((each) => ({
      label: t(`visitRhythm.group.${each}`),
      href: listAddress(path, { ...stateOf(query), group: groupParameter(each) }),
      isCurrent: each === group,
    })),
    list: group === 'late' ? list : { ...list, hidden: [...list.hidden, { name: 'group', value: group }] },
  };
}

function rulesAction({ t, viewer }: ViewerContext): PageActionView[] {
  if (!can(viewer, 'public-pool:manage')) return [];
  return [
    {
      label: t('visitRhythm.rules'),
      href: lateRulesPath,
      icon: 'settings',
      emphasis: 'plain',
      shortcut: '',
    },
  ];
}

const groupParameter = (group: LateGroup): string => (group === 'late' ? '' : group);

/** The filters of the address; another tab and the way back keep them. */
const stateOf = ({ q, owner, team, branch, tier }: LateVisitsQuery) => ({
  q: q ?? '',
  owner: owner ?? '',
  team: team ?? '',
  branch: branch ?? '',
  tier: tier ?? '',
});

function cells(context: ViewerContext, row: LateVisitRow): CellView[] {
  const { locale } = context;
  const late = daysLate(context, row.rhythm) ?? 0;
  return [
    { text: row.name, title: row.customer_no },
    { text: formatDay(row.rhythm.last_on, locale) },
    { text: row.last_item ?? '' },
    { text: rhythmText(context, row.rhythm) },
    { text: formatNumber(late, locale), title: formatDay(row.rhythm.expected_on, locale), numeric: true },
    { text: formatNumber(row.attempts, locale), numeric: true },
    { text: row.owner_name ?? context.t('customers.ownerNone') },
  ];
}

/** What can be done without leaving the list: write down a call, or put it off to a day. */
function actions(
  context: ViewerContext,
  row: LateVisitRow & { readonly id: string },
  query: LateVisitsQuery,
  rules: LateRules,
): RowActionView[] {
  const { t, viewer } = context;
  const returnTo = listAddress(path, { ...stateOf(query), group: query.group ?? '' });
  const action = t('visitRhythm.followUpAction');
  const call = listAddress(`/customers/${row.id}/contact-records/new`, {
    returnTo,
    ...(row.attempts + 1 < rules.maximumAttempts && can(viewer, 'follow-ups:manage')
      ? { nextOn: addDays(today(context), rules.restDays), nextAction: action }
      : {}),
  });
  const plan = listAddress(`/customers/${row.id}/follow-ups/new`, { returnTo, action });
  const spoken = (label: string): string => t('visitRhythm.actionFor', { action: label, name: row.name });
  const link = (label: string, href: string, isMain: boolean): RowActionView => ({
    label,
    spokenLabel: spoken(label),
    href,
    post: '',
    isMain,
  });
  const later = (days: (typeof postponements)[number]): RowActionView => ({
    label: t(`visitRhythm.later.${days}`),
    spokenLabel: t('followUps.snoozeFor', { delay: t(`visitRhythm.later.${days}`), name: row.name }),
    href: '',
    post: `${path}/${row.id}/postponement?followUp=${newId()}`,
    choice: days,
  });
  return [
    ...(row.can_add_contact_records ? [link(t('visitRhythm.called'), call, true)] : []),
    ...(can(viewer, 'follow-ups:manage')
      ? [...postponements.map(later), link(t('visitRhythm.laterOn'), plan, false)]
      : []),
  ];
}

/** The filters that are set, in words; the group is none of them. */
export const describeLateFilters = (
  context: ViewerContext,
  query: LateVisitsQuery,
  choices: LateChoices,
): ActiveFilter[] => activeFilters(filterFields(context, query, choices), context.locale);

function filterFields(
  { t }: ViewerContext,
  query: LateVisitsQuery,
  choices: LateChoices,
): readonly FieldView[] {
  const named = (rows: LateChoices['teams']) => rows.map(({ id, name }) => ({ value: id, label: name }));
  const owners = [
    { value: 'me', label: t('customers.ownerMe') },
    { value: 'none', label: t('customers.ownerNone') },
  ];
  const fields = formView(
    t,
    [
      { name: 'owner', label: 'customers.owner', kind: 'select', options: owners },
      { name: 'team', label: 'customers.team', kind: 'select', options: named(choices.teams) },
      { name: 'branch', label: 'customers.branch', kind: 'select', options: named(choices.branches) },
    ],
    { ...query },
  ).fields;
  const filled = fields.filter(({ options }) => options.length > 0);
  return [...filled, ...tierFilter(t, choices.tiers, query.tier)];
}
