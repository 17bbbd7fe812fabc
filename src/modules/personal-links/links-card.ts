import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import { dayOf, formatDateTime, formatDay } from '../../core/format.js';
import type { LinkRow } from './personal-links.queries.js';

interface LinkView {
  readonly made: string;
  readonly state: string;
  readonly isLive: boolean;
  /** Address that revokes it by POST; '' for a dead one, or for those who may not. */
  readonly revokeAction: string;
}

/** The personal links of a record; `makeAction` is '' for those who may not make one. */
export interface LinksCardView {
  readonly explanation: string;
  readonly links: readonly LinkView[];
  readonly makeAction: string;
  readonly newId: string;
}

interface CardOf {
  readonly kind: 'request' | 'customer';
  readonly id: string;
  readonly canEdit: boolean;
}

/** The card of personal links on a request or a customer. */
export function linksCardView(
  { t, locale, deps }: ViewerContext,
  { kind, id, canEdit }: CardOf,
  rows: readonly LinkRow[],
): LinksCardView {
  const path = `/${kind === 'request' ? 'service-requests' : 'customers'}/${id}`;
  return {
    explanation: t(kind === 'request' ? 'personalLinks.requestCard' : 'personalLinks.customerCard'),
    links: rows.map((row) => {
      const isLive = row.revoked_at === null && row.expires_at > deps.now();
      const day = formatDay(dayOf(row.revoked_at ?? row.expires_at), locale);
      const word = row.revoked_at ? 'revoked' : isLive ? 'live' : 'expired';
      return {
        made: t('personalLinks.made', {
          time: formatDateTime(row.created_at, locale),
          name: row.created_by_name ?? '–',
        }),
        state: t(`personalLinks.state.${word}`, { day }),
        isLive,
        revokeAction: canEdit && isLive ? `${path}/personal-links/${row.id}/revocation` : '',
      };
    }),
    makeAction: canEdit ? `${path}/personal-link` : '',
    newId: newId(),
  };
}
