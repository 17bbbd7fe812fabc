import type { ViewerContext } from '../../core/context.js';
import { formatCappedCount } from '../../core/format.js';
import { lowCountCap } from '../../core/lists/list.js';
import type { TimelineItemView } from '../../core/views/timeline-view.js';
import { can } from '../../core/viewer.js';
import { requestItem } from '../service-requests/requests-card.js';
import type { HomeRequests } from './home-requests.queries.js';
import type { HomeNumberView, HomeSectionView } from './home.views.js';

const requestsShown = 5;

/** How many requests are late or with nobody, for those who supervise. */
export function requestNumbers(
  { t, locale, viewer }: ViewerContext,
  { late, unassigned }: HomeRequests,
): HomeNumberView[] {
  if (!can(viewer, 'service-requests:supervise')) return [];
  const number = (label: string, count: number, href: string): HomeNumberView => ({
    label,
    value: formatCappedCount(count, lowCountCap, locale),
    href,
    isUrgent: count > 0,
  });
  return [
    number(t('home.lateRequests'), late, '/service-requests?category=open&late=yes'),
    number(t('home.unassignedRequests'), unassigned, '/service-requests?group=unassigned'),
  ];
}

/** The viewer's own open requests, what is due first on top. */
export function ownRequestsSection(context: ViewerContext, { mine }: HomeRequests): HomeSectionView {
  const { t } = context;
  const items = mine.slice(0, requestsShown).map((request): TimelineItemView => {
    const { number, subject, href, state, due } = requestItem(context, request);
    return {
      icon: 'headset',
      title: subject,
      text: `${number} · ${state.text}`,
      when: due.text,
      whenExact: due.title ?? '',
      href,
    };
  });
  return {
    id: 'own-requests',
    title: t('home.ownRequests'),
    timeline: { items, emptyText: t('home.noRequests'), olderHref: '' },
    allHref: '/service-requests?group=mine',
  };
}
