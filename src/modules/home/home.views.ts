import type { ViewerContext } from '../../core/context.js';
import { formatCappedCount, formatDateTime, formatRelative } from '../../core/format.js';
import { countCap } from '../../core/lists/list.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import type { TimelineItemView, TimelineView } from '../../core/views/timeline-view.js';
import { can } from '../../core/viewer.js';
import { dueText } from '../follow-ups/due-text.js';
import { bucketCap, type DueFollowUp } from '../follow-ups/follow-up-list.queries.js';
import { ownRequestsSection, requestNumbers } from './home-requests.views.js';
import type { HomeNumbers, OwnFollowUps, TouchedCustomer } from './home.queries.js';

export interface HomeNumberView {
  readonly label: string;
  readonly value: string;
  /** The rows behind the number. */
  readonly href: string;
  readonly isUrgent: boolean;
}

/** A part of the start page: what there is, and where all of it is. */
export interface HomeSectionView {
  readonly id: string;
  readonly title: string;
  readonly timeline: TimelineView;
  readonly allHref: string;
}

export interface HomeView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly numbers: readonly HomeNumberView[];
  readonly sections: readonly HomeSectionView[];
}

export interface HomeContent {
  readonly numbers: HomeNumbers;
  /** Absent for those who may not read customers. */
  readonly touched: readonly TouchedCustomer[] | undefined;
  /** Absent for those who may not plan. */
  readonly followUps: OwnFollowUps | undefined;
}

/** The start page of a signed-in user: what is due, how much there is, and what they worked on last. */
export function homeView(context: ViewerContext, { numbers, touched, followUps }: HomeContent): HomeView {
  const { t, locale, viewer, deps } = context;
  const title = t('home.greeting', { name: viewer.name });
  const requests = can(viewer, 'service-requests:read') ? numbers.requests : undefined;
  return {
    title,
    header: { title, count: '', subtitle: formatDateTime(deps.now(), locale), trail: [], actions: [] },
    numbers: [
      ...(followUps ? followUpNumbers(context, followUps) : []),
      ...(requests ? requestNumbers(context, requests) : []),
      ...(touched ? customerNumbers(context, numbers) : []),
    ],
    sections: [
      ...(followUps ? [dueSection(context, followUps.due)] : []),
      ...(requests ? [ownRequestsSection(context, requests)] : []),
      ...(touched ? [touchedSection(context, touched)] : []),
    ],
  };
}

function followUpNumbers({ t, locale }: ViewerContext, { counts }: OwnFollowUps): HomeNumberView[] {
  return (['overdue', 'today', 'week'] as const).map((bucket) => {
    const count = counts.get(bucket) ?? 0;
    return {
      label: t(`home.followUps.${bucket}`),
      value: formatCappedCount(count, bucketCap, locale),
      href: `/follow-ups?due=${bucket}`,
      isUrgent: bucket === 'overdue' && count > 0,
    };
  });
}

function customerNumbers({ t, locale, deps }: ViewerContext, numbers: HomeNumbers): HomeNumberView[] {
  const weekAgo = new Date(deps.now().getTime() - 7 * 86_400_000).toISOString().slice(0, 10);
  const number = (label: string, count: number, href: string): HomeNumberView => ({
    label,
    value: formatCappedCount(count, countCap, locale),
    href,
    isUrgent: false,
  });
  return [
    number(t('home.ownCustomers'), numbers.own_customers, '/customers?owner=me'),
    number(t('home.newCustomers'), numbers.new_customers, `/customers?createdFrom=${weekAgo}`),
  ];
}

function dueSection(context: ViewerContext, due: readonly DueFollowUp[]): HomeSectionView {
  const { t } = context;
  const items = due.map((followUp): TimelineItemView => {
    const { text, title } = dueText(context, followUp);
    return {
      icon: 'calendar-event',
      title: followUp.customer_name,
      text: followUp.action,
      when: text,
      whenExact: title,
      href: `/follow-ups/${followUp.id}`,
    };
  });
  return {
    id: 'due',
    title: t('home.due'),
    timeline: { items, emptyText: t('home.nothingDue'), olderHref: '' },
    allHref: '/follow-ups',
  };
}

function touchedSection(
  { t, locale, deps }: ViewerContext,
  touched: readonly TouchedCustomer[],
): HomeSectionView {
  const items = touched.map((customer): TimelineItemView => ({
    icon: 'users',
    title: customer.name,
    text: customer.customer_no,
    when: formatRelative(customer.at, deps.now(), locale),
    whenExact: formatDateTime(customer.at, locale),
    href: `/customers/${customer.id}`,
  }));
  return {
    id: 'touched',
    title: t('home.touched'),
    timeline: { items, emptyText: t('home.nothingTouched'), olderHref: '' },
    allHref: '/customers?sort=-updatedAt',
  };
}
