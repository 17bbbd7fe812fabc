import type { ViewerContext } from '../../core/context.js';
import type { FieldView } from '../../core/form.js';
import { formView, type FieldSpec } from '../../core/form.js';
import {
  ageInYears,
  formatDateTime,
  formatDay,
  formatMoney,
  formatNumber,
  formatRelative,
} from '../../core/format.js';
import { listView, type ActiveFilter } from '../../core/lists/list-builder.js';
import type { CellView, ListView } from '../../core/lists/list-view.js';
import type { ListResult } from '../../core/lists/list.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { maskPhone } from '../../core/phone.js';
import { can } from '../../core/viewer.js';
import { dueCell } from '../follow-ups/due-text.js';
import { bulkActionOptions } from '../bulk-changes/bulk-actions.js';
import type { SavedViewRow } from '../saved-views/saved-views.queries.js';
import { viewTabs, type ViewTabsView } from '../saved-views/view-tabs.js';
import { describeSegmentFilter, segmentFilter } from '../segments/customer-segments.js';
import { describeTierFilter, tierFilter } from '../tiers/tier-filter.js';
import { lateFilterSpec } from '../visit-rhythm/late-filter.js';
import { openContact } from './contact-details.js';
import type { FilterChoices } from './customer-choices.queries.js';
import { customerColumns, type CustomerColumn } from './customer-columns.js';
import { customerOrder, defaultCustomerOrder, today, type CustomerListRow } from './customers.queries.js';
import { describeProfileFilters, profileFilters } from './profile-filters.js';
import type { SimilarCustomer } from './similar-customers.queries.js';
import { ownerHint } from './similar-customers.views.js';
import { customerKinds, genders, plannedChoices, type CustomerListQuery } from './customers.schemas.js';

export interface CustomersIndexView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly list: ListView;
  readonly views: ViewTabsView;
}

/** The customer list with its filters in words. */
export function customersIndexView(
  context: ViewerContext,
  query: CustomerListQuery,
  result: ListResult<CustomerListRow>,
  choices: FilterChoices,
  views: readonly SavedViewRow[],
  elsewhere: readonly SimilarCustomer[],
): CustomersIndexView {
  const { t, locale, viewer } = context;
  const day = today(context);
  const list = listView({
    t,
    locale,
    path: '/customers',
    query: query.q ?? '',
    searchPlaceholder: 'customers.searchPlaceholder',
    order: customerOrder(query),
    defaultOrder: defaultCustomerOrder,
    filters: [
      ...filterFields(context, query, choices.sources),
      ...tierFilter(t, choices.tiers, query.tier),
      ...segmentFilter(t, choices.segments, query.segment),
      ...profileFilters(context, query, choices),
    ],
    activeFilters: describeFilters(context, query, choices),
    columns: customerColumns,
    columnChoice: { chosen: query.columns },
    viewId: query.view,
    bulk: { path: '/bulk-changes/new', actions: bulkActionOptions(context) },
    result,
    row: (row) => {
      const byColumn = cells(context, row, day);
      return { href: `/customers/${row.id}`, cells: customerColumns.map(({ name }) => byColumn[name]) };
    },
    downloads: can(viewer, 'customers:export')
      ? [
          { label: 'Excel', href: '/customers.xlsx' },
          { label: 'CSV', href: '/customers.csv' },
        ]
      : [],
    empty: emptyView(context),
    nothingFound: elsewhere.length > 0 ? elsewhereView(context, elsewhere) : undefined,
  });
  const actions = can(viewer, 'customers:create')
    ? [
        {
          label: t('customers.new'),
          href: '/customers/new',
          icon: 'plus',
          emphasis: 'primary' as const,
          shortcut: 'n' as const,
        },
      ]
    : [];
  const title = t('navigation.customers');
  return {
    title,
    header: { title, count: list.count, subtitle: '', trail: [], actions },
    list,
    views: viewTabs(context, 'customers', views, list),
  };
}

