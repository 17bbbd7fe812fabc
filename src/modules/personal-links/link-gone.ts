import type { PublicContext } from '../../core/context.js';
import { translator, type Locale } from '../../core/i18n.js';
import { page, type Reply } from '../../core/reply.js';

/** The page behind a link that opens nothing. */
export interface LinkGoneView {
  readonly title: string;
  readonly message: string;
  readonly advice: string;
}

/** The same answer for every link that opens nothing, whatever the reason. */
export function linkGone({ locale: preferred }: PublicContext, chosen?: Locale): Reply {
  const locale = chosen ?? preferred;
  const t = translator(locale);
  const view: LinkGoneView = {
    title: t('personalLinks.goneTitle'),
    message: t('personalLinks.goneMessage'),
    advice: t('personalLinks.goneAdvice'),
  };
  return page('personal-links/gone', view, { layout: 'personal', locale, status: 404 });
}
