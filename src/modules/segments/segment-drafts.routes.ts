import type { ViewerContext } from '../../core/context.js';
import { InvalidInput } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readRules, type RuleVocabulary } from './check-rules.js';
import { countCustomers } from './count-customers.queries.js';
import { editDraft } from './edit-draft.js';
import { readVocabulary, refusedPage } from './segment-form-page.js';
import { countView, notCounted, segmentFormView, type CountView } from './segment-form.views.js';
import { segmentsPath } from './segments-path.js';
import { findSegment, type SegmentRecord } from './segments.queries.js';
import { SegmentDraftForm, SegmentParams, type SegmentDraft } from './segments.schemas.js';

const permission = 'segments:manage';

/** What the buttons of the form ask while it is being filled in. They save nothing. */
export const segmentDraftRoutes = [
  route.post(`${segmentsPath}/draft`, {
    permission,
    body: SegmentDraftForm,
    invalid: (context, { values, problems }) => refusedPage(context, undefined, values, problems),
    handler: (context, { body, typed }) => draftPage(context, undefined, body, typed),
  }),
  route.post(`${segmentsPath}/:id/draft`, {
    permission,
    params: SegmentParams,
    body: SegmentDraftForm,
    invalid: (context, { params, values, problems }) => refusedPage(context, params.id, values, problems),
    handler: async (context, { params, body, typed }) =>
      draftPage(context, await findSegment(context, params.id), body, typed),
  }),
];

/** The form again, with what the button did to the rules or how many customers fit. */
async function draftPage(
  context: ViewerContext,
  segment: SegmentRecord | undefined,
  body: SegmentDraft,
  values: FormValues,
): Promise<Reply> {
  const vocabulary = await readVocabulary(context);
  const draft = editDraft(body.rules, body.edit);
  const count = body.edit.kind === 'count' ? await countDraft(context, body, vocabulary) : notCounted;
  return page('segments/form', segmentFormView(context, vocabulary, { segment, values, draft, count }));
}

async function countDraft(
  context: ViewerContext,
  { rules }: SegmentDraft,
  vocabulary: RuleVocabulary,
): Promise<CountView> {
  try {
    const finished = readRules(rules, vocabulary);
    return countView(context, await countCustomers(context, finished, vocabulary.catalogue));
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return { text: context.t('segments.count.unfinished'), examples: '' };
  }
}
