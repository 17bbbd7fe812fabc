import type { ViewerContext } from '../../core/context.js';
import { formatDateTime, formatDay, formatMoney, formatNumber, formatRelative } from '../../core/format.js';
import type { TimelineItemView, TimelineView } from '../../core/views/timeline-view.js';
import { can } from '../../core/viewer.js';
import { openFileName } from '../attachments/attachment.js';
import { channelIcons, contactTitle } from '../contact-records/contact-labels.js';
import { stateName } from '../request-states/state-name.js';
import { customerLabel } from './customer-labels.js';
import {
  summaryShown,
  timelinePageSize,
  type TimelineContact,
  type TimelineFollowUp,
  type TimelinePurchase,
  type TimelineRequest,
  type TimelineRow,
  type TimelineService,
} from './customer-timeline.queries.js';
import type { CustomerRecord } from './customers.queries.js';

/** Everything that happened with a customer, in one stream. */
export function customerTimelineView(
  context: ViewerContext,
  customer: CustomerRecord,
  rows: readonly TimelineRow[],
): TimelineView {
  const shown = rows.slice(0, timelinePageSize);
  const last = shown.at(-1);
  const olderHref =
    rows.length > timelinePageSize && last ? `/customers/${customer.id}?before=${last.at.toISOString()}` : '';
  return {
    items: shown.map((row) => itemOf(context, customer.id, row)),
    emptyText: context.t('customers.timelineEmpty'),
    olderHref,
  };
}

function itemOf(context: ViewerContext, customerId: string, row: TimelineRow): TimelineItemView {
  if (row.contact !== null) return contactItem(context, row, row.contact);
  if (row.follow_up !== null) return followUpItem(context, row, row.follow_up);
  if (row.service !== null) return serviceItem(context, row, row.service);
  if (row.request !== null) return requestItem(context, row, row.request);
  if (row.purchase !== null) return purchaseItem(context, row, row.purchase);
  if (row.sealed_file_name !== null) return fileItem(context, customerId, row, row.sealed_file_name);
  return changeItem(context, row);
}

function contactItem(
  { t, locale, deps }: ViewerContext,
  row: TimelineRow,
  contact: TimelineContact,
): TimelineItemView {
  const facts = [t(`contactRecords.outcome.${contact.outcome}`), row.actor_name ?? ''];
  const finished = contact.finished.map((action) => t('customers.timeline.finished', { action }));
  const texts = [
    facts.filter((fact) => fact !== '').join(t('common.listSeparator')),
    shorten(contact.summary),
    ...finished,
  ];
  return {
    icon: channelIcons[contact.channel],
    title: contactTitle(t, contact),
    text: texts.filter((text) => text !== '').join('\n'),
    when: formatRelative(row.at, deps.now(), locale),
    whenExact: formatDateTime(row.at, locale),
    href: `/contact-records/${row.id}`,
  };
}

const followUpIcons = { open: 'calendar-event', done: 'circle-check', cancelled: 'circle-x' } as const;

function followUpItem(
  { t, locale, deps }: ViewerContext,
  row: TimelineRow,
  followUp: TimelineFollowUp,
): TimelineItemView {
  return {
    icon: followUpIcons[followUp.state],
    title: t(`followUps.chain.${followUp.state}`, {
      action: followUp.action,
      day: formatDay(followUp.due_on, locale),
      owner: row.actor_name ?? '',
    }),
    text: followUp.reason ?? '',
    when: formatRelative(row.at, deps.now(), locale),
    whenExact: formatDateTime(row.at, locale),
    href: `/follow-ups/${row.id}`,
  };
}

function serviceItem(
  { t, locale, deps }: ViewerContext,
  row: TimelineRow,
  { thing, thing_id: thingId, work }: TimelineService,
): TimelineItemView {
  return {
    icon: 'settings',
    title: t('customers.timeline.service', { thing }),
    text: [work, row.actor_name ?? ''].filter((text) => text !== '').join('\n'),
    when: formatRelative(row.at, deps.now(), locale),
    whenExact: formatDay(row.at.toISOString().slice(0, 10), locale),
    href: `/served-things/${thingId}`,
  };
}

const requestItem = (
  { t, locale, deps }: ViewerContext,
  row: TimelineRow,
  { number, subject, state }: TimelineRequest,
): TimelineItemView => ({
  icon: 'headset',
  title: t('customers.timeline.request', { number, subject }),
  text: [t('customers.timeline.requestState', { state: stateName(t, state) }), row.actor_name ?? '']
    .filter((text) => text !== '')
    .join('\n'),
  when: formatRelative(row.at, deps.now(), locale),
  whenExact: formatDateTime(row.at, locale),
  href: `/service-requests/${row.id}`,
});

/** The stream shows the beginning of a long text; its own page shows all of it. */
function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= summaryShown ? text : `${characters.slice(0, summaryShown).join('')}…`;
}

function purchaseItem(
  { t, locale, deps }: ViewerContext,
  row: TimelineRow,
  { item, amount, quantity, purchase_no: number, branch }: TimelinePurchase,
): TimelineItemView {
  const isRefund = amount.startsWith('-');
  const bought = [item ?? '', quantity === 1 ? '' : `× ${formatNumber(quantity, locale)}`];
  const facts = [
    branch,
    row.actor_name,
    number === null ? null : t('customers.timeline.receipt', { number }),
  ];
  const texts = [
    bought.filter((part) => part !== '').join(' '),
    facts.filter((fact) => fact !== null).join(t('common.listSeparator')),
  ];
  return {
    icon: isRefund ? 'arrow-back-up' : 'receipt',
    title: t(isRefund ? 'customers.timeline.refund' : 'customers.timeline.purchase', {
      amount: formatMoney(amount.replace(/^-/, ''), locale),
    }),
    text: texts.filter((text) => text !== '').join('\n'),
    when: formatRelative(row.at, deps.now(), locale),
    whenExact: formatDay(row.at.toISOString().slice(0, 10), locale),
    href: `/purchases/${row.id}`,
  };
}

const fileItem = (
  { t, locale, deps }: ViewerContext,
  customerId: string,
  row: TimelineRow,
  sealedName: string,
): TimelineItemView => ({
  icon: 'upload',
  title: t('customers.timeline.attachment', { name: row.actor_name ?? t('attachments.fromCustomer') }),
  text: openFileName(deps.cipher, row.id, sealedName),
  when: formatRelative(row.at, deps.now(), locale),
  whenExact: formatDateTime(row.at, locale),
  href: `/customers/${customerId}/attachments/${row.id}`,
});

function changeItem({ t, locale, viewer, deps }: ViewerContext, row: TimelineRow): TimelineItemView {
  const name = row.actor_name ?? '';
  const labels = (row.changed_columns ?? []).flatMap((column) => {
    const label = customerLabel(column);
    return label ? [t(label)] : [];
  });
  const isCreation = row.changed_columns?.includes('id') ?? false;
  return {
    icon: isCreation ? 'user-plus' : 'pencil',
    title: t(isCreation ? 'customers.timeline.created' : 'customers.timeline.changed', { name }),
    text: isCreation ? '' : labels.join(t('common.listSeparator')),
    when: formatRelative(row.at, deps.now(), locale),
    whenExact: formatDateTime(row.at, locale),
    href: can(viewer, 'audit-log:read') ? `/admin/audit-log/${row.id}` : '',
  };
}
