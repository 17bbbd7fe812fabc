import type { ViewerContext } from '../../core/context.js';
import { pageHeader, type AdminConfirmView } from '../admin/admin-pages.js';
import { requestTrail } from './request-trail.js';
import type { RequestRecord } from './service-requests.queries.js';

/** The page before a deletion. */
export function requestDeletionView(context: ViewerContext, request: RequestRecord): AdminConfirmView {
  const { t } = context;
  const title = t('serviceRequests.delete', { number: request.request_no });
  const path = `/service-requests/${request.id}`;
  return {
    title,
    header: pageHeader(title, { trail: requestTrail(context, request) }),
    confirm: {
      action: `${path}/deletion`,
      question: t('serviceRequests.deleteQuestion', {
        number: request.request_no,
        subject: request.subject,
      }),
      consequences: [t('serviceRequests.deleteKept'), t('serviceRequests.deleteUndo')],
      hidden: [{ name: 'version', value: String(request.version) }],
      confirmLabel: t('form.delete'),
      cancelHref: path,
      isDestructive: true,
    },
  };
}