/** A customer's cells by the names of their columns, each made when it is shown. */
function cells(
  context: ViewerContext,
  row: CustomerListRow & { id: string },
  day: string,
): Readonly<Record<CustomerColumn, () => CellView>> {
  const { t, locale, deps } = context;
  return {
    name: () => ({ text: row.name }),
    customerNo: () => ({ text: row.customer_no }),
    phone: () => {
      const phone = openContact(deps.cipher, row.id, 'phone', row.phone_encrypted);
      return { text: phone === null ? '' : maskPhone(phone) };
    },
    kind: () => ({ text: t(`customers.kind.${row.kind}`) }),
    gender: () => ({ text: row.gender === null ? '' : t(`customers.gender.${row.gender}`) }),
    age: () => {
      const age = row.birth_date === null ? undefined : ageInYears(row.birth_date, day);
      const text = age === undefined ? '' : formatNumber(age, locale);
      return { text, title: formatDay(row.birth_date, locale), numeric: true };
    },
    birthDate: () => ({ text: formatDay(row.birth_date, locale) }),
    city: () => ({ text: row.city ?? '' }),
    tier: () => (row.tier ? { text: row.tier.name, badge: row.tier.color } : { text: '' }),
    tags: () => ({ text: row.tag_names.join(t('common.listSeparator')) }),
    source: () => ({ text: row.source ?? '' }),
    owner: () => ({ text: row.owner_name ?? '' }),
    team: () => ({ text: row.team_name ?? '' }),
    branch: () => ({ text: row.branch_name ?? '' }),
    firstVisitOn: () => ({ text: formatDay(row.first_visit_on, locale) }),
    purchaseCount: () => ({ text: formatNumber(row.purchase_count, locale), numeric: true }),
    totalAmount: () => ({ text: formatMoney(row.total_amount, locale), numeric: true }),
    lastPurchaseOn: () => ({ text: formatDay(row.last_purchase_on, locale) }),
    nextFollowUp: () =>
      row.next_follow_up_on === null
        ? { text: '' }
        : dueCell(context, { due_on: row.next_follow_up_on, due_minute: null }),
    lastContact: () =>
      row.last_contact_at === null ? { text: '' } : momentCell(context, row.last_contact_at),
    createdAt: () => momentCell(context, row.created_at),
  };
}

/** How long ago, with the exact time on hover. */
const momentCell = ({ locale, deps }: ViewerContext, moment: Date): CellView => ({
  text: formatRelative(moment, deps.now(), locale),
  title: formatDateTime(moment, locale),
});

function filterFields(
  context: ViewerContext,
  query: CustomerListQuery,
  sources: readonly string[],
): readonly FieldView[] {
  const { t } = context;
  const specs: readonly FieldSpec[] = [
    { name: 'kind', label: 'customers.kind', kind: 'select', options: kindOptions(context) },
    { name: 'gender', label: 'customers.gender', kind: 'select', options: genderOptions(context, true) },
    {
      name: 'source',
      label: 'customers.source',
      kind: 'select',
      options: sources.map((source) => ({ value: source, label: source })),
    },
    { name: 'city', label: 'customers.city', kind: 'text' },
    {
      name: 'owner',
      label: 'customers.owner',
      kind: 'select',
      options: [
        { value: 'me', label: t('customers.ownerMe') },
        { value: 'shared', label: t('customers.ownerShared') },
        { value: 'none', label: t('customers.ownerNone') },
      ],
    },
    { name: 'createdFrom', label: 'customers.createdFrom', kind: 'date' },
    { name: 'createdTo', label: 'customers.createdTo', kind: 'date' },
    {
      name: 'nextFollowUp',
      label: 'customers.nextFollowUp',
      kind: 'select',
      options: plannedChoices.map((choice) => ({ value: choice, label: t(`followUps.due.${choice}`) })),
    },
    { name: 'notContactedSince', label: 'customers.notContactedSince', kind: 'date' },
    lateFilterSpec(t),
    { name: 'poolSoon', label: 'publicPool.fallsSoon', kind: 'checkbox' },
  ];
  return formView(t, specs, { ...query }).fields;
}

