import type { ViewerContext } from '../../core/context.js';
import { formatCappedCount, formatDateTime, formatRelative } from '../../core/format.js';
import { countCap } from '../../core/list.js';
import type { PageHeaderView } from '../../core/page-header-view.js';
import type { TimelineView } from '../../core/timeline-view.js';
import { can } from '../../core/viewer.js';
import type { HomeNumbers, TouchedCustomer } from './home.queries.js';

export interface HomeNumberView {
  readonly label: string;
  readonly value: string;
  /** The rows behind the number. */
  readonly href: string;
}

export interface HomeView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly numbers: readonly HomeNumberView[];
  readonly touched: TimelineView;
}

/** The start page of a signed-in user. */
export function homeView(
  context: ViewerContext,
  numbers: HomeNumbers | undefined,
  touched: readonly TouchedCustomer[],
): HomeView {
  const { t, locale, viewer, deps } = context;
  const title = t('home.greeting', { name: viewer.name });
  const weekAgo = new Date(deps.now().getTime() - 7 * 86_400_000).toISOString().slice(0, 10);
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
  return {
    title,
    header: { title, count: '', subtitle: formatDateTime(deps.now(), locale), trail: [], actions },
    numbers: numbers
      ? [
          {
            label: t('home.ownCustomers'),
            value: formatCappedCount(numbers.own_customers, countCap, locale),
            href: '/customers?owner=me',
          },
          {
            label: t('home.newCustomers'),
            value: formatCappedCount(numbers.new_customers, countCap, locale),
            href: `/customers?createdFrom=${weekAgo}`,
          },
        ]
      : [],
    touched: {
      items: touched.map((customer) => ({
        icon: 'users',
        title: customer.name,
        text: customer.customer_no,
        when: formatRelative(customer.at, deps.now(), locale),
        whenExact: formatDateTime(customer.at, locale),
        href: `/customers/${customer.id}`,
      })),
      emptyText: t('home.nothingTouched'),
      olderHref: '',
    },
  };
}
