import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldView, type FormValues, type ProblemView } from '../../core/form.js';
import { closedPicker, type AnswerPickerView } from '../canned-answers/answer-picker.js';
import type { PreparedEntry } from '../canned-answers/prepared-entry.js';
import { draftLine, type DraftLineView } from '../request-drafts/draft-line.js';
import type { RequestDraft } from '../request-drafts/request-draft.js';
import { entrySpecs } from './entry-form.js';
import { requestsPath } from './requests-list.views.js';
import type { RequestRecord } from './service-requests.queries.js';

export interface EntryFormView {
  readonly action: string;
  readonly id: string;
  /** The article that the words were taken from; '' for none. */
  readonly articleId: string;
  /** The search for something to answer with. */
  readonly picker: AnswerPickerView;
  readonly problems: readonly ProblemView[];
  readonly fields: readonly FieldView[];
  readonly draft: DraftLineView;
}

/** What the answer box of a request's record begins with: what was refused, or the draft and what was chosen. */
export function entryFormView(
  context: ViewerContext,
  request: RequestRecord,
  prepared?: PreparedEntry,
  refused?: { readonly values: FormValues; readonly problems: readonly Problem[] },
): EntryFormView {
  const { t } = context;
  const begun = refused?.values ?? begunEntry(request.draft, prepared);
  const values: FormValues = { kind: 'reply', channel: request.channel, ...begun };
  const { fields, problems } = formView(t, entrySpecs(t, request), values, refused?.problems);
  const { id, articleId } = values;
  return {
    action: `${requestsPath}/${request.id}/entries`,
    id: typeof id === 'string' ? id : newId(),
    articleId: typeof articleId === 'string' ? articleId : '',
    picker: closedPicker(request.id),
    problems,
    fields,
    draft: draftLine(context, request.id, request.draft ?? undefined),
  };
}

/** What was chosen comes after the draft, unless it stands there already. */
function begunEntry(draft: RequestDraft | null, prepared?: PreparedEntry): FormValues {
  const { kind, body } = draft ?? {};
  const begun = draft ? { kind, body } : {};
  if (!prepared || body?.includes(prepared.body)) return begun;
  return { ...begun, ...prepared, body: body === undefined ? prepared.body : `${body}\n${prepared.body}` };
}
