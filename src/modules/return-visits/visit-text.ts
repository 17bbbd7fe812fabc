import type { Translate, Locale } from '../../core/i18n.js';
import { formatDay, formatNumber } from '../../core/format.js';
import type { CellView } from '../../core/lists/list-view.js';
import type { VisitOutcome } from './return-visit.js';

interface Speaker {
  readonly t: Translate;
  readonly locale: Locale;
}

/** "24 November 2026" or "24 – 26 November 2026". */
export function windowText({ t, locale }: Speaker, from: string, to: string): string {
  const day = formatDay(from, locale);
  return from === to ? day : t('returnVisits.windowText', { from: day, to: formatDay(to, locale) });
}

/** "1 of 3". */
export const attemptsText = ({ t, locale }: Speaker, attempts: number, maximum: number): string =>
  t('returnVisits.attemptsText', {
    attempts: formatNumber(attempts, locale),
    maximum: formatNumber(maximum, locale),
  });

const colours = { kept: 'green', missed: 'red', declined: 'secondary' } as const;

/** How it ended; nothing while it goes on. */
export const outcomeCell = (t: Translate, outcome: VisitOutcome | null): CellView =>
  outcome === null ? { text: '' } : { text: t(`returnVisits.outcome.${outcome}`), badge: colours[outcome] };
