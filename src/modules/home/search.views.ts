import type { ViewerContext } from '../../core/context.js';
import { formatCappedCount, formatDateTime, formatRelative } from '../../core/format.js';
import type { ListResult } from '../../core/lists/list.js';
import type { TimelineItemView } from '../../core/views/timeline-view.js';
import type { CustomerListRow } from '../customers/customer-list-row.js';
import { stateName } from '../request-states/state-name.js';
import { requestsFound, type FoundRequest } from '../service-requests/search-requests.queries.js';
import type { HomeSectionView, HomeView } from './home.views.js';

const customersShown = 8;

/** What a search found among customers and among requests. */
export function searchView(
  context: ViewerContext,
  text: string,
  customers: ListResult<CustomerListRow>,
  requests: readonly FoundRequest[],
): HomeView {
  const title = context.t('home.found', { text });
  return {
    title,
    header: { title, count: '', subtitle: '', trail: [], actions: [] },
    numbers: [],
    sections: [customerSection(context, text, customers), requestSection(context, text, requests)],
  };
}

function customerSection(
  { t, locale, deps }: ViewerContext,
  text: string,
  { rows, count, countCap }: ListResult<CustomerListRow>,
): HomeSectionView {
  const items = rows.slice(0, customersShown).map((customer): TimelineItemView => ({
    icon: 'users',
    title: customer.name,
    text: customer.customer_no,
    when: formatRelative(customer.created_at, deps.now(), locale),
    whenExact: formatDateTime(customer.created_at, locale),
    href: `/customers/${customer.id}`,
  }));
  return {
    id: 'found-customers',
    title: t('home.foundCustomers', { number: formatCappedCount(count, countCap, locale) }),
    timeline: { items, emptyText: '', olderHref: '' },
    allHref: `/customers?q=${encodeURIComponent(text)}`,
  };
}

function requestSection(
  { t, locale, deps }: ViewerContext,
  text: string,
  requests: readonly FoundRequest[],
): HomeSectionView {
  const items = requests.slice(0, requestsFound).map((request): TimelineItemView => ({
    icon: 'headset',
    title: request.subject,
    text: [request.request_no, stateName(t, request.state), request.customer_name ?? '']
      .filter((part) => part !== '')
      .join(' · '),
    when: formatRelative(request.received_at, deps.now(), locale),
    whenExact: formatDateTime(request.received_at, locale),
    href: `/service-requests/${request.id}`,
  }));
  return {
    id: 'found-requests',
    title: t('navigation.serviceRequests'),
    timeline: { items, emptyText: '', olderHref: '' },
    allHref: `/service-requests?q=${encodeURIComponent(text)}`,
  };
}
