import type { ViewerContext } from '../../core/context.js';
import { saveSetting } from '../admin/settings.service.js';
import { evaluationPolicyKey, type EvaluationPolicy } from './evaluation-policy.js';

/**
 * Saves how customers are asked. Surveys that are out keep their day of expiry.
 * @param version of the policy that was changed; 0 while it was never saved.
 * @throws EditedMeanwhile
 */
export const changeEvaluationPolicy = (
  context: ViewerContext,
  version: number,
  policy: EvaluationPolicy,
): Promise<void> =>
  saveSetting(context, 'surveys.policy-changed', { key: evaluationPolicyKey, version, value: policy });
