import type { ViewerContext } from '../../core/context.js';
import { fragment, page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { findRequest } from '../service-requests/service-requests.queries.js';
import { RequestParams } from '../service-requests/service-requests.schemas.js';
import { findCandidates } from './candidates.queries.js';
import { countMoving, findMergePair } from './merge-requests.queries.js';
import { ChangedSinceCompared, mergeRequests } from './merge-requests.service.js';
import { chooseMergeView, compareMergeView, mergeCandidates } from './merge-requests.views.js';
import { CandidateQuery, MergeForm, MergeQuery } from './request-links.schemas.js';

const permission = 'service-requests:work';
const path = '/service-requests/:id/merge';
const params = RequestParams;

export const mergeRequestRoutes = [
  route.get(path, {
    permission,
    params,
    query: MergeQuery,
    handler: (context, { params: { id }, query: { into, q } }) =>
      into === undefined ? showChoice(context, id, q) : showComparison(context, id, into),
  }),
  route.get(`${path}/candidates`, {
    permission,
    params,
    query: CandidateQuery,
    handler: async (context, { params: { id }, query: { q } }) => {
      const request = await findRequest(context, id, { permission });
      const candidates = await findCandidates(context, request, q);
      return fragment('request-links/_candidates', {
        picker: mergeCandidates(context, request, candidates),
      });
    },
  }),
  route.post(path, {
    permission,
    params,
    body: MergeForm,
    handler: async (context, { params: { id }, body }) => {
      try {
        const { actionId, going, staying } = await mergeRequests(context, id, body);
        return redirect(`/service-requests/${body.into}`, {
          kind: 'success',
          key: 'requestMerge.merged',
          params: { going, staying },
          undo: `/recent-actions/${actionId}/undo`,
        });
      } catch (error) {
        if (error instanceof ChangedSinceCompared)
          return showComparison(context, id, body.into, context.t('duplicates.changedMeanwhile'));
        throw error;
      }
    },
  }),
];

async function showChoice(context: ViewerContext, id: string, typed: string | null): Promise<Reply> {
  const request = await findRequest(context, id, { permission });
  const candidates = await findCandidates(context, request, typed);
  return page('request-links/choose-merge', chooseMergeView(context, request, typed ?? '', candidates));
}

/** The two side by side; again, when one of them was changed meanwhile. */
async function showComparison(
  context: ViewerContext,
  id: string,
  intoId: string,
  notice = '',
): Promise<Reply> {
  const pair = await findMergePair(context, id, intoId);
  const view = compareMergeView(context, pair, await countMoving(context, pair), notice);
  return page('request-links/merge', view, { status: notice === '' ? 200 : 409 });
}
