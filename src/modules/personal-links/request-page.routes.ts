import type { Context, PublicContext } from '../../core/context.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readEvaluationPolicy } from '../surveys/evaluation-policy.queries.js';
import { sendPicture, sendReopening, sendWord } from './customer-pages.service.js';
import { linkGone } from './link-gone.js';
import { countPageVisit } from './page-limits.js';
import {
  customerLimits,
  PictureForm,
  ReopeningForm,
  RequestPageQuery,
  WordForm,
  type RequestPageNews,
} from './personal-links.schemas.js';
import { PersonalLinkParams } from './personal-token.js';
import { findRequestPage, type RequestPage } from './request-page.queries.js';
import { requestPageView, type RefusedPersonalForm } from './request-page.views.js';
import { languageQuery, visitorContext, type Language } from './visitor.js';

const requestPath = '/p/request/:token';
const params = PersonalLinkParams;
const query = RequestPageQuery;

export const requestPageRoutes = [
  route.get(requestPath, {
    permission: 'public',
    params,
    query,
    handler: async (context, input) => {
      await countPageVisit(context, input.params.token);
      return requestPage(context, input.params.token, input.query);
    },
  }),
  route.post(`${requestPath}/words`, {
    permission: 'public',
    params,
    query,
    body: WordForm,
    invalid: (context, refused) => refusedPage(context, refused, 'word'),
    handler: (context, { body, ...input }) =>
      send(context, input, 'word', (own, link) => sendWord(own, link, body.body, body.nonce)),
  }),
  route.post(`${requestPath}/pictures`, {
    permission: 'public',
    params,
    query,
    body: PictureForm,
    upload: { field: 'file', maximumBytes: customerLimits.pictureBytes },
    invalid: (context, refused) => refusedPage(context, refused, 'picture'),
    handler: (context, { body, file, ...input }) =>
      send(context, input, 'picture', (own, link) => sendPicture(own, link, file, body.nonce)),
  }),
  route.post(`${requestPath}/reopening`, {
    permission: 'public',
    params,
    query,
    body: ReopeningForm,
    invalid: (context, refused) => refusedPage(context, refused, 'reopening'),
    handler: (context, { body, ...input }) =>
      send(context, input, 'reopened', (own, link) => sendReopening(own, link, body.reason, body.nonce)),
  }),
];

interface Addressed {
  readonly params: { readonly token: string };
  readonly query: Language;
}

async function send(
  context: PublicContext,
  { params: { token }, query: { lang } }: Addressed,
  news: Exclude<RequestPageNews, 'again'>,
  work: (own: Context, link: RequestPage) => Promise<'sent' | 'again'>,
): Promise<Reply> {
  await countPageVisit(context, token);
  const link = await findRequestPage(context, token);
  if (!link) return linkGone(context, lang);
  const result = await work(visitorContext(context, lang ?? context.locale), link);
  const sent = result === 'again' ? 'again' : news;
  return redirect(`/p/request/${token}?${new URLSearchParams({ ...(lang && { lang }), sent }).toString()}`);
}

const refusedPage = (
  context: PublicContext,
  { params: { token }, query: { lang }, ...refused }: Addressed & Omit<RefusedPersonalForm, 'form'>,
  form: RefusedPersonalForm['form'],
): Promise<Reply> => requestPage(context, token, { lang }, { ...refused, form });

async function requestPage(
  context: PublicContext,
  token: string,
  { lang, sent }: Language & { readonly sent?: RequestPageNews | undefined },
  refused?: RefusedPersonalForm,
): Promise<Reply> {
  const [link, { policy }] = await Promise.all([
    findRequestPage(context, token),
    readEvaluationPolicy(context),
  ]);
  if (!link) return linkGone(context, lang);
  const locale = lang ?? context.locale;
  const view = requestPageView(visitorContext(context, locale), link, {
    ...{ path: `/p/request/${token}`, query: languageQuery(lang), businessName: policy.businessName },
    ...{ sent, refused },
  });
  return page('personal-links/request', view, { layout: 'personal', locale, status: refused ? 422 : 200 });
}
