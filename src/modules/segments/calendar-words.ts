import type { Locale } from '../../core/i18n.js';

/** The name of a month, 1 to 12. */
export const monthName = (month: number, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, month - 1, 1)),
  );

/** A day of any year, `mm-dd`. */
export const dayOfYear = (day: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric', timeZone: 'UTC' }).format(
    new Date(`2024-${day}T00:00:00Z`),
  );
