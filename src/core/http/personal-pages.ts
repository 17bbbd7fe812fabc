import type { RequestHandler } from 'express';
import type { Locale } from '../i18n.js';
import type { PersonalLayoutView } from '../views/layout-view.js';

const personalPage = /^\/p\/[^/]+\/[^/]+/;

/**
 * True for the pages that customers reach by a personal link. They know no session and no cookie: whoever holds the link
 * may do what it is for, so there is no sign-in that another site could misuse, and the one-use nonce of the form proves
 * that the page was looked at.
 */
export const isPersonalPage = (path: string): boolean => personalPage.test(path);

/** What stands around such a page: whose it is, where the page says so, and the same page in the other language. */
export function personalLayout(
  view: object,
  page: { readonly path: string; readonly locale: Locale; readonly productName: string },
): Pick<PersonalLayoutView, 'businessName' | 'otherLanguageHref'> {
  const named = 'businessName' in view && typeof view.businessName === 'string' ? view.businessName : '';
  return {
    businessName: named === '' ? page.productName : named,
    otherLanguageHref: `${personalPage.exec(page.path)?.[0] ?? ''}?lang=${page.locale === 'en' ? 'zh-CN' : 'en'}`,
  };
}

/** A path as it may stand in logs: without the token of a personal link. */
export const pathForLog = (path: string): string => path.replace(/^(\/p\/[^/]+\/)[^/]+/, '$1…');

/** No other site learns the address, and no search engine keeps the page. */
export const personalPageHeaders: RequestHandler = (_req, res, next) => {
  res.setHeader('Referrer-Policy', 'no-referrer');
  res.setHeader('X-Robots-Tag', 'noindex, nofollow');
  next();
};
