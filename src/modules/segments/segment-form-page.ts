import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, type Reply } from '../../core/reply.js';
import type { RuleVocabulary } from './check-rules.js';
import { readDraft } from './rule-drafts.js';
import { segmentCatalogue } from './segment-catalogue.js';
import { readSegmentChoices } from './segment-choices.queries.js';
import { segmentFormView, type ShownForm } from './segment-form.views.js';
import { findSegment } from './segments.queries.js';

/** What rules can ask and choose from at this moment. */
export async function readVocabulary(context: ViewerContext): Promise<RuleVocabulary> {
  const choices = await readSegmentChoices(context);
  return { catalogue: segmentCatalogue(choices.customFields), choices, t: context.t };
}

/** The page of a new segment, or the one that changes a segment. */
export async function formPage(context: ViewerContext, shown: ShownForm, status = 200): Promise<Reply> {
  const view = segmentFormView(context, await readVocabulary(context), shown);
  return page('segments/form', view, { status });
}

/** A refused form with everything that was typed. */
export async function refusedPage(
  context: ViewerContext,
  id: string | undefined,
  values: FormValues,
  problems: readonly Problem[],
): Promise<Reply> {
  const segment = id === undefined ? undefined : await findSegment(context, id);
  return formPage(context, { segment, values, draft: readDraft(values), problems }, 422);
}
