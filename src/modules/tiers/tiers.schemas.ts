import { z } from 'zod';
import {
  amount,
  checkbox,
  optionalText,
  requiredText,
  rowVersion,
  uuid,
  wholeNumber,
} from '../../core/fields.js';
import { tierColors, tierLimits, tierMatches, tierPolicyLimits } from './tier.js';

/** A condition that may be left open. */
const optional = <Value extends z.ZodType<unknown, string>>(value: Value) =>
  optionalText(20).pipe(value.nullable());

const fields = {
  name: requiredText(tierLimits.name),
  rank: wholeNumber(1, tierLimits.rank),
  color: z.enum(tierColors),
  minimumAmount: optional(amount.refine((text) => Number(text) > 0, 'tiers.amountNotPositive')),
  minimumPurchases: optional(wholeNumber(1, tierLimits.purchases)),
  maximumRecency: optional(wholeNumber(0, tierLimits.recency)),
  match: z.enum(tierMatches),
};

interface Conditions {
  readonly minimumAmount: string | null;
  readonly minimumPurchases: number | null;
  readonly maximumRecency: number | null;
}

const hasCondition = ({ minimumAmount, minimumPurchases, maximumRecency }: Conditions): boolean =>
  minimumAmount !== null || minimumPurchases !== null || maximumRecency !== null;
const noCondition = { path: ['minimumAmount'], message: 'tiers.conditionMissing' };

/** `isPreviewed` says that whoever sends it has seen who would move. */
export const NewTierForm = z
  .strictObject({ ...fields, isPreviewed: checkbox })
  .refine(hasCondition, noCondition);
export const TierForm = z
  .strictObject({ ...fields, isPreviewed: checkbox, version: rowVersion })
  .refine(hasCondition, noCondition);

export type TierFields = Omit<z.output<typeof NewTierForm>, 'isPreviewed'>;

export const TierDeletionForm = z.strictObject({ version: rowVersion });
export const TierParams = z.strictObject({ id: uuid });
export const RecalculationForm = z.strictObject({});

/** Version 0 is that of a policy which was never saved. */
export const TierPolicyForm = z.strictObject({
  windowDays: wholeNumber(...tierPolicyLimits.windowDays),
  graceDays: wholeNumber(...tierPolicyLimits.graceDays),
  isPreviewed: checkbox,
  version: wholeNumber(0, 2_147_483_647),
});
