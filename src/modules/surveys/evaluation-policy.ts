import { z } from 'zod';
import { asLocale, type Locale } from '../../core/i18n.js';
import { shippedReasons } from './survey-reasons.js';

const Reasons = z.array(z.string());

/**
 * How customers are asked. A survey can be answered for `expiryDays`. Nobody is asked again within `quietDays`, nor more
 * than `yearlyMost` times in a year; what is asked after a recovery is not counted. A score up to `lowScore` opens a
 * recovery.
 */
export const EvaluationPolicy = z.object({
  businessName: z.string(),
  locale: z.string().transform((text): Locale => asLocale(text) ?? 'zh-CN'),
  expiryDays: z.number(),
  quietDays: z.number(),
  yearlyMost: z.number(),
  lowScore: z.number(),
  reasonsLow: Reasons,
  reasonsMiddle: Reasons,
  reasonsHigh: Reasons,
});

export type EvaluationPolicy = z.output<typeof EvaluationPolicy>;

export const policyLimits = {
  businessName: 60,
  expiryDays: [1, 90],
  quietDays: [0, 365],
  yearlyMost: [1, 50],
  lowScore: [1, 4],
} as const;

export const defaultEvaluationPolicy: EvaluationPolicy = {
  businessName: '',
  locale: 'zh-CN',
  expiryDays: 14,
  quietDays: 30,
  yearlyMost: 6,
  lowScore: 2,
  reasonsLow: [...shippedReasons.low],
  reasonsMiddle: [...shippedReasons.middle],
  reasonsHigh: [...shippedReasons.high],
};

/** Where it is kept; without it the defaults hold. */
export const evaluationPolicyKey = 'evaluations.policy';
