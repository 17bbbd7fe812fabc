import { fragment, redirect } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { RequestParams } from '../service-requests/service-requests.schemas.js';
import { keptText } from './draft-line.js';
import { DiscardForm, DraftForm } from './request-drafts.schemas.js';
import { discardDraft, keepDraft } from './request-drafts.service.js';

export const requestDraftRoutes = [
  route.post('/service-requests/:id/draft', {
    permission: 'service-requests:work',
    params: RequestParams,
    body: DraftForm,
    handler: async (context, { params, body }) =>
      fragment('request-drafts/_line', {
        kept: keptText(context, await keepDraft(context, params.id, body)),
      }),
  }),
  route.post('/service-requests/:id/draft/deletion', {
    permission: 'service-requests:work',
    params: RequestParams,
    body: DiscardForm,
    handler: async (context, { params }) => {
      await discardDraft(context, params.id);
      return redirect(`/service-requests/${params.id}`, { kind: 'success', key: 'requestDrafts.discarded' });
    },
  }),
];
