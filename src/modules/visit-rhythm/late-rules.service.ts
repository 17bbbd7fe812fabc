import type { ViewerContext } from '../../core/context.js';
import { saveSetting } from '../admin/settings.service.js';
import { lateRulesKey, type LateRules } from './late-rules.js';

/**
 * Saves when customers count as late. The list of late visits follows at once.
 * @param version of the rules that were changed; 0 while they were never saved.
 * @throws EditedMeanwhile
 */
export const changeLateRules = (context: ViewerContext, version: number, rules: LateRules): Promise<void> =>
  saveSetting(context, 'visit-rhythm.rules-changed', { key: lateRulesKey, version, value: rules });
