import type { ViewerContext } from '../../core/context.js';
import type { DefinitionView } from '../../core/definition-view.js';
import {
  ageInYears,
  formatDateTime,
  formatDay,
  formatMoney,
  formatNumber,
  formatRelative,
} from '../../core/format.js';
import { maskEmail, maskText } from '../../core/mask.js';
import type { PageActionView, PageHeaderView } from '../../core/page-header-view.js';
import { formatPhoneForDisplay, maskPhone } from '../../core/phone.js';
import type { TimelineItemView, TimelineView } from '../../core/timeline-view.js';
import { can } from '../../core/viewer.js';
import { contactFields, openContact, type ContactField } from './contact-details.js';
import { customerLabel } from './customer-labels.js';
import { timelinePageSize, type TimelineRow } from './customer-timeline.queries.js';
import { today, type CustomerRecord } from './customers.queries.js';

export interface ContactItemView {
  readonly field: ContactField;
  readonly label: string;
  readonly masked: string;
  /** Address that shows the value by POST; '' when the viewer may not see it or there is none. */
  readonly revealAction: string;
}

export interface CustomerShowView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly contacts: readonly ContactItemView[];
  readonly summary: readonly DefinitionView[];
  readonly consumption: readonly DefinitionView[];
  readonly remark: string;
  readonly timeline: TimelineView;
  readonly newPurchaseHref: string;
}

/** The record of one customer. */
export function customerShowView(
  context: ViewerContext,
  customer: CustomerRecord,
  timeline: readonly TimelineRow[],
): CustomerShowView {
  const { t } = context;
  const title = customer.name;
  const masked = maskedContact(context, customer);
  return {
    title,
    header: {
      title,
      count: '',
      subtitle: customer.customer_no,
      trail: [{ label: t('navigation.customers'), href: '/customers' }],
      actions: actions(context, customer),
    },
    contacts: contactFields.map((field) => ({
      field,
      label: t(`customers.${field}`),
      masked: masked[field],
      revealAction:
        customer.can_reveal && masked[field] !== '' ? `/customers/${customer.id}/contact/${field}` : '',
    })),
    summary: summary(context, customer),
    consumption: consumption(context, customer),
    remark: customer.remark ?? '',
    timeline: timelineView(context, customer, timeline),
    newPurchaseHref: customer.can_add_purchases ? `/customers/${customer.id}/purchases/new` : '',
  };
}

/** Contact data as everybody may see it; '' where there is none. */
export function maskedContact(
  { deps }: ViewerContext,
  customer: CustomerRecord,
): Record<ContactField, string> {
  const plain = (field: ContactField): string =>
    openContact(deps.cipher, customer.id, field, customer[`${field}_encrypted`]) ?? '';
  const masked = (text: string, mask: (text: string) => string): string => (text === '' ? '' : mask(text));
  return {
    phone: masked(plain('phone'), maskPhone),
    email: masked(plain('email'), maskEmail),
    wechat: masked(plain('wechat'), maskText),
    address: masked(plain('address'), maskText),
  };
}

/** A revealed value, grouped for reading. */
export const revealedText = (field: ContactField, value: string): string =>
  field === 'phone' ? formatPhoneForDisplay(value) : value;

function actions({ t, viewer }: ViewerContext, customer: CustomerRecord): PageActionView[] {
  const path = `/customers/${customer.id}`;
  return [
    ...(customer.can_edit
      ? [
          {
            label: t('form.edit'),
            href: `${path}/edit`,
            icon: 'pencil',
            emphasis: 'primary' as const,
            shortcut: 'e' as const,
          },
        ]
      : []),
    ...(can(viewer, 'audit-log:read')
      ? [
          {
            label: t('customers.history'),
            href: `/admin/audit-log?table=customers&record=${customer.id}`,
            icon: 'history',
            emphasis: 'plain' as const,
            shortcut: '' as const,
          },
        ]
      : []),
    ...(customer.can_delete
      ? [
          {
            label: t('form.delete'),
            href: `${path}/deletion`,
            icon: 'trash',
            emphasis: 'danger' as const,
            shortcut: '' as const,
          },
        ]
      : []),
  ];
}

