import type { ViewerContext } from '../../core/context.js';
import { formatDateTime } from '../../core/format.js';
import type { RequestRecord } from '../service-requests/service-requests.queries.js';
import type { PlaceName } from './fill-places.js';

/** What the places of an answer stand for in one request, when the viewer answers it. */
export const placeValues = (
  { viewer, locale }: ViewerContext,
  request: RequestRecord,
): Readonly<Record<PlaceName, string>> => ({
  customer: request.customer?.name ?? '',
  requestNo: request.request_no,
  staff: viewer.name,
  branch: request.branch?.name ?? '',
  dueTime: request.next_due_at === null ? '' : formatDateTime(request.next_due_at, locale),
});
