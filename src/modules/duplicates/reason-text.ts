import type { Translate } from '../../core/i18n.js';
import type { CellView } from '../../core/lists/list-view.js';
import { pairReasons, type PairReasons } from './pair-reasons.js';

const veryLikely = 80;
const likely = 50;

/** Why two customers may be one, in words: "same phone (of 57 customers), same name and birth date". */
export function reasonText(t: Translate, reasons: PairReasons): string {
  return pairReasons
    .flatMap((reason) => {
      const count = reasons[reason];
      if (count === undefined) return [];
      const text = t(`duplicates.reason.${reason}`);
      return [count > 2 ? t('duplicates.sharedReason', { reason: text, count }) : text];
    })
    .join(t('common.listSeparator'));
}

/** How likely it is, as a coloured label; the points on hover. */
export function likelihood(t: Translate, score: number): CellView {
  const title = t('duplicates.points', { count: score });
  if (score >= veryLikely) return { text: t('duplicates.likelihood.high'), badge: 'red', title };
  if (score >= likely) return { text: t('duplicates.likelihood.middle'), badge: 'yellow', title };
  return { text: t('duplicates.likelihood.low'), badge: 'secondary', title };
}
