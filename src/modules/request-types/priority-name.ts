import type { Translate } from '../../core/i18n.js';
import { requestPriorities } from './request-type.js';

/** A priority of 1 to 4 in words; the number itself for any other. */
export function priorityName(t: Translate, priority: number): string {
  const known = requestPriorities.find((one) => one === priority);
  return known === undefined ? String(priority) : t(`requestTypes.priority.${known}`);
}
