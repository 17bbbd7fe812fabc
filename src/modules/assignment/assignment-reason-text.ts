import type { Translate } from '../../core/i18n.js';
import { RefusalReason, type ChoiceReason } from './assignment-reason.js';

/** Why somebody has a request, in a sentence; '' where nothing is known. */
export const choiceReasonText = (t: Translate, reason: ChoiceReason | null): string =>
  reason === null ? '' : t(`assignment.reason.${reason.key}`, reason.params);

/** Why nobody has a request, in a sentence: `json` is `service_requests.unassigned_reason`. */
export function unassignedReasonText(t: Translate, json: unknown): string {
  const reason = RefusalReason.safeParse(json);
  return reason.success
    ? t(`assignment.reason.${reason.data.key}`, reason.data.params)
    : t('assignment.reason.unknown');
}
