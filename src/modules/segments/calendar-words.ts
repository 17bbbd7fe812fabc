import type { Locale } from '../../core/i18n.js';

/** A day of any year, `mm-dd`. */
export const dayOfYear = (day: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric', timeZone: 'UTC' }).format(
    new Date(`2024-${day}T00:00:00Z`),
  );
