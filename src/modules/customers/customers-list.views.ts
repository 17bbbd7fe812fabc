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
import { listView, type ActiveFilter, type ListColumn } from '../../core/list-builder.js';
import type { CellView, ListView } from '../../core/list-view.js';
import type { ListResult } from '../../core/list.js';
import type { PageHeaderView } from '../../core/page-header-view.js';
import { maskPhone } from '../../core/phone.js';
import { can } from '../../core/viewer.js';
import { dueCell } from '../follow-ups/due-text.js';
import { openContact } from './contact-details.js';
import { customerOrder, defaultCustomerOrder, today, type CustomerListRow } from './customers.queries.js';
import { genders, plannedChoices, type CustomerListQuery } from './customers.schemas.js';

export interface CustomersIndexView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly list: ListView;
}

const columns: readonly ListColumn[] = [
  { name: 'name', label: 'customers.name', sort: 'name' },
  { name: 'customerNo', label: 'customers.customerNo', sort: 'customerNo' },
  { name: 'phone', label: 'customers.phone' },
  { name: 'gender', label: 'customers.gender' },
  { name: 'age', label: 'customers.age', numeric: true },
  { name: 'city', label: 'customers.city' },
  { name: 'source', label: 'customers.source' },
  { name: 'owner', label: 'customers.owner' },
  { name: 'purchaseCount', label: 'customers.purchaseCount', numeric: true },
  { name: 'totalAmount', label: 'customers.totalAmount', sort: 'totalAmount', numeric: true },
  { name: 'lastPurchaseOn', label: 'customers.lastPurchaseOn', sort: 'lastPurchaseOn' },
  { name: 'nextFollowUp', label: 'customers.nextFollowUp', sort: 'nextFollowUp' },
  { name: 'lastContact', label: 'customers.lastContact', sort: 'lastContact' },
  { name: 'createdAt', label: 'customers.createdAt', sort: 'createdAt' },
];

/** The customer list with its filters in words. */
export function customersIndexView(
  context: ViewerContext,
  query: CustomerListQuery,
  result: ListResult<CustomerListRow>,
  sources: readonly string[],
): CustomersIndexView {
  const { t, locale, viewer } = context;
  const list = listView({
    t,
    locale,
    path: '/customers',
    query: query.q ?? '',
    searchPlaceholder: 'customers.searchPlaceholder',
    order: customerOrder(query),
    defaultOrder: defaultCustomerOrder,
    filters: filterFields(context, query, sources),
    activeFilters: describeFilters(context, query),
    columns,
    result,
    row: (row) => ({ href: `/customers/${row.id}`, cells: cells(context, row) }),
    downloads: can(viewer, 'customers:export')
      ? [
          { label: 'Excel', href: '/customers.xlsx' },
          { label: 'CSV', href: '/customers.csv' },
        ]
      : [],
    empty: emptyView(context),
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
  return { title, header: { title, count: list.count, subtitle: '', trail: [], actions }, list };
}

function cells(context: ViewerContext, row: CustomerListRow & { id: string }): CellView[] {
  const { t, locale, deps } = context;
  const phone = openContact(deps.cipher, row.id, 'phone', row.phone_encrypted);
  const age = row.birth_date === null ? undefined : ageInYears(row.birth_date, today(context));
  return [
    { text: row.name },
    { text: row.customer_no },
    { text: phone === null ? '' : maskPhone(phone) },
    { text: row.gender === null ? '' : t(`customers.gender.${row.gender}`) },
    {
      text: age === undefined ? '' : formatNumber(age, locale),
      title: formatDay(row.birth_date, locale),
      numeric: true,
    },
    { text: row.city ?? '' },
    { text: row.source ?? '' },
    { text: row.owner_name ?? '' },
    { text: formatNumber(row.purchase_count, locale), numeric: true },
    { text: formatMoney(row.total_amount, locale), numeric: true },
    { text: formatDay(row.last_purchase_on, locale) },
    row.next_follow_up_on === null
      ? { text: '' }
      : dueCell(context, { due_on: row.next_follow_up_on, due_minute: null }),
    row.last_contact_at === null
      ? { text: '' }
      : {
          text: formatRelative(row.last_contact_at, deps.now(), locale),
          title: formatDateTime(row.last_contact_at, locale),
        },
    {
      text: formatRelative(row.created_at, deps.now(), locale),
      title: formatDateTime(row.created_at, locale),
    },
  ];
}

function filterFields(
  context: ViewerContext,
  query: CustomerListQuery,
  sources: readonly string[],
): readonly FieldView[] {
  const { t } = context;
  const specs: readonly FieldSpec[] = [
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
  ];
  return formView(t, specs, { ...query }).fields;
}

/** The filters that are set, in words; the export's information sheet says the same. */
export function describeFilters(context: ViewerContext, query: CustomerListQuery): ActiveFilter[] {
  const { t, locale } = context;
  const owner =
    query.owner === 'me'
      ? t('customers.ownerMe')
      : query.owner === 'none'
        ? t('customers.ownerNone')
        : t('customers.ownerChosen');
  const said: readonly (readonly [string, string | null | undefined, string])[] = [
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
  ];
  return said.flatMap(([parameter, value, label]) => (value ? [{ parameter, value, label }] : []));
}

/** Genders as choices; a filter can also ask for customers without one. */
export function genderOptions({ t }: ViewerContext, withNone = false) {
  const names = withNone ? [...genders, 'none' as const] : genders;
  return names.map((gender) => ({ value: gender, label: t(`customers.gender.${gender}`) }));
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
