import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, type Reply } from '../../core/reply.js';
import { readAssignments } from '../assignment/assignment.queries.js';
import type { RefusedForm } from '../customers/refused-form.js';
import { prepareEntry, type ChosenOffer } from '../canned-answers/prepared-entry.js';
import { readDeadlineBasis } from '../deadlines/deadline-basis.queries.js';
import { readRequestSurveys } from '../evaluations/evaluation-card.queries.js';
import { listLinks } from '../personal-links/personal-links.queries.js';
import { linkedCarded, readLinkedRequests } from '../request-links/linked-requests.queries.js';
import { readPresence } from '../request-presence/request-presence.queries.js';
import { readReturnVisit } from '../return-visits/return-visit.queries.js';
import { readRequestChoices } from './request-choices.queries.js';
import { requestShowView } from './request-show.views.js';
import { readRequestTimeline } from './request-timeline.queries.js';
import { findRequest } from './service-requests.queries.js';

export interface ShownRequest {
  /** The timeline from this moment back. */
  readonly before?: Date | undefined;
  /** What the answer box begins with. */
  readonly chosen?: ChosenOffer;
  /** An answer that could not be taken. */
  readonly refused?: { readonly values: FormValues; readonly problems: readonly Problem[] };
  /** A file that could not be taken. */
  readonly refusedFile?: RefusedForm;
}

/** The page of a request's record. @throws NotFound */
export async function showRequest(
  context: ViewerContext,
  id: string,
  { before, chosen = {}, refused, refusedFile }: ShownRequest = {},
): Promise<Reply> {
  const [request, timeline, basis, assignments, choices, visit, surveys, links, linked, presence] =
    await Promise.all([
      findRequest(context, id),
      readRequestTimeline(context, id, before),
      readDeadlineBasis(context, id),
      readAssignments(context, id),
      readRequestChoices(context),
      readReturnVisit(context, id),
      readRequestSurveys(context, id),
      listLinks(context, { requestId: id }),
      readLinkedRequests(context, id, linkedCarded),
      readPresence(context, id),
    ]);
  const prepared = request.can_work ? await prepareEntry(context, request, chosen) : undefined;
  const surroundings = {
    timeline,
    basis,
    assignments,
    choices,
    visit,
    surveys,
    links,
    linked,
    presence,
    prepared,
    refused,
    refusedFile,
  };
  return page('service-requests/show', requestShowView(context, request, surroundings), {
    status: refused || refusedFile ? 422 : 200,
  });
}
