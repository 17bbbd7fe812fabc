import type { ViewerContext } from '../../core/context.js';
import type { CellView } from '../../core/lists/list-view.js';
import { can } from '../../core/viewer.js';
import { stateName } from '../request-states/state-name.js';
import type { CardedRequest } from './carded-request.js';
import { dueCellOf } from './request-due.js';

export interface RequestItemView {
  readonly number: string;
  readonly subject: string;
  readonly href: string;
  readonly state: CellView;
  readonly due: CellView;
}

export interface RequestsCardView {
  readonly requests: readonly RequestItemView[];
  readonly emptyText: string;
  readonly allHref: string;
  readonly allLabel: string;
  /** '' for those who may not take in requests. */
  readonly newHref: string;
}

/** The open requests on a customer's record; undefined for those who may not read requests. */
export function customerRequestsCard(
  context: ViewerContext,
  customerId: string,
  requests: readonly CardedRequest[],
): RequestsCardView | undefined {
  const { t, viewer } = context;
  if (!can(viewer, 'service-requests:read')) return undefined;
  return {
    requests: requests.map((request) => requestItem(context, request)),
    emptyText: t('serviceRequests.noneOpen'),
    allHref: `/service-requests?customer=${customerId}`,
    allLabel: t('serviceRequests.allOfCustomer'),
    newHref: newRequestHref(context, { customerId }),
  };
}

/** One request in a few words: number, subject, state, and when it is due. */
export const requestItem = (context: ViewerContext, request: CardedRequest): RequestItemView => ({
  number: request.request_no,
  subject: request.subject,
  href: `/service-requests/${request.id}`,
  state: { text: stateName(context.t, request.state), badge: request.state.color },
  due: dueCellOf(context, request),
});

/** The form for a new request with what is known beforehand; '' for those who may not take in requests. */
export const newRequestHref = (
  { viewer }: ViewerContext,
  known: Readonly<Record<'customerId', string> & Partial<Record<'servedThingId', string>>>,
): string =>
  can(viewer, 'service-requests:create')
    ? `/service-requests/new?${new URLSearchParams(known).toString()}`
    : '';
