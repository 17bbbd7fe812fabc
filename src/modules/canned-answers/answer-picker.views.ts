import type { ViewerContext } from '../../core/context.js';
import type { CellView } from '../../core/lists/list-view.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { pageHeader } from '../admin/admin-pages.js';
import { audienceCell } from '../articles/articles-list.views.js';
import { articlesPath } from '../articles/article.js';
import type { RequestRecord } from '../service-requests/service-requests.queries.js';
import { cannedAnswersPath } from './canned-answer.js';
import { excerptOf } from './excerpt.js';
import { fillPlaces } from './fill-places.js';
import type { OfferedAnswer, OfferedArticle } from './offers.queries.js';
import { placeValues } from './place-values.js';

/** Something to answer with. */
export interface OfferView {
  readonly name: string;
  readonly href: string;
  readonly kind: CellView;
  readonly excerpt: string;
  /** Opens the request with the words in its answer box; '' for what only staff may read. */
  readonly useHref: string;
  readonly useLabel: string;
  readonly text: string;
  /** The article that the words are taken from; '' for an answer. */
  readonly articleId: string;
}

/** The search for answers beside the answer box, as `canned-answers/_picker` shows it. */
export interface AnswerPickerView {
  readonly path: string;
  readonly query: string;
  readonly offers: readonly OfferView[];
  /** Said where nothing is offered; '' before anybody looked. */
  readonly nothing: string;
}

export interface AnswerPickerPageView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly picker: AnswerPickerView;
}

const pickerPath = (requestId: string): string => `/service-requests/${requestId}/answers`;

/** The search as the record shows it: it looks when somebody types. */
export const closedPicker = (requestId: string): AnswerPickerView => ({
  ...{ path: pickerPath(requestId), query: '', offers: [], nothing: '' },
});

/** The page with what a typed text finds, which the record takes its list from. */
export function answerPickerView(
  context: ViewerContext,
  request: RequestRecord,
  typed: string,
  found: { readonly answers: readonly OfferedAnswer[]; readonly articles: readonly OfferedArticle[] },
): AnswerPickerPageView {
  const { t } = context;
  const title = t('cannedAnswers.find');
  const offers = [
    ...found.answers.map((answer) => answerOffer(context, request, answer)),
    ...found.articles.map((article) => articleOffer(context, request, article)),
  ];
  return {
    title,
    header: pageHeader(title, {
      trail: [
        { label: t('navigation.serviceRequests'), href: '/service-requests' },
        { label: request.request_no, href: `/service-requests/${request.id}` },
      ],
    }),
    picker: {
      path: pickerPath(request.id),
      query: typed,
      offers,
      nothing: offers.length === 0 ? t('cannedAnswers.nothingFound') : '',
    },
  };
}

function answerOffer(context: ViewerContext, request: RequestRecord, answer: OfferedAnswer): OfferView {
  const text = fillPlaces(answer.body, placeValues(context, request));
  const { t } = context;
  const name = answer.shortcut === null ? answer.name : `${answer.name} /${answer.shortcut}`;
  return {
    name,
    href: `${cannedAnswersPath}/${answer.id}`,
    kind: { text: t('cannedAnswers.kind'), badge: 'green' },
    excerpt: excerptOf(text),
    useHref: `/service-requests/${request.id}?answer=${answer.id}#field-body`,
    useLabel: t('cannedAnswers.useOf', { name: answer.name }),
    text,
    articleId: '',
  };
}

function articleOffer(
  context: ViewerContext,
  request: RequestRecord,
  { id, title, body, isPublic }: OfferedArticle,
): OfferView {
  return {
    name: title,
    href: `${articlesPath}/${id}`,
    kind: audienceCell(context, { isPublic }),
    excerpt: excerptOf(body),
    useHref: isPublic ? `/service-requests/${request.id}?article=${id}#field-body` : '',
    useLabel: context.t('cannedAnswers.useOf', { name: title }),
    text: isPublic ? body : '',
    articleId: isPublic ? id : '',
  };
}
