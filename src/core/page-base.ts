import type { Locale, Translate } from './i18n.js';

/** What every template has besides its own view. */
export interface PageBase {
  readonly t: Translate;
  readonly locale: Locale;
  /** For the hidden field `_csrf` of every form. */
  readonly csrfToken: string;
  /** The address of a file of public/ or a served library, with its version, so that browsers may keep it for ever. */
  readonly asset: (name: string) => string;
  /** Path and query of this page. */
  readonly currentUrl: string;
}
