import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldView, type FormValues, type ProblemView } from '../../core/form.js';
import { closedPicker, type AnswerPickerView } from '../canned-answers/answer-picker.js';
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
}

/** The answer box of a request's record; with what was typed after a refusal. */
export function entryFormView(
  { t }: ViewerContext,
  request: RequestRecord,
  typed: FormValues = {},
  wrong?: readonly Problem[],
): EntryFormView {
  const values: FormValues = { kind: 'reply', channel: request.channel, ...typed };
  const { fields, problems } = formView(t, entrySpecs(t, request), values, wrong);
  const { id, articleId } = values;
  return {
    action: `${requestsPath}/${request.id}/entries`,
    id: typeof id === 'string' ? id : newId(),
    articleId: typeof articleId === 'string' ? articleId : '',
    picker: closedPicker(request.id),
    problems,
    fields,
  };
}
