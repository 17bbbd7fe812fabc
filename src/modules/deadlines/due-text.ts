import type { Translate } from '../../core/i18n.js';
import type { CellView } from '../../core/lists/list-view.js';
import { clockDurationText } from './duration-text.js';

/** How a deadline stands: missed, within the next hour, further ahead, stopped while waiting for the customer, or none. */
export type DueTone = 'late' | 'soon' | 'fine' | 'paused' | 'none';

/** What of a request its next deadline is told from. */
export interface DueRequest {
  readonly stateCategory: string;
  readonly nextDueAt: Date | null;
}

export interface DueText {
  /** '' for none. */
  readonly text: string;
  readonly tone: DueTone;
}

/** How long before its deadline a request is marked, in minutes on the clock. */
export const soonMinutes = 60;

/** The next deadline of a request in a few words, for lists and boards: "3 h 20 min left", "2 days late". */
export function dueText(t: Translate, now: Date, { stateCategory, nextDueAt }: DueRequest): DueText {
  const tone = dueTone(now, { stateCategory, nextDueAt });
  if (tone === 'paused') return { text: t('deadlines.paused'), tone };
  if (tone === 'none' || nextDueAt === null) return { text: '', tone: 'none' };
  const minutes = (nextDueAt.getTime() - now.getTime()) / 60_000;
  const length = clockDurationText(t, Math.abs(minutes));
  return { text: t(tone === 'late' ? 'deadlines.lateBy' : 'deadlines.left', { length }), tone };
}

function dueTone(now: Date, { stateCategory, nextDueAt }: DueRequest): DueTone {
  if (stateCategory === 'done') return 'none';
  if (nextDueAt !== null && nextDueAt < now) return 'late';
  if (stateCategory === 'waiting') return 'paused';
  if (nextDueAt === null) return 'none';
  return nextDueAt.getTime() - now.getTime() <= soonMinutes * 60_000 ? 'soon' : 'fine';
}

const badges = { late: 'red', soon: 'yellow', fine: 'secondary', paused: 'blue', none: 'secondary' } as const;

/** The colour of a label for a deadline; colour never stands alone, the text says it too. */
export const dueBadge = (tone: DueTone): NonNullable<CellView['badge']> => badges[tone];
