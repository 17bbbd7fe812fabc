import type { Locale, Translate } from '../../core/i18n.js';
import { formatDateTime } from '../../core/format.js';

interface Progress {
  readonly category: 'open' | 'waiting' | 'done';
  readonly isInitial: boolean;
  readonly isCancelled: boolean;
}

/** Where a request stands, in a customer's words. */
export type Stage = 'received' | 'working' | 'waiting' | 'done' | 'cancelled';

export function stageOf({ category, isInitial, isCancelled }: Progress): Stage {
  if (category === 'done') return isCancelled ? 'cancelled' : 'done';
  if (category === 'waiting') return 'waiting';
  return isInitial ? 'received' : 'working';
}

/** What happens next; a promised moment that has passed is not repeated. */
export function nextStepText(
  t: Translate,
  locale: Locale,
  stage: Stage,
  nextDueAt: Date | null,
  now: Date,
): string {
  const isPromised = nextDueAt !== null && nextDueAt > now && (stage === 'received' || stage === 'working');
  return isPromised
    ? t('personalLinks.nextBy', { time: formatDateTime(nextDueAt, locale) })
    : t(`personalLinks.next.${stage}`);
}
