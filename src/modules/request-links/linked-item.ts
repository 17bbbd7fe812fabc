import type { ViewerContext } from '../../core/context.js';
import { stateName } from '../request-states/state-name.js';
import type { StateColor } from '../request-states/request-state.js';
import type { LinkedRequest } from './linked-requests.queries.js';

/** A linked request in a few words. */
export interface LinkedItemView {
  /** How it belongs to the request that is looked at. */
  readonly kind: string;
  /** Its subject, or that the viewer may not see it. */
  readonly subject: string;
  /** '' for one that the viewer may not see; so are number, state and assignee. */
  readonly href: string;
  readonly number: string;
  readonly state: { readonly text: string; readonly colour: StateColor } | undefined;
  readonly assignee: string;
  /** Address that takes the link away by POST; '' for those who may not. */
  readonly removal: string;
  /** The same for those who hear the page. */
  readonly spokenRemoval: string;
}

/** What the record and the page of links show of each. */
export function linkedItem(
  { t }: ViewerContext,
  request: { readonly id: string; readonly canWork: boolean },
  { id, kind, is_from: isFrom, other }: LinkedRequest,
): LinkedItemView {
  const subject = other?.subject ?? t('requestLinks.unseen');
  return {
    kind: t(`requestLinks.${isFrom ? 'from' : 'to'}.${kind}`),
    subject,
    href: other ? `/service-requests/${other.id}` : '',
    number: other?.requestNo ?? '',
    state: other ? { text: stateName(t, other.state), colour: other.state.color } : undefined,
    assignee: other ? (other.assignee ?? t('requestLinks.nobody')) : '',
    removal: request.canWork ? `/service-requests/${request.id}/links/${id}/removal` : '',
    spokenRemoval: t('requestLinks.removeSpoken', { subject: other?.requestNo ?? subject }),
  };
}