function summary(context: ViewerContext, customer: CustomerRecord): DefinitionView[] {
  const { t, locale, deps } = context;
  return [
    {
      label: t('customers.gender'),
      value: { text: customer.gender ? t(`customers.gender.${customer.gender}`) : '' },
    },
    { label: t('customers.birthDate'), value: { text: birthText(context, customer) } },
    { label: t('customers.city'), value: { text: customer.city ?? '' } },
    { label: t('customers.source'), value: { text: customer.source ?? '' } },
    { label: t('customers.firstVisitOn'), value: { text: formatDay(customer.first_visit_on, locale) } },
    { label: t('customers.owner'), value: { text: customer.owner_name ?? t('customers.ownerNone') } },
    { label: t('customers.team'), value: { text: customer.team_name ?? '' } },
    { label: t('customers.branch'), value: { text: customer.branch_name ?? '' } },
    {
      label: t('customers.createdAt'),
      value: {
        text: formatRelative(customer.created_at, deps.now(), locale),
        title: formatDateTime(customer.created_at, locale),
      },
    },
  ];
}

function birthText(context: ViewerContext, customer: CustomerRecord): string {
  const { t, locale } = context;
  if (customer.birth_date === null) return '';
  const age = ageInYears(customer.birth_date, today(context));
  const day = formatDay(customer.birth_date, locale);
  const calendar = customer.birth_calendar === 'lunar' ? ` ${t('customers.birthCalendar.lunar')}` : '';
  return age === undefined
    ? `${day}${calendar}`
    : t('customers.birthWithAge', { day: `${day}${calendar}`, count: age });
}

function consumption({ t, locale }: ViewerContext, customer: CustomerRecord): DefinitionView[] {
  return [
    { label: t('customers.totalAmount'), value: { text: formatMoney(customer.total_amount, locale) } },
    { label: t('customers.purchaseCount'), value: { text: formatNumber(customer.purchase_count, locale) } },
    { label: t('customers.refundCount'), value: { text: formatNumber(customer.refund_count, locale) } },
    { label: t('customers.firstPurchaseOn'), value: { text: formatDay(customer.first_purchase_on, locale) } },
    { label: t('customers.lastPurchaseOn'), value: { text: formatDay(customer.last_purchase_on, locale) } },
  ];
}

function timelineView(
  context: ViewerContext,
  customer: CustomerRecord,
  rows: readonly TimelineRow[],
): TimelineView {
  const shown = rows.slice(0, timelinePageSize);
  const last = shown.at(-1);
  const olderHref =
    rows.length > timelinePageSize && last ? `/customers/${customer.id}?before=${last.at.toISOString()}` : '';
  return {
    items: shown.map((row) =>
      row.kind === 'purchase' ? purchaseItem(context, row) : changeItem(context, row),
    ),
    emptyText: context.t('customers.timelineEmpty'),
    olderHref,
  };
}

function purchaseItem({ t, locale, deps }: ViewerContext, row: TimelineRow): TimelineItemView {
  const amount = row.amount ?? '0';
  const isRefund = amount.startsWith('-');
  const details = [
    row.title,
    row.quantity !== null && row.quantity !== 1 ? `× ${formatNumber(row.quantity, locale)}` : '',
  ];
  return {
    icon: isRefund ? 'arrow-back-up' : 'receipt',
    title: t(isRefund ? 'customers.timeline.refund' : 'customers.timeline.purchase', {
      amount: formatMoney(amount, locale),
    }),
    text: details.filter((part) => part !== '').join(' '),
    when: formatRelative(row.at, deps.now(), locale),
    whenExact: formatDay(row.at.toISOString().slice(0, 10), locale),
    href: '',
  };
}

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
