import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import {
  formView,
  type FieldSpec,
  type FieldView,
  type FormValues,
  type ProblemView,
} from '../../core/form.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { pageHeader } from '../admin/admin-pages.js';
import { requestTrail } from '../service-requests/request-trail.js';
import type { RequestRecord } from '../service-requests/service-requests.queries.js';
import { candidatesView, type CandidatesView } from './candidates.js';
import type { Candidate } from './candidates.queries.js';
import { linkedItem, type LinkedItemView } from './linked-item.js';
import type { LinkedRequest } from './linked-requests.queries.js';
import { chosenKinds } from './relation-kind.js';

export interface LinkFormView extends CandidatesView {
  readonly action: string;
  readonly id: string;
  readonly problems: readonly ProblemView[];
  readonly search: FieldView;
  readonly kind: FieldView;
  readonly searchPath: string;
}

export interface LinksView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly items: readonly LinkedItemView[];
  /** Absent for those who may not work the request. */
  readonly form: LinkFormView | undefined;
}

/** What the page of links shows besides the request. */
export interface LinksParts {
  readonly linked: readonly LinkedRequest[];
  readonly candidates: readonly Candidate[];
  readonly values?: FormValues;
  readonly problems?: readonly Problem[];
}

/** The page that lists the links of a request and adds one. */
export function linksView(context: ViewerContext, request: RequestRecord, parts: LinksParts): LinksView {
  const title = context.t('requestLinks.of', { number: request.request_no });
  return {
    title,
    header: pageHeader(title, { subtitle: request.subject, trail: requestTrail(context, request) }),
    items: parts.linked.map((each) =>
      linkedItem(context, { id: request.id, canWork: request.can_work }, each),
    ),
    form: request.can_work ? linkForm(context, request, parts) : undefined,
  };
}

function linkForm(
  context: ViewerContext,
  { id: requestId }: RequestRecord,
  { candidates, values = {}, problems = [] }: LinksParts,
): LinkFormView {
  const { t } = context;
  const action = `/service-requests/${requestId}/links`;
  const search = formView(t, [searchSpec], values, problems);
  const kind = formView(t, [kindSpec(t)], { kind: 'related', ...values }, problems);
  const { id, otherId } = values;
  return {
    action,
    id: typeof id === 'string' ? id : newId(),
    problems: search.problems,
    search: only(search.fields),
    kind: only(kind.fields),
    searchPath: `${action}/candidates`,
    ...candidatesView(context, candidates, { chosenId: typeof otherId === 'string' ? otherId : undefined }),
  };
}

const searchSpec: FieldSpec = {
  name: 'q',
  label: 'requestLinks.other',
  kind: 'text',
  maxLength: 200,
  help: 'requestLinks.otherHelp',
};

const kindSpec = (t: ViewerContext['t']): FieldSpec => ({
  name: 'kind',
  label: 'requestLinks.kind',
  kind: 'select',
  required: true,
  options: chosenKinds.map((value) => ({ value, label: t(`requestLinks.from.${value}`) })),
});

function only(fields: readonly FieldView[]): FieldView {
  const [field] = fields;
  if (!field) throw new Error('a form without its field');
  return field;
}
