import type { Locale } from '../../core/i18n.js';

const formats: Readonly<Record<Locale, Intl.ListFormat>> = {
  en: new Intl.ListFormat('en', { type: 'conjunction', style: 'narrow' }),
  'zh-CN': new Intl.ListFormat('zh-CN', { type: 'conjunction', style: 'narrow' }),
};

/** Names side by side: "Manager, Auditor", 「经理、审计员」. */
export const formatNames = (names: readonly string[], locale: Locale): string =>
  formats[locale].format(names);
