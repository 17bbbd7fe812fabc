import type { ViewerContext } from '../../core/context.js';
import { formatDateTime, formatRelative } from '../../core/format.js';
import type { DefinitionView } from '../../core/views/definition-view.js';
import { typeName } from '../request-types/type-name.js';
import { priorityCell } from './request-labels.js';
import { requestsPath } from './requests-list.views.js';
import type { RequestRecord } from './service-requests.queries.js';

/** The summary of a request: whom it is for, what it is, where it came from and when. */
export function requestFacts(context: ViewerContext, request: RequestRecord): DefinitionView[] {
  const { t, locale, deps } = context;
  const { customer } = request;
  return [
    {
      label: t('serviceRequests.customer'),
      value:
        customer === null
          ? { text: '' }
          : {
              text: `${customer.name} ${customer.customerNo}`,
              ...(customer.isVisible ? { href: `/customers/${customer.id}` } : {}),
            },
    },
    ...(customer !== null && customer.openRequests > 0
      ? [
          {
            label: t('serviceRequests.othersOpen'),
            value: {
              text: String(customer.openRequests),
              href: `${requestsPath}?customer=${customer.id}&category=open`,
            },
          },
        ]
      : []),
    { label: t('serviceRequests.type'), value: { text: typeName(t, request.type) } },
    { label: t('serviceRequests.category'), value: { text: request.category?.path.join(' › ') ?? '' } },
    { label: t('serviceRequests.priority'), value: priorityCell(t, request.priority) },
    { label: t('serviceRequests.channel'), value: { text: t(`contactRecords.channel.${request.channel}`) } },
    ...(request.served_thing
      ? [
          {
            label: t('servedThings.thing'),
            value: { text: request.served_thing.name, href: `/served-things/${request.served_thing.id}` },
          },
        ]
      : []),
    ...(request.place === null
      ? []
      : [{ label: t('serviceRequests.place'), value: { text: request.place } }]),
    { label: t('customers.branch'), value: { text: request.branch?.name ?? '' } },
    { label: t('customers.team'), value: { text: request.team?.name ?? '' } },
    ...(request.source_no === null
      ? []
      : [{ label: t('serviceRequests.sourceNo'), value: { text: request.source_no } }]),
    ...((request.classified_by ?? []).length === 0
      ? []
      : [
          {
            label: t('serviceRequests.classifiedBy'),
            value: {
              text: (request.classified_by ?? []).map(({ name }) => name).join(t('common.listSeparator')),
            },
          },
        ]),
    {
      label: t('serviceRequests.receivedAt'),
      value: {
        text: formatRelative(request.received_at, deps.now(), locale),
        title: formatDateTime(request.received_at, locale),
      },
    },
    { label: t('serviceRequests.createdBy'), value: { text: request.created_by_name ?? '' } },
    ...(request.closed_at === null
      ? []
      : [
          {
            label: t('serviceRequests.closedAt'),
            value: { text: formatDateTime(request.closed_at, locale) },
          },
        ]),
    ...(request.reopen_count === 0
      ? []
      : [{ label: t('serviceRequests.reopenCount'), value: { text: String(request.reopen_count) } }]),
  ];
}
