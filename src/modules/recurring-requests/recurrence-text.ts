import { formatNumber } from '../../core/format.js';
import type { Locale, Translate } from '../../core/i18n.js';
import type { Recurrence } from './recurrence.js';

/** "Every 2 weeks", "Every month". */
export const recurrenceText = (
  { t, locale }: { readonly t: Translate; readonly locale: Locale },
  { unit, every }: Pick<Recurrence, 'unit' | 'every'>,
): string =>
  every === 1
    ? t(`recurringRequests.each.${unit}`)
    : t(`recurringRequests.every.${unit}`, { number: formatNumber(every, locale) });
