import { z } from 'zod';
import type { Context, PublicContext } from '../../core/context.js';
import { optionalFilter } from '../../core/fields.js';
import { locales, translator, type Locale } from '../../core/i18n.js';

/** What the address of every personal page can say: the language that the customer chose. */
export const languageParameter = { lang: optionalFilter(z.enum(locales)) };

export interface Language {
  readonly lang?: Locale | undefined;
}

/**
 * The context in which a customer acts. Staff who are signed in and open a customer's link stay who they are: the log
 * then says that it was not the customer.
 */
export function visitorContext(context: PublicContext, locale: Locale): Context {
  const { deps, actor, viewer } = context;
  return {
    deps,
    locale,
    t: translator(locale),
    actor: viewer ? actor : { ...actor, name: 'customer' },
  };
}

/** The query that keeps the language that was chosen; '' where none was. */
export const languageQuery = (lang: Locale | undefined): string =>
  lang === undefined ? '' : `?lang=${lang}`;
