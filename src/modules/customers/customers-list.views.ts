import type { ViewerContext } from '../../core/context.js';
import {
  ageInYears,
  formatDateTime,
  formatDay,
  formatMoney,
  formatNumber,
  formatRelative,
} from '../../core/format.js';
import { listView } from '../../core/lists/list-builder.js';
import type { CellView, ListView } from '../../core/lists/list-view.js';
import type { ListResult } from '../../core/lists/list.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { maskPhone } from '../../core/phone.js';
import { can } from '../../core/viewer.js';
import { dueCell } from '../follow-ups/due-text.js';
import { bulkActionOptions } from '../bulk-changes/bulk-actions.js';
import { customerSubject } from '../bulk-changes/customer-subject.js';
import type { SavedViewRow } from '../saved-views/saved-views.queries.js';
import { viewTabs, type ViewTabsView } from '../saved-views/view-tabs.js';
import type { CustomField } from '../custom-fields/custom-field.js';
import { customValueText } from '../custom-fields/custom-value-text.js';
import { openContact } from './contact-details.js';
import type { FilterChoices } from './customer-choices.queries.js';
import { columnsWith, customerColumns, type CustomerColumn } from './customer-columns.js';
import { describeFilters, mainFilters, moreFilters } from './customer-filters.views.js';
import type { CustomerListRow } from './customer-list-row.js';
import { customerOrder, defaultCustomerOrder, today } from './customers.queries.js';
import type { SimilarCustomer } from './similar-customers.queries.js';
import { ownerHint } from './similar-customers.views.js';
import type { CustomerListQuery } from './customers.schemas.js';

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
  const byColumn = cellMakers(context);
  const makers = [
    ...customerColumns.map(({ name }) => byColumn[name]),
    ...customCellMakers(context, choices.customFields),
  ];
  const list = listView({
    t,
    locale,
    path: '/customers',
    query: query.q ?? '',
    searchPlaceholder: 'customers.searchPlaceholder',
    order: customerOrder(query),
    defaultOrder: defaultCustomerOrder,
    filters: mainFilters(context, query, choices),
    moreFilters: { groups: moreFilters(context, query, choices), isOpen: query.choose === 'filters' },
    activeFilters: describeFilters(context, query, choices),
    columns: columnsWith(choices.customFields),
    columnChoice: { chosen: query.columns, isOpen: query.choose === 'columns' },
    viewId: query.view,
    bulk: { path: '/bulk-changes/new', actions: bulkActionOptions(context, customerSubject) },
    result,
    row: (row) => ({
      href: `/customers/${row.id}`,
      cells: (place) => makers[place]?.(row) ?? { text: '' },
    }),
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

type CellMaker = (row: CustomerListRow & { readonly id: string }) => CellView;

/** How the cells of a customer are made, by the names of their columns. */
function cellMakers(context: ViewerContext): Readonly<Record<CustomerColumn, CellMaker>> {
  const { t, locale, deps } = context;
  const day = today(context);
  return {
    name: (row) => ({ text: row.name }),
    customerNo: (row) => ({ text: row.customer_no }),
    phone: (row) => {
      const phone = openContact(deps.cipher, row.id, 'phone', row.phone_encrypted);
      return { text: phone === null ? '' : maskPhone(phone) };
    },
    kind: (row) => ({ text: t(`customers.kind.${row.kind}`) }),
    gender: (row) => ({ text: row.gender === null ? '' : t(`customers.gender.${row.gender}`) }),
    age: (row) => {
      const age = row.birth_date === null ? undefined : ageInYears(row.birth_date, day);
      const text = age === undefined ? '' : formatNumber(age, locale);
      return { text, title: formatDay(row.birth_date, locale), numeric: true };
    },
    birthDate: (row) => ({ text: formatDay(row.birth_date, locale) }),
    city: (row) => ({ text: row.city ?? '' }),
    tier: (row) => (row.tier ? { text: row.tier.name, badge: row.tier.color } : { text: '' }),
    tags: (row) => ({ text: row.tag_names.join(t('common.listSeparator')) }),
    source: (row) => ({ text: row.source ?? '' }),
    owner: (row) => ({ text: row.owner_name ?? '' }),
    team: (row) => ({ text: row.team_name ?? '' }),
    branch: (row) => ({ text: row.branch_name ?? '' }),
    firstVisitOn: (row) => ({ text: formatDay(row.first_visit_on, locale) }),
    purchaseCount: (row) => ({ text: formatNumber(row.purchase_count, locale), numeric: true }),
    totalAmount: (row) => ({ text: formatMoney(row.total_amount, locale), numeric: true }),
    lastPurchaseOn: (row) => ({ text: formatDay(row.last_purchase_on, locale) }),
    nextFollowUp: (row) =>
      row.next_follow_up_on === null
        ? { text: '' }
        : dueCell(context, { due_on: row.next_follow_up_on, due_minute: null }),
    lastContact: (row) =>
      row.last_contact_at === null ? { text: '' } : momentCell(context, row.last_contact_at),
    createdAt: (row) => momentCell(context, row.created_at),
  };
}

/** The same of custom fields, in the order of their columns. */
const customCellMakers = (context: ViewerContext, customFields: readonly CustomField[]): CellMaker[] =>
  customFields.map((field) => ({ custom_values: values }) => ({
    text: customValueText(context, field, values[field.key]),
    numeric: field.kind === 'number',
  }));

/** How long ago, with the exact time on hover. */
const momentCell = ({ locale, deps }: ViewerContext, moment: Date): CellView => ({
  text: formatRelative(moment, deps.now(), locale),
  title: formatDateTime(moment, locale),
});

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
