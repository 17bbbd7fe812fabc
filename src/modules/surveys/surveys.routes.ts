import type { PublicContext, ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import type { Locale } from '../../core/i18n.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { handedOverView } from '../personal-links/handed-over.js';
import { linkGone } from '../personal-links/link-gone.js';
import { countPageVisit } from '../personal-links/page-limits.js';
import { PersonalLinkParams } from '../personal-links/personal-token.js';
import { languageQuery, visitorContext } from '../personal-links/visitor.js';
import { readEvaluationPolicy } from './evaluation-policy.queries.js';
import { handSurveyOver, sendSurveyAgain } from './hand-over.service.js';
import { surveyAddress } from './survey-email.js';
import { surveyView } from './survey-page.views.js';
import type { AnswerResult } from './survey-subject.js';
import { findOpenSurvey } from './surveys.queries.js';
import { EmptySurveyForm, SurveyForm, SurveyQuery, SurveyRequestParams } from './surveys.schemas.js';
import { answerSurvey } from './surveys.service.js';

const permission = 'service-requests:work';
const surveyPath = '/p/survey/:token';

export const surveyRoutes = [
  route.get(surveyPath, {
    permission: 'public',
    params: PersonalLinkParams,
    query: SurveyQuery,
    handler: async (context, { params, query }) => {
      await countPageVisit(context, params.token);
      return surveyPage(context, params.token, query);
    },
  }),
  route.post(surveyPath, {
    permission: 'public',
    params: PersonalLinkParams,
    query: SurveyQuery,
    body: SurveyForm,
    invalid: (context, { params, query, values, problems }) =>
      surveyPage(context, params.token, { lang: query.lang }, { values, problems }),
    handler: async (context, { params, query, body: { nonce, ...answer } }) => {
      await countPageVisit(context, params.token);
      const survey = await findOpenSurvey(context, params.token);
      if (!survey) return linkGone(context);
      const visitor = visitorContext(context, query.lang ?? survey.locale);
      const sent = await answerSurvey(visitor, survey, nonce, answer);
      const address = new URLSearchParams({ ...(query.lang && { lang: query.lang }), sent });
      return redirect(`/p/survey/${params.token}?${address.toString()}`);
    },
  }),
  route.post('/service-requests/:id/survey-link', {
    permission,
    params: SurveyRequestParams,
    body: EmptySurveyForm,
    // Answers with the page itself: the address is shown once and stands in no session.
    handler: async (context, { params }) => {
      const address = surveyAddress(context.deps, await handSurveyOver(context, params.id));
      return page('personal-links/handed-over', surveyLinkView(context, params.id, address));
    },
  }),
  route.post('/service-requests/:id/survey-email', {
    permission,
    params: SurveyRequestParams,
    body: EmptySurveyForm,
    handler: async (context, { params }) => {
      await sendSurveyAgain(context, params.id);
      return redirect(`/service-requests/${params.id}`, { kind: 'success', key: 'surveys.sentAgain' });
    },
  }),
];

const surveyLinkView = ({ t }: ViewerContext, requestId: string, address: string) =>
  handedOverView({
    title: t('surveys.linkTitle'),
    explanation: t('surveys.linkExplanation'),
    address,
    backHref: `/service-requests/${requestId}`,
    backLabel: t('personalLinks.backToRequest'),
  });

async function surveyPage(
  context: PublicContext,
  token: string,
  query: { readonly lang?: Locale | undefined; readonly sent?: AnswerResult | undefined },
  refused?: { readonly values: FormValues; readonly problems: readonly Problem[] },
): Promise<Reply> {
  const [survey, { policy }] = await Promise.all([
    findOpenSurvey(context, token),
    readEvaluationPolicy(context),
  ]);
  if (!survey) return linkGone(context, query.lang);
  const locale = query.lang ?? survey.locale;
  const action = `/p/survey/${token}${languageQuery(query.lang)}`;
  const view = surveyView(visitorContext(context, locale), survey, policy, {
    ...{ action, sent: query.sent },
    ...(refused ?? {}),
  });
  return page('surveys/answer', view, { layout: 'personal', locale, status: refused ? 422 : 200 });
}
