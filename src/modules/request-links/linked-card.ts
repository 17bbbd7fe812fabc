import type { ViewerContext } from '../../core/context.js';
import type { RequestRecord } from '../service-requests/service-requests.queries.js';
import { linkedItem, type LinkedItemView } from './linked-item.js';
import type { LinkedRequest } from './linked-requests.queries.js';

/** The card of linked requests on a record. */
export interface LinkedCardView {
  readonly items: readonly LinkedItemView[];
  /** The page with all of them, where links are added too; label '' for nothing to show or add. */
  readonly moreHref: string;
  readonly moreLabel: string;
}

/** The card of linked requests on a record. */
export function linkedCard(
  context: ViewerContext,
  request: Pick<RequestRecord, 'id' | 'can_work'>,
  linked: readonly LinkedRequest[],
): LinkedCardView {
  const { t } = context;
  const total = linked[0]?.total ?? 0;
  const all = total > linked.length ? t('requestLinks.all', { count: total }) : '';
  return {
    items: linked.map((each) => linkedItem(context, { id: request.id, canWork: request.can_work }, each)),
    moreHref: `/service-requests/${request.id}/links`,
    moreLabel: all === '' && request.can_work ? t('requestLinks.add') : all,
  };
}
