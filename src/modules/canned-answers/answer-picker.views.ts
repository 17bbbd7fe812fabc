import type { ViewerContext } from '../../core/context.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { pageHeader } from '../admin/admin-pages.js';
import { articlesPath } from '../articles/article.js';
import type { RequestRecord } from '../service-requests/service-requests.queries.js';
import { pickerPath, type AnswerPickerView, type OfferView } from './answer-picker.js';
import { cannedAnswersPath } from './canned-answer.js';
import { excerptOf } from './excerpt.js';
import { fillPlaces } from './fill-places.js';
import type { OfferedAnswer, OfferedArticle } from './offers.queries.js';
import { placeValues } from './place-values.js';

export interface AnswerPickerPageView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly picker: AnswerPickerView;
}

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
  { t }: ViewerContext,
  request: RequestRecord,
  { id, title, body, isPublic }: OfferedArticle,
): OfferView {
  return {
    name: title,
    href: `${articlesPath}/${id}`,
    kind: isPublic
      ? { text: t('articles.kind.public'), badge: 'blue' }
      : { text: t('articles.kind.internal'), badge: 'secondary' },
    excerpt: excerptOf(body),
    useHref: isPublic ? `/service-requests/${request.id}?article=${id}#field-body` : '',
    useLabel: t('cannedAnswers.useOf', { name: title }),
    text: isPublic ? body : '',
    articleId: isPublic ? id : '',
  };
}
