import type { ViewerContext } from '../../core/context.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import type { CustomerRecord } from '../customers/customers.queries.js';
import { customerTrail } from '../customers/customer-trail.js';
import { handedOverView, type HandedOverView } from './handed-over.js';
import { linksCardView, type LinksCardView } from './links-card.js';
import type { LinkRow } from './personal-links.queries.js';

/** The page with the links to a customer's own page. */
export interface CustomerLinksView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly linksCard: LinksCardView;
}

export function customerLinksView(
  context: ViewerContext,
  customer: CustomerRecord,
  rows: readonly LinkRow[],
): CustomerLinksView {
  const title = context.t('personalLinks.title');
  const card = { kind: 'customer', id: customer.id, canEdit: customer.can_edit } as const;
  return {
    title,
    header: { title, count: '', subtitle: '', trail: customerTrail(context, customer), actions: [] },
    linksCard: linksCardView(context, card, rows),
  };
}

/** A link that was just made. */
export const newLinkView = (
  { t, deps }: ViewerContext,
  kind: 'request' | 'customer',
  ownerId: string,
  token: string,
): HandedOverView =>
  handedOverView({
    title: t('personalLinks.newLink'),
    explanation: t(kind === 'request' ? 'personalLinks.newRequestLink' : 'personalLinks.newCustomerLink'),
    address: `${deps.config.baseUrl}/p/${kind}/${token}`,
    backHref: kind === 'request' ? `/service-requests/${ownerId}` : `/customers/${ownerId}/personal-links`,
    backLabel: t(kind === 'request' ? 'personalLinks.backToRequest' : 'personalLinks.title'),
  });
