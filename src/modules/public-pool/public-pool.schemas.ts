import { z } from 'zod';
import {
  checkbox,
  optionalFilter,
  optionalText,
  returnPath,
  rowVersion,
  uuid,
  wholeNumber,
} from '../../core/fields.js';
import { gatherFields } from '../../core/gather-fields.js';
import { listParameters } from '../../core/lists/list.js';
import { customerLimits } from '../customers/customers.schemas.js';
import { poolLimits, type PoolPolicy } from './pool-policy.js';

export const poolSorts = ['since', 'name', 'totalAmount', 'lastPurchaseOn'] as const;

export const PublicPoolQuery = z.strictObject({
  ...listParameters(poolSorts),
  tier: optionalFilter(z.union([z.literal('none'), uuid])),
  city: optionalText(customerLimits.city),
  previousOwner: optionalFilter(z.literal('me')),
});

export type PublicPoolQuery = z.output<typeof PublicPoolQuery>;

export const PoolParams = z.strictObject({ id: uuid });
export const ClaimForm = z.strictObject({ returnTo: returnPath.default('/public-pool') });
export const ReleaseForm = z.strictObject({ version: rowVersion });

/** A number that may be left open. */
const optionalNumber = (limits: readonly [number, number]) =>
  optionalText(20).pipe(wholeNumber(...limits).nullable());

/** What the fields of a rule are called: by the id of its tier, `others` for everybody else. */
export const ruleFieldName = (
  kind: 'contact' | 'purchase',
  tierId: string | null,
): `${'contact' | 'purchase'}-${string}` => `${kind}-${tierId ?? 'others'}`;

const RuleDays = z.record(z.union([uuid, z.literal('others')]), optionalNumber(poolLimits.days));

/** `isPreviewed` says that whoever sends it has seen who would move. Version 0 is that of a policy never saved. */
export const PoolPolicyForm = z.preprocess(
  gatherFields({ contact: 'contact-', purchase: 'purchase-' }),
  z.strictObject({
    isOn: checkbox,
    contact: RuleDays,
    purchase: RuleDays,
    protectsPlanned: checkbox,
    warningDays: wholeNumber(...poolLimits.warningDays),
    dailyQuota: optionalNumber(poolLimits.dailyQuota),
    maximumOwned: optionalNumber(poolLimits.maximumOwned),
    coolDownDays: wholeNumber(...poolLimits.coolDownDays),
    isPreviewed: checkbox,
    version: wholeNumber(0, 2_147_483_647),
  }),
);

/** The policy that a form asks for. */
export function policyOf(form: z.output<typeof PoolPolicyForm>): PoolPolicy {
  const { contact, purchase, isOn, protectsPlanned, warningDays, dailyQuota, maximumOwned, coolDownDays } =
    form;
  const tiers = [...new Set([...Object.keys(contact), ...Object.keys(purchase)])];
  return {
    isOn,
    rules: tiers.map((tier) => ({
      tierId: tier === 'others' ? null : tier,
      noContactDays: contact[tier] ?? null,
      noPurchaseDays: purchase[tier] ?? null,
    })),
    protectsPlanned,
    warningDays,
    dailyQuota,
    maximumOwned,
    coolDownDays,
  };
}