/** The filters that are set, in words; the export's information sheet says the same. */
export function describeFilters(
  context: ViewerContext,
  query: CustomerListQuery,
  choices: Pick<FilterChoices, 'tags' | 'tiers' | 'segments' | 'customFields'>,
): ActiveFilter[] {
  const { t, locale } = context;
  const owner =
    query.owner === 'me'
      ? t('customers.ownerMe')
      : query.owner === 'shared'
        ? t('customers.ownerShared')
        : query.owner === 'none'
          ? t('customers.ownerNone')
          : t('customers.ownerChosen');
  const said: readonly (readonly [string, string | null | undefined, string])[] = [
    ['ids', query.ids?.join(','), t('customers.chosenRows', { count: query.ids?.length ?? 0 })],
    ['kind', query.kind, `${t('customers.kind')}: ${query.kind ? t(`customers.kind.${query.kind}`) : ''}`],
    [
      'gender',
      query.gender,
      `${t('customers.gender')}: ${query.gender ? t(`customers.gender.${query.gender}`) : ''}`,
    ],
    ['source', query.source, `${t('customers.source')}: ${query.source ?? ''}`],
    ['city', query.city, `${t('customers.city')}: ${query.city ?? ''}`],
    ['owner', query.owner, `${t('customers.owner')}: ${owner}`],
    [
      'createdFrom',
      query.createdFrom,
      `${t('customers.createdFrom')}: ${formatDay(query.createdFrom || null, locale)}`,
    ],
    [
      'createdTo',
      query.createdTo,
      `${t('customers.createdTo')}: ${formatDay(query.createdTo || null, locale)}`,
    ],
    [
      'nextFollowUp',
      query.nextFollowUp,
      `${t('customers.nextFollowUp')}: ${query.nextFollowUp ? t(`followUps.due.${query.nextFollowUp}`) : ''}`,
    ],
    [
      'notContactedSince',
      query.notContactedSince,
      `${t('customers.notContactedSince')}: ${formatDay(query.notContactedSince || null, locale)}`,
    ],
    [
      'late',
      query.late,
      `${t('visitRhythm.late')}: ${query.late ? t(`visitRhythm.group.${query.late}`) : ''}`,
    ],
    ['poolSoon', query.poolSoon, t('publicPool.fallsSoon')],
  ];
  return [
    ...said.flatMap(([parameter, value, label]) => (value ? [{ parameter, value, label }] : [])),
    ...describeTierFilter(t, choices.tiers, query.tier),
    ...describeSegmentFilter(t, choices.segments, query.segment),
    ...describeProfileFilters(context, query, choices),
  ];
}

export const kindOptions = ({ t }: ViewerContext) =>
  customerKinds.map((kind) => ({ value: kind, label: t(`customers.kind.${kind}`) }));

/** Genders as choices; a filter can also ask for customers without one. */
export function genderOptions({ t }: ViewerContext, withNone = false) {
  const names = withNone ? [...genders, 'none' as const] : genders;
  return names.map((gender) => ({ value: gender, label: t(`customers.gender.${gender}`) }));
}

/** The customer that was searched for is there, but in somebody else's care. */
function elsewhereView({ t }: ViewerContext, elsewhere: readonly SimilarCustomer[]): ListView['empty'] {
  const hints = elsewhere.map((match) => ownerHint(t, match));
  return {
    title: t('customers.foundElsewhere'),
    hint: [...new Set(hints)].join(t('common.listSeparator')),
    actionLabel: '',
    actionHref: '',
  };
}

function emptyView({ t, viewer }: ViewerContext): ListView['empty'] {
  const mayImport = can(viewer, 'imports:run');
  const mayCreate = can(viewer, 'customers:create');
  return {
    title: t('customers.empty'),
    hint: t(mayImport ? 'customers.emptyImportHint' : 'customers.emptyHint'),
    actionLabel: mayImport ? t('imports.new') : mayCreate ? t('customers.new') : '',
    actionHref: mayImport ? '/imports/new' : mayCreate ? '/customers/new' : '',
  };
}
