import { z } from 'zod';
import { isoDate, requiredText, uuid, wholeNumber } from '../../core/fields.js';

export const overrideLimits = { reason: 200, days: 730 } as const;

/** Version 0 is that of a customer who never had a tier. */
export const TierOverrideForm = z.strictObject({
  tierId: uuid,
  reason: requiredText(overrideLimits.reason),
  until: isoDate,
  version: wholeNumber(0, 2_147_483_647),
});

export type TierOverride = z.output<typeof TierOverrideForm>;

export const OverrideRemovalForm = z.strictObject({});
export const OverrideParams = z.strictObject({ id: uuid });
