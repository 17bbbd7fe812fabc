import type { Translate } from '../../core/i18n.js';

interface Waiting {
  readonly answered_at: Date | null;
  readonly revoked_at: Date | null;
  readonly expires_at: Date;
  readonly sent_by: string | null;
}

/** Where a survey stands: answered, revoked, expired, waiting, or with nobody asked yet. */
export function surveyState(
  row: Waiting,
  now: Date,
): 'answered' | 'revoked' | 'expired' | 'waiting' | 'unsent' {
  if (row.answered_at !== null) return 'answered';
  if (row.revoked_at !== null) return 'revoked';
  if (row.expires_at <= now) return 'expired';
  return row.sent_by === null ? 'unsent' : 'waiting';
}

export const surveyStateColors = {
  answered: 'green',
  waiting: 'blue',
  unsent: 'yellow',
  revoked: 'secondary',
  expired: 'secondary',
} as const;

/** A score out of five, '–' for none. */
export const scoreText = (t: Translate, score: number | null): string =>
  score === null ? '–' : t('evaluations.scoreOf', { score });
