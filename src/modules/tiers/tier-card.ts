import type { ViewerContext } from '../../core/context.js';
import { dayOf, formatDateTime, formatDay, formatRelative } from '../../core/format.js';
import type { CustomerTier } from './customer-tier.queries.js';
import type { Tier, TierColor } from './tier.js';
import { tierHistoryTexts } from './tier-history.js';
import { missingText, reasonTexts, type TierFacts } from './tier-text.js';

export interface TierCardView {
  readonly name: string;
  readonly color: TierColor;
  /** Who set it by hand, until when and why; '' where it is calculated. */
  readonly overridden: string;
  readonly overrideReason: string;
  /** How the customer stands to the conditions of the calculated tier. */
  readonly reasons: readonly string[];
  /** What is lacking for the next tier, or to keep this one; '' for nothing. */
  readonly distance: string;
  /** '' where no grace period runs. */
  readonly keptUntil: string;
  /** '' for those who may not set a tier by hand. */
  readonly overrideHref: string;
  readonly overrideLabel: string;
  /** Address that ends the override by POST; '' where there is none to end. */
  readonly clearAction: string;
  readonly history: readonly { readonly text: string; readonly when: string; readonly whenExact: string }[];
}

/** The tier on the record of a customer; undefined where no tiers are defined. */
export function tierCardView(
  context: ViewerContext,
  customerId: string,
  record: CustomerTier | undefined,
): TierCardView | undefined {
  if (!record || record.tiers.length === 0) return undefined;
  const { t, locale, deps } = context;
  const today = dayOf(deps.now());
  const { tiers, decision, policy } = record;
  const find = (id: string | null | undefined): Tier | undefined => tiers.find((tier) => tier.id === id);
  const calculated = find(decision?.calculated_id);
  const override = isOverridden(record, today) ? find(record.override_id) : undefined;
  const shown = override ?? calculated;
  const facts = factsOf(record);
  const overridePath = `/customers/${customerId}/tier-override`;
  return {
    name: shown?.name ?? t('tiers.none'),
    color: shown?.color ?? 'secondary',
    overridden: override
      ? t('tiers.overridden', {
          name: record.overridden_by_name ?? '',
          day: formatDay(record.override_until, locale),
        })
      : '',
    overrideReason: override ? (record.override_reason ?? '') : '',
    reasons: [
      ...(override ? [t('tiers.calculatedMeanwhile', { tier: calculated?.name ?? t('tiers.none') })] : []),
      ...(calculated ? reasonTexts(context, calculated, facts, policy.windowDays) : []),
    ],
    distance: distanceText(context, record, facts, today),
    keptUntil:
      decision?.grace_until && calculated
        ? t('tiers.keptUntil', { day: formatDay(decision.grace_until, locale) })
        : '',
    overrideHref: record.can_override ? overridePath : '',
    overrideLabel: t(override ? 'tiers.overrideChange' : 'tiers.override'),
    clearAction: record.can_override && override ? `${overridePath}/removal` : '',
    history: tierHistoryTexts(context, record).map(({ text, at }) => ({
      text,
      when: formatRelative(at, deps.now(), locale),
      whenExact: formatDateTime(at, locale),
    })),
  };
}

/** True while a tier set by hand counts, its last day included. */
export const isOverridden = (
  { override_id, override_until }: Pick<CustomerTier, 'override_id' | 'override_until'>,
  today: string,
): boolean => override_id !== null && override_until !== null && override_until >= today;

const factsOf = ({ decision }: CustomerTier): TierFacts => ({
  amount: decision?.amount ?? '0',
  purchases: decision?.purchases ?? 0,
  lastOn: decision?.last_on ?? null,
});

/** In the grace period what is lacking to keep the tier, else what is lacking for the next one. */
function distanceText(
  context: ViewerContext,
  { tiers, decision }: CustomerTier,
  facts: TierFacts,
  today: string,
): string {
  const kept = decision?.grace_until ? tiers.find(({ id }) => id === decision.calculated_id) : undefined;
  const earnedRank = tiers.find(({ id }) => id === decision?.earned_id)?.rank ?? 0;
  const target = kept && kept.rank > earnedRank ? kept : tiers.find(({ rank }) => rank > earnedRank);
  if (!target) return '';
  const missing = missingText(context, target, facts, today);
  return context.t(target === kept ? 'tiers.toKeep' : 'tiers.toNext', { missing, tier: target.name });
}
