import type { Translate } from '../../core/i18n.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';

/** Whose record a page stands below. */
export interface NamedCustomer {
  readonly id: string;
  readonly name: string;
}

/** The way up from a page below a customer's record. */
export const customerTrail = (
  { t }: { readonly t: Translate },
  { id, name }: NamedCustomer,
): PageHeaderView['trail'] => [
  { label: t('navigation.customers'), href: '/customers' },
  { label: name, href: `/customers/${id}` },
];
