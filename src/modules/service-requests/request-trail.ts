import type { ViewerContext } from '../../core/context.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import type { RequestRecord } from './service-requests.queries.js';

/** The way up from pages below that of a request. */
export const requestTrail = (
  { t }: Pick<ViewerContext, 't'>,
  { id, request_no: number }: Pick<RequestRecord, 'id' | 'request_no'>,
): PageHeaderView['trail'] => [
  { label: t('navigation.serviceRequests'), href: '/service-requests' },
  { label: number, href: `/service-requests/${id}` },
];
