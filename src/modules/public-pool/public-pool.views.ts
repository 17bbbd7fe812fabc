import type { ViewerContext } from '../../core/context.js';
import { formView } from '../../core/form.js';
import { dayOf, formatDateTime, formatDay, formatMoney, formatRelative } from '../../core/format.js';
import { listView, type ListColumn } from '../../core/lists/list-builder.js';
import type { CellView, ListView } from '../../core/lists/list-view.js';
import type { ListResult } from '../../core/lists/list.js';
import { can } from '../../core/viewer.js';
import { activeFilters } from '../admin/active-filters.js';
import { pageHeader, type AdminConfirmView, type AdminListView } from '../admin/admin-pages.js';
import type { Choice } from '../customers/customer-choices.queries.js';
import { tierFilter } from '../tiers/tier-filter.js';
import { defaultPoolPolicy, type PoolPolicy } from './pool-policy.js';
import { poolPolicyPath } from './pool-policy.views.js';
import { defaultPoolOrder, type PooledCustomer, type ReleasableCustomer } from './public-pool.queries.js';
import type { PublicPoolQuery } from './public-pool.schemas.js';
import { customerTrail } from '../customers/customer-trail.js';

const path = '/public-pool';

const columns: readonly ListColumn[] = [
  { name: 'name', label: 'customers.name', sort: 'name' },
  { name: 'tier', label: 'tiers.tier' },
  { name: 'city', label: 'customers.city' },
  { name: 'lastPurchaseOn', label: 'customers.lastPurchaseOn', sort: 'lastPurchaseOn' },
  { name: 'totalAmount', label: 'customers.totalAmount', sort: 'totalAmount', numeric: true },
  { name: 'since', label: 'publicPool.inPoolSince', sort: 'since' },
  { name: 'reason', label: 'publicPool.why' },
  { name: 'previousOwner', label: 'publicPool.previousOwner' },
];

/**
 * The customers whom anybody with the permission can claim.
 * @param policy for an empty pool, which says how customers come here.
 */
export function publicPoolView(
  context: ViewerContext,
  query: PublicPoolQuery,
  result: ListResult<PooledCustomer>,
  tiers: readonly Choice[],
  policy: PoolPolicy = defaultPoolPolicy,
): AdminListView {
  const { t, locale, viewer } = context;
  const title = t('publicPool.title');
  const previousOwners = [{ value: 'me', label: t('customers.ownerMe') }];
  const fields = formView(
    t,
    [
      { name: 'city', label: 'customers.city', kind: 'text' },
      { name: 'previousOwner', label: 'publicPool.previousOwner', kind: 'select', options: previousOwners },
    ],
    { ...query },
  ).fields;
  const filters = [...tierFilter(t, tiers, query.tier), ...fields];
  const list = listView({
    t,
    locale,
    path,
    query: query.q ?? '',
    searchPlaceholder: 'customers.searchPlaceholder',
    order: query.sort ?? defaultPoolOrder,
    defaultOrder: defaultPoolOrder,
    filters,
    activeFilters: activeFilters(filters, locale),
    columns,
    result,
    row: (row) => ({
      href: row.is_visible ? `/customers/${row.id}` : '',
      cells: cells(context, row),
      actions: [
        {
          label: t('publicPool.claim'),
          spokenLabel: t('publicPool.claimNamed', { name: row.name }),
          href: '',
          post: `${path}/${row.id}/claim`,
          isMain: true,
        },
      ],
    }),
    empty: emptyPool(context, policy),
  });
  const actions = can(viewer, 'public-pool:manage')
    ? [
        {
          label: t('publicPool.rules'),
          href: poolPolicyPath,
          icon: 'settings',
          emphasis: 'plain',
          shortcut: '',
        } as const,
      ]
    : [];
  return {
    title,
    header: pageHeader(title, { count: list.count, subtitle: t('publicPool.subtitle'), actions }),
    notice: '',
    list,
  };
}

/** What the pool is, how customers come here, and the next step that the viewer can take. */
function emptyPool({ t, viewer }: ViewerContext, { isOn }: PoolPolicy): ListView['empty'] {
  const texts = {
    title: t('publicPool.empty'),
    hint: t(isOn ? 'publicPool.emptyHint' : 'publicPool.emptyOffHint'),
  };
  if (!isOn && can(viewer, 'public-pool:manage'))
    return { ...texts, actionLabel: t('publicPool.setRules'), actionHref: poolPolicyPath };
  return can(viewer, 'customers:read')
    ? { ...texts, actionLabel: t('navigation.customers'), actionHref: '/customers' }
    : { ...texts, actionLabel: '', actionHref: '' };
}

function cells({ t, locale, deps }: ViewerContext, row: PooledCustomer): CellView[] {
  return [
    { text: row.name, title: row.customer_no },
    row.tier ? { text: row.tier.name, badge: row.tier.color } : { text: '' },
    { text: row.city ?? '' },
    { text: formatDay(row.last_purchase_on, locale) },
    { text: formatMoney(row.total_amount, locale), numeric: true },
    { text: formatRelative(row.since, deps.now(), locale), title: formatDateTime(row.since, locale) },
    { text: t(`publicPool.reason.${row.reason ?? 'noOwner'}`) },
    { text: row.previous_owner ?? '' },
  ];
}

/** The page before a customer is released: it says what will happen. */
export function releaseView(
  { t, deps, locale }: ViewerContext,
  customer: ReleasableCustomer,
): AdminConfirmView {
  const title = t('publicPool.release');
  const recordHref = `/customers/${customer.id}`;
  return {
    title,
    header: pageHeader(title, {
      trail: customerTrail({ t }, customer),
    }),
    confirm: {
      action: `${recordHref}/release`,
      question: t('publicPool.releaseQuestion', { name: customer.name }),
      consequences: [t('publicPool.releaseConsequence', { day: formatDay(dayOf(deps.now()), locale) })],
      hidden: [{ name: 'version', value: String(customer.version) }],
      confirmLabel: t('publicPool.release'),
      cancelHref: recordHref,
      isDestructive: false,
    },
  };
}
