import type { Translate } from '../../core/i18n.js';
import type { PageActionView } from '../../core/views/page-header-view.js';

/** The way from a customer's record to the links of their personal page; none for those who may not make one. */
export const personalLinksAction = (
  { t }: { readonly t: Translate },
  { id, can_edit }: { readonly id: string; readonly can_edit: boolean },
): PageActionView[] =>
  can_edit
    ? [
        {
          ...{ label: t('customers.personalLinks'), href: `/customers/${id}/personal-links` },
          ...{ icon: 'external-link', emphasis: 'plain', shortcut: '' },
        },
      ]
    : [];
