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
import { customerOrder, defaultCustomerOrder, today, type CustomerListRow } from './customers.queries.js';
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
  const day = today(context);
  const list = listView({
    t,
    locale,
    path: '/customers',
    query: query.q ?? '',
    searchPlaceholder: 'customers.searchPlaceholder',
    order: customerOrder(query),
    defaultOrder: defaultCustomerOrder,
    filters: mainFilters(context, query, choices),
    moreFilters: moreFilters(context, query, choices),
    activeFilters: describeFilters(context, query, choices),
    columns: columnsWith(choices.customFields),
    columnChoice: { chosen: query.columns, isOpen: query.choose === 'columns' },
    viewId: query.view,
    bulk: { path: '/bulk-changes/new', actions: bulkActionOptions(context, customerSubject) },
    result,
    row: (row) => {
      const byColumn = cells(context, row, day);
      const own = customCells(context, row, choices.customFields);
      return {
        href: `/customers/${row.id}`,
        cells: [...customerColumns.map(({ name }) => byColumn[name]), ...own],
      };
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

/** The cells of custom fields, in the order of their columns. */
const customCells = (
  context: ViewerContext,
  { custom_values: values }: CustomerListRow,
  customFields: readonly CustomField[],
): (() => CellView)[] =>
  customFields.map((field) => () => ({
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
