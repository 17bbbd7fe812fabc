import { z } from 'zod';
import { optionalText, wholeNumber } from '../../core/fields.js';
import { locales } from '../../core/i18n.js';
import { policyLimits } from './evaluation-policy.js';
import { reasonLimits, reasonOf } from './survey-reasons.js';

/** One reason in each line. */
const reasonLines = optionalText(2_000)
  .transform((text) => [
    ...new Set(
      (text ?? '')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .map(reasonOf),
    ),
  ])
  .pipe(z.array(z.string().max(reasonLimits.length, 'surveys.reasonTooLong')).max(reasonLimits.perLevel));

export const EvaluationPolicyForm = z.strictObject({
  businessName: optionalText(policyLimits.businessName).transform((name) => name ?? ''),
  locale: z.enum(locales),
  expiryDays: wholeNumber(...policyLimits.expiryDays),
  quietDays: wholeNumber(...policyLimits.quietDays),
  yearlyMost: wholeNumber(...policyLimits.yearlyMost),
  lowScore: wholeNumber(...policyLimits.lowScore),
  reasonsLow: reasonLines,
  reasonsMiddle: reasonLines,
  reasonsHigh: reasonLines,
  version: wholeNumber(0, 2_147_483_647),
});
