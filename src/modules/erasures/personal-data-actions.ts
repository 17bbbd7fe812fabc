import type { ViewerContext } from '../../core/context.js';
import type { PageActionView } from '../../core/views/page-header-view.js';
import { can } from '../../core/viewer.js';

/** What can be done with all that is held about a person, for those who may. */
export function personalDataActions({ t, viewer }: ViewerContext, customerId: string): PageActionView[] {
  const path = `/customers/${customerId}`;
  const found: PageActionView[] = [];
  if (can(viewer, 'customers:export-personal-data'))
    found.push({
      label: t('personalData.export'),
      href: `${path}/personal-data`,
      icon: 'file-export',
      emphasis: 'plain',
      shortcut: '',
    });
  if (can(viewer, 'customers:erase')) found.push(erasureAction(t, customerId));
  return found;
}

/** The way to the page that erases a person. */
export const erasureAction = (t: ViewerContext['t'], customerId: string): PageActionView => ({
  label: t('erasures.erase'),
  href: `/customers/${customerId}/erasure`,
  icon: 'shield',
  emphasis: 'danger',
  shortcut: '',
});
