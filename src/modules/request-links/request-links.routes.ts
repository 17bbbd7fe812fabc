import type { ViewerContext } from '../../core/context.js';
import { InvalidInput, type Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { fragment, page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { findRequest } from '../service-requests/service-requests.queries.js';
import { RequestParams } from '../service-requests/service-requests.schemas.js';
import { candidatesView } from './candidates.js';
import { findCandidates } from './candidates.queries.js';
import { mostLinked, readLinkedRequests } from './linked-requests.queries.js';
import { CandidateQuery, LinkForm, LinkParams, NoFields } from './request-links.schemas.js';
import { linkRequests, unlinkRequests } from './request-links.service.js';
import { linksView } from './request-links.views.js';

const path = '/service-requests/:id/links';
const params = RequestParams;

export const requestLinkRoutes = [
  route.get(path, {
    permission: 'service-requests:read',
    params,
    handler: (context, { params: { id } }) => linksPage(context, id),
  }),
  route.get(`${path}/candidates`, {
    permission: 'service-requests:work',
    params,
    query: CandidateQuery,
    handler: async (context, { params: { id }, query: { q } }) => {
      const candidates = await findCandidates(context, await findRequest(context, id), q);
      return fragment('request-links/_candidates', { picker: candidatesView(context, candidates) });
    },
  }),
  route.post(path, {
    permission: 'service-requests:work',
    params,
    body: LinkForm,
    invalid: (context, { params: { id }, values, problems }) => linksPage(context, id, values, problems),
    handler: async (context, { params: { id }, body, typed }) => {
      if (body.find) return linksPage(context, id, typed);
      try {
        await linkRequests(context, id, { ...body, otherId: await chosenOther(context, id, body) });
      } catch (error) {
        if (error instanceof InvalidInput) return linksPage(context, id, typed, error.problems);
        throw error;
      }
      return redirect(`/service-requests/${id}`, { kind: 'success', key: 'requestLinks.linked' });
    },
  }),
  route.post(`${path}/:linkId/removal`, {
    permission: 'service-requests:work',
    params: LinkParams,
    body: NoFields,
    handler: async (context, { params: { id, linkId } }) => {
      const actionId = await unlinkRequests(context, id, linkId);
      return redirect(`/service-requests/${id}`, {
        kind: 'success',
        key: 'requestLinks.removed',
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];

/** The one that was ticked, or the only one that what was typed may mean. @throws InvalidInput */
async function chosenOther(context: ViewerContext, id: string, { otherId, q }: LinkForm): Promise<string> {
  if (otherId !== null) return otherId;
  const found = q === null ? [] : await findCandidates(context, await findRequest(context, id), q);
  const [candidate, another] = found;
  if (q !== null && !candidate) throw InvalidInput.field('q', 'requestLinks.notSeen');
  if (!candidate || another) throw InvalidInput.field('q', 'requestLinks.chooseOne');
  return candidate.id;
}

async function linksPage(
  context: ViewerContext,
  id: string,
  values: FormValues = {},
  problems: readonly Problem[] = [],
): Promise<Reply> {
  const request = await findRequest(context, id);
  const typed = CandidateQuery.safeParse({ q: values['q'] }).data?.q ?? null;
  const [linked, candidates] = await Promise.all([
    readLinkedRequests(context, id, mostLinked),
    request.can_work ? findCandidates(context, request, typed) : [],
  ]);
  return page('request-links/index', linksView(context, request, { linked, candidates, values, problems }), {
    status: problems.length > 0 ? 422 : 200,
  });
}
