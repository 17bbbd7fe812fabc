import type { ViewerContext } from '../../core/context.js';
import { can } from '../../core/viewer.js';
import type { PageActionView } from '../../core/views/page-header-view.js';

/** What can be planned for a customer, as buttons of their record. */
export function serviceActions({ t, viewer }: ViewerContext, customerId: string): PageActionView[] {
  if (!can(viewer, 'service-requests:create')) return [];
  const action = (label: string, path: string, icon: string): PageActionView => ({
    ...{ label, href: `${path}/new?customerId=${customerId}`, icon, emphasis: 'plain', shortcut: '' },
  });
  return [
    action(t('returnVisits.new'), '/return-visits', 'calendar-event'),
    action(t('recurringRequests.one'), '/recurring-requests', 'clock'),
  ];
}
