import type { ViewerContext } from '../../core/context.js';
import { formView, type FieldSpec, type FieldView } from '../../core/form.js';
import { formatDateTime } from '../../core/format.js';
import { isMessageKey } from '../../core/i18n.js';
import type { HiddenFieldView } from '../../core/views/edit-form-view.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { pageHeader } from '../admin/admin-pages.js';
import { stateName } from '../request-states/state-name.js';
import { typeName } from '../request-types/type-name.js';
import { requestTrail } from '../service-requests/request-trail.js';
import type { RequestRecord } from '../service-requests/service-requests.queries.js';
import { candidatesView, type CandidatesView } from './candidates.js';
import type { Candidate } from './candidates.queries.js';
import { mergedRequest, mergeProblem } from './merge-rules.js';
import type { MergePair, MovingCount } from './merge-requests.queries.js';

export interface ChooseMergeView extends CandidatesView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly path: string;
  readonly search: FieldView;
}

export interface CompareFactView {
  readonly label: string;
  /** One for each of the two, with its number. */
  readonly cells: readonly { readonly of: string; readonly text: string }[];
}

export interface CompareMergeView {
  readonly title: string;
  readonly header: PageHeaderView;
  /** Why the page is shown again; '' at first. */
  readonly notice: string;
  readonly action: string;
  readonly hidden: readonly HiddenFieldView[];
  readonly records: readonly { readonly role: string; readonly label: string; readonly href: string }[];
  readonly facts: readonly CompareFactView[];
  /** What happens, one sentence for each thing. */
  readonly consequences: readonly string[];
  /** The same two the other way round. */
  readonly swapHref: string;
  readonly cancelHref: string;
}

const mergePath = (id: string): string => `/service-requests/${id}/merge`;

/** The page that finds the request to merge into. */
export function chooseMergeView(
  context: ViewerContext,
  request: RequestRecord,
  typed: string,
  candidates: readonly Candidate[],
): ChooseMergeView {
  const { t } = context;
  const title = t('requestMerge.title', { number: request.request_no });
  const { fields } = formView(t, [searchSpec], { q: typed });
  const [search] = fields;
  if (!search) throw new Error('a form without its field');
  return {
    title,
    header: pageHeader(title, {
      subtitle: t('requestMerge.chooseHint'),
      trail: requestTrail(context, request),
    }),
    path: mergePath(request.id),
    search,
    ...mergeCandidates(context, request, candidates),
  };
}

const searchSpec: FieldSpec = {
  name: 'q',
  label: 'requestMerge.into',
  kind: 'text',
  maxLength: 200,
  help: 'requestLinks.otherHelp',
};

/** Requests to merge into, each a link to the comparison or with the reason why not. */
export const mergeCandidates = (
  context: ViewerContext,
  request: RequestRecord,
  candidates: readonly Candidate[],
): CandidatesView =>
  candidatesView(context, candidates, {
    hrefOf: ({ id }) => `${mergePath(request.id)}?into=${id}`,
    problemOf: ({ id, is_same_customer: isSame, state_category: category }) => {
      const customerId = isSame ? (request.customer?.id ?? null) : null;
      const problem = mergeProblem(mergedRequest(request), { id, customerId, isDone: category === 'done' });
      return problem ? context.t(problem) : '';
    },
  });

/** The two side by side, with what will happen in numbers. */
export function compareMergeView(
  context: ViewerContext,
  pair: MergePair,
  moving: readonly MovingCount[],
  notice = '',
): CompareMergeView {
  const { t } = context;
  const { going, staying } = pair;
  const title = t('requestMerge.compare', { going: going.request_no, staying: staying.request_no });
  const isReversible = mergeProblem(mergedRequest(staying), mergedRequest(going)) === undefined;
  return {
    title,
    header: pageHeader(title, { trail: requestTrail(context, going) }),
    notice,
    action: mergePath(going.id),
    hidden: [
      { name: 'into', value: staying.id },
      { name: 'version', value: String(going.version) },
      { name: 'intoVersion', value: String(staying.version) },
    ],
    records: [
      { role: t('requestMerge.goes'), label: going.request_no, href: `/service-requests/${going.id}` },
      { role: t('requestMerge.stays'), label: staying.request_no, href: `/service-requests/${staying.id}` },
    ],
    facts: compareFacts(context, [going, staying]),
    consequences: consequences(context, pair, moving),
    swapHref: isReversible ? `${mergePath(staying.id)}?into=${going.id}` : '',
    cancelHref: `/service-requests/${going.id}`,
  };
}

function compareFacts({ t, locale }: ViewerContext, both: readonly RequestRecord[]): CompareFactView[] {
  const fact = (label: string, valueOf: (request: RequestRecord) => string) => ({
    label,
    cells: both.map((request) => ({ of: request.request_no, text: valueOf(request) })),
  });
  return [
    fact(t('serviceRequests.subject'), ({ subject }) => subject),
    fact(t('serviceRequests.description'), ({ description }) => description ?? ''),
    fact(t('serviceRequests.type'), ({ type }) => typeName(t, type)),
    fact(t('serviceRequests.state'), ({ state }) => stateName(t, state)),
    fact(t('serviceRequests.assignee'), ({ assignee }) => assignee?.name ?? t('requestLinks.nobody')),
    fact(t('serviceRequests.receivedAt'), ({ received_at: at }) => formatDateTime(at, locale)),
  ];
}

function consequences(
  { t }: ViewerContext,
  { going, staying }: MergePair,
  moving: readonly MovingCount[],
): string[] {
  const numbers = { going: going.request_no, staying: staying.request_no };
  const things = moving.map(({ table, count }) => {
    const key = `requestMerge.moving.${table}`;
    return isMessageKey(key) ? t(key, { count }) : t('duplicates.relatedOther', { count, table });
  });
  return [
    things.length === 0
      ? t('requestMerge.movesNothing', numbers)
      : t('requestMerge.moves', { ...numbers, things: things.join(t('common.listSeparator')) }),
    ...(going.complaint ? [t(`requestMerge.complaint${staying.complaint ? 'Both' : 'Lost'}`, numbers)] : []),
    ...(going.type.behaviour === 'returnVisit' ? [t('requestMerge.returnVisit', numbers)] : []),
    t('requestMerge.leaves', numbers),
    t('requestMerge.undo'),
  ];
}
