import type { PublicContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readEvaluationPolicy } from '../surveys/evaluation-policy.queries.js';
import { findCustomerPage } from './customer-page.queries.js';
import { customerPageView } from './customer-page.views.js';
import { fileRequest } from './customer-pages.service.js';
import { linkGone } from './link-gone.js';
import { countPageVisit } from './page-limits.js';
import { CustomerPageQuery, FiledRequestForm } from './personal-links.schemas.js';
import { PersonalLinkParams } from './personal-token.js';
import { languageQuery, visitorContext } from './visitor.js';

export const customerPageRoutes = [
  route.get('/p/customer/:token', {
    permission: 'public',
    params: PersonalLinkParams,
    query: CustomerPageQuery,
    handler: async (context, { params, query }) => {
      await countPageVisit(context, params.token);
      return customerPage(context, params.token, query);
    },
  }),
  route.post('/p/customer/:token/requests', {
    permission: 'public',
    params: PersonalLinkParams,
    query: CustomerPageQuery,
    body: FiledRequestForm,
    invalid: (context, { params, query: { lang }, values, problems }) =>
      customerPage(context, params.token, { lang }, { values, problems }),
    handler: async (context, { params: { token }, query: { lang }, body: { nonce, ...filed } }) => {
      await countPageVisit(context, token);
      const link = await findCustomerPage(context, token);
      if (!link) return linkGone(context, lang);
      const result = await fileRequest(visitorContext(context, lang ?? context.locale), link, filed, nonce);
      const sent = result === 'again' ? 'again' : 'request';
      const address = new URLSearchParams({ ...(lang && { lang }), sent });
      return redirect(`/p/customer/${token}?${address.toString()}`);
    },
  }),
];

async function customerPage(
  context: PublicContext,
  token: string,
  { lang, sent }: CustomerPageQuery,
  refused?: { readonly values: FormValues; readonly problems: readonly Problem[] },
): Promise<Reply> {
  const [link, { policy }] = await Promise.all([
    findCustomerPage(context, token),
    readEvaluationPolicy(context),
  ]);
  if (!link) return linkGone(context, lang);
  const locale = lang ?? context.locale;
  const view = customerPageView(visitorContext(context, locale), link, {
    action: `/p/customer/${token}/requests${languageQuery(lang)}`,
    businessName: policy.businessName,
    sent,
    ...(refused ?? {}),
  });
  return page('personal-links/customer', view, { layout: 'personal', locale, status: refused ? 422 : 200 });
}
