/** What tiers are calculated from, as plain data; days are numbers, today is 0 and yesterday -1. */
export interface NaivePurchase {
  readonly day: number;
  readonly cents: number;
}

export interface NaiveTier {
  readonly id: string;
  readonly rank: number;
  readonly minimumCents: number | null;
  readonly minimumPurchases: number | null;
  readonly maximumRecency: number | null;
  readonly match: 'all' | 'any';
}

export interface NaiveCustomer {
  readonly purchases: readonly NaivePurchase[];
  readonly tierId: string | null;
  readonly graceUntil: number | null;
}

export interface NaiveResult {
  readonly tierId: string | null;
  readonly graceUntil: number | null;
}

/** The highest tier that fits, told purchase by purchase. */
export function naiveEarned(
  tiers: readonly NaiveTier[],
  windowDays: number,
  purchases: readonly NaivePurchase[],
): NaiveTier | undefined {
  let cents = 0;
  let count = 0;
  let daysAgo = Infinity;
  for (const purchase of purchases) {
    if (purchase.day > 0 || purchase.day <= -windowDays) continue;
    cents += purchase.cents;
    if (purchase.cents < 0) continue;
    count += 1;
    daysAgo = Math.min(daysAgo, -purchase.day);
  }
  const fits = (tier: NaiveTier): boolean => {
    const answers: boolean[] = [];
    if (tier.minimumCents !== null) answers.push(cents >= tier.minimumCents);
    if (tier.minimumPurchases !== null) answers.push(count >= tier.minimumPurchases);
    if (tier.maximumRecency !== null) answers.push(daysAgo <= tier.maximumRecency);
    return tier.match === 'all' ? !answers.includes(false) : answers.includes(true);
  };
  return [...tiers].sort((left, right) => right.rank - left.rank).find(fits);
}

/** The tier after a calculation of today. */
export function naiveTier(
  tiers: readonly NaiveTier[],
  policy: { readonly windowDays: number; readonly graceDays: number },
  customer: NaiveCustomer,
): NaiveResult {
  const earned = naiveEarned(tiers, policy.windowDays, customer.purchases);
  const held = tiers.find(({ id }) => id === customer.tierId);
  const moved = { tierId: earned?.id ?? null, graceUntil: null };
  if (!held || (earned && earned.rank >= held.rank)) return moved;
  if (customer.graceUntil !== null)
    return customer.graceUntil < 0 ? moved : { tierId: held.id, graceUntil: customer.graceUntil };
  return policy.graceDays === 0 ? moved : { tierId: held.id, graceUntil: policy.graceDays };
}
