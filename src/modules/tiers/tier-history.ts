import type { ViewerContext } from '../../core/context.js';
import { dayOf, formatDay } from '../../core/format.js';
import type { CustomerTier, TierChange, TierImage } from './customer-tier.queries.js';

export interface TierHistoryText {
  readonly text: string;
  readonly at: Date;
}

const nothing: TierImage = {
  calculated_id: null,
  grace_until: null,
  override_id: null,
  override_reason: null,
  override_until: null,
};

/** What happened to the tier of a customer, in sentences, the latest first. */
export function tierHistoryTexts(context: ViewerContext, record: CustomerTier): TierHistoryText[] {
  return record.history.flatMap((change) =>
    changeTexts(context, record, change).map((text) => ({ text, at: change.at })),
  );
}

function changeTexts(context: ViewerContext, record: CustomerTier, change: TierChange): string[] {
  const { t, locale } = context;
  const before = change.before ?? nothing;
  const after = change.after ?? nothing;
  const nameOf = (id: string | null): string =>
    id === null
      ? t('tiers.none')
      : (record.tiers.find((tier) => tier.id === id)?.name ?? record.deleted_names[id] ?? t('tiers.unknown'));
  const texts = [...overrideTexts(context, change, before, after, nameOf)];
  if (before.calculated_id !== after.calculated_id) {
    texts.push(
      t('tiers.historyMoved', { from: nameOf(before.calculated_id), to: nameOf(after.calculated_id) }),
    );
  } else if (before.grace_until !== after.grace_until) {
    const tier = nameOf(after.calculated_id);
    texts.push(
      after.grace_until === null
        ? t('tiers.historyFitsAgain', { tier })
        : t('tiers.historyKept', { tier, day: formatDay(after.grace_until, locale) }),
    );
  }
  return texts;
}

function overrideTexts(
  { t, locale }: ViewerContext,
  { actor_name: name, at }: TierChange,
  before: TierImage,
  after: TierImage,
  nameOf: (id: string | null) => string,
): string[] {
  const isSame =
    before.override_id === after.override_id &&
    before.override_until === after.override_until &&
    before.override_reason === after.override_reason;
  if (isSame) return [];
  if (after.override_id !== null) {
    const day = formatDay(after.override_until, locale);
    const tier = nameOf(after.override_id);
    return [t('tiers.historyOverridden', { name, tier, day, reason: after.override_reason ?? '' })];
  }
  const isExpired = before.override_until !== null && before.override_until < dayOf(at);
  return [isExpired ? t('tiers.historyExpired') : t('tiers.historyCleared', { name })];
}
