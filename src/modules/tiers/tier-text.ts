import type { ViewerContext } from '../../core/context.js';
import { formatDay, formatMoney, formatNumber } from '../../core/format.js';
import type { TierRule } from './tier.js';

/** What a customer did in the window. */
export interface TierFacts {
  /** Decimal text. */
  readonly amount: string;
  readonly purchases: number;
  /** The day of the last purchase; null for none. */
  readonly lastOn: string | null;
}

type Words = Pick<ViewerContext, 't' | 'locale'>;

/** A rule in words: "¥1,000.00 spent and 3 purchases". */
export function ruleText(context: Words, rule: TierRule): string {
  const { t, locale } = context;
  const { minimumAmount, minimumPurchases, maximumRecency } = rule;
  return joined(context, rule, [
    minimumAmount === null ? '' : t('tiers.ruleAmount', { amount: formatMoney(minimumAmount, locale) }),
    minimumPurchases === null ? '' : t('tiers.rulePurchases', { count: minimumPurchases }),
    maximumRecency === null
      ? ''
      : maximumRecency === 0
        ? t('tiers.ruleRecencyToday')
        : t('tiers.ruleRecency', { count: maximumRecency }),
  ]);
}

/** How a customer stands to each condition of a rule: "¥1,240.00 of ¥1,000.00 in the last 365 days". */
export function reasonTexts(
  { t, locale }: Words,
  { minimumAmount, minimumPurchases, maximumRecency }: TierRule,
  facts: TierFacts,
  windowDays: number,
): string[] {
  const count = windowDays;
  const amount = formatMoney(facts.amount, locale);
  return [
    ...(minimumAmount === null
      ? []
      : [t('tiers.whyAmount', { amount, needed: formatMoney(minimumAmount, locale), count })]),
    ...(minimumPurchases === null
      ? []
      : [
          t('tiers.whyPurchases', {
            done: formatNumber(facts.purchases, locale),
            needed: formatNumber(minimumPurchases, locale),
            count,
          }),
        ]),
    ...(maximumRecency === null
      ? []
      : [
          facts.lastOn === null
            ? t('tiers.whyNoPurchase', { count })
            : t('tiers.whyRecency', { day: formatDay(facts.lastOn, locale), count: maximumRecency }),
        ]),
  ];
}

/** What a customer lacks for a rule: "¥320.00 more and 2 more purchases"; '' when nothing is lacking. */
export function missingText(context: Words, rule: TierRule, facts: TierFacts, today: string): string {
  const { t, locale } = context;
  const amount = rule.minimumAmount === null ? 0 : cents(rule.minimumAmount) - cents(facts.amount);
  const purchases = (rule.minimumPurchases ?? 0) - facts.purchases;
  const isTooLongAgo =
    rule.maximumRecency !== null &&
    (facts.lastOn === null || daysBetween(facts.lastOn, today) > rule.maximumRecency);
  return joined(context, rule, [
    amount > 0 ? t('tiers.moreAmount', { amount: formatMoney(amount / 100, locale) }) : '',
    purchases > 0 ? t('tiers.morePurchases', { count: purchases }) : '',
    isTooLongAgo ? t('tiers.moreRecent') : '',
  ]);
}

const joined = ({ t }: Words, { match }: TierRule, parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join(t(match === 'all' ? 'tiers.andSeparator' : 'tiers.orSeparator'));

const cents = (amount: string): number => Math.round(Number(amount) * 100);

const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
