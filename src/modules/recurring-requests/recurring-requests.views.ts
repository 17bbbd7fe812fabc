import type { ViewerContext } from '../../core/context.js';
import { formView } from '../../core/form.js';
import { formatDay } from '../../core/format.js';
import { listView, type ListColumn } from '../../core/lists/list-builder.js';
import type { CellView } from '../../core/lists/list-view.js';
import type { ListResult } from '../../core/lists/list.js';
import { activeFilters } from '../admin/active-filters.js';
import { pageHeader, type AdminConfirmView, type AdminListView } from '../admin/admin-pages.js';
import { typeName } from '../request-types/type-name.js';
import { recurrenceText } from './recurrence-text.js';
import { defaultRecurringOrder, type RecurringRecord } from './recurring-requests.queries.js';
import { recurringStates, type RecurringQuery } from './recurring-requests.schemas.js';

export const recurringPath = '/recurring-requests';

const columns: readonly ListColumn[] = [
  { name: 'subject', label: 'serviceRequests.subject' },
  { name: 'customer', label: 'serviceRequests.customer' },
  { name: 'type', label: 'requestTypes.type' },
  { name: 'rule', label: 'recurringRequests.rule' },
  { name: 'next', label: 'recurringRequests.next', sort: 'next' },
  { name: 'assignee', label: 'serviceRequests.assignee' },
];

/** Recurring requests of the viewer's customers. */
export function recurringListView(
  context: ViewerContext,
  query: RecurringQuery,
  result: ListResult<RecurringRecord>,
): AdminListView {
  const { t, locale } = context;
  const options = recurringStates.map((state) => ({
    value: state,
    label: t(`recurringRequests.state.${state}`),
  }));
  const { fields: filters } = formView(
    t,
    [{ name: 'state', label: 'recurringRequests.state', kind: 'select', options }],
    { ...query },
  );
  const ofCustomer = {
    parameter: 'customer',
    value: query.customer ?? '',
    label: t('recurringRequests.ofCustomer', { name: result.rows[0]?.customerName ?? '' }),
  };
  const list = listView({
    t,
    locale,
    path: recurringPath,
    query: query.q ?? '',
    searchPlaceholder: 'recurringRequests.searchPlaceholder',
    order: query.sort ?? defaultRecurringOrder,
    defaultOrder: defaultRecurringOrder,
    filters,
    activeFilters: [...(query.customer ? [ofCustomer] : []), ...activeFilters(filters, locale)],
    columns,
    result,
    row: (row) => ({ href: `${recurringPath}/${row.id}/edit`, cells: cells(context, row) }),
    empty: {
      title: t('recurringRequests.empty'),
      hint: t('recurringRequests.emptyHint'),
      actionLabel: t('navigation.customers'),
      actionHref: '/customers',
    },
  });
  const hidden = query.customer ? [...list.hidden, { name: 'customer', value: query.customer }] : list.hidden;
  const title = t('recurringRequests.title');
  return {
    title,
    header: pageHeader(title, {
      count: list.count,
      subtitle: t('recurringRequests.about'),
      trail: [{ label: t('navigation.serviceRequests'), href: '/service-requests' }],
    }),
    notice: '',
    list: { ...list, hidden },
  };
}

function cells(context: ViewerContext, row: RecurringRecord): CellView[] {
  const { t, locale } = context;
  return [
    { text: row.subject },
    { text: row.customerName, href: `/customers/${row.customerId}` },
    { text: typeName(t, { name: row.typeName, shippedKey: row.typeKey }) },
    { text: recurrenceText(context, row) },
    row.nextOn === null
      ? { text: t('recurringRequests.state.stopped'), badge: 'secondary' }
      : { text: formatDay(row.nextOn, locale) },
    { text: row.assigneeName ?? t('serviceRequests.nobody') },
  ];
}

export const recurringTrail = ({ t }: ViewerContext) => [
  { label: t('navigation.serviceRequests'), href: '/service-requests' },
  { label: t('recurringRequests.title'), href: recurringPath },
];

/** What can be done to a recurring request as a whole, by the end of its address. */
export const recurringVerbs = { pause: 'paused', end: 'ended', deletion: 'deleted' } as const;
export type RecurringVerb = keyof typeof recurringVerbs | 'resumption';

/** The page before it is paused, ended, deleted or runs again. */
export function recurringConfirmView(
  context: ViewerContext,
  id: string,
  { subject, version }: RecurringRecord,
  verb: RecurringVerb,
): AdminConfirmView {
  const { t } = context;
  const title = t(`recurringRequests.${verb}`);
  return {
    title,
    header: pageHeader(title, { trail: recurringTrail(context) }),
    confirm: {
      action: `${recurringPath}/${id}/${verb}`,
      question: t(`recurringRequests.${verb}Question`, { subject }),
      consequences: [t('recurringRequests.openedStay')],
      hidden: [{ name: 'version', value: String(version) }],
      confirmLabel: title,
      cancelHref: `${recurringPath}/${id}/edit`,
      isDestructive: verb === 'deletion',
    },
  };
}
