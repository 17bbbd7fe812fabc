import type { PoolPolicy } from '../../src/modules/public-pool/pool-policy.js';

/** A customer with an owner; days count from an arbitrary start. */
export interface NaiveOwned {
  readonly id: string;
  readonly tierId: string | null;
  readonly ownedSince: number;
  readonly lastContact: number | null;
  readonly lastPurchase: number | null;
  readonly plannedOn: number | null;
}

export interface NaiveFate {
  readonly fallsOn: number;
  readonly reason: 'noContact' | 'noPurchase';
}

/** When a customer comes into the pool and why, by hand; undefined for never. */
export function naiveFate(policy: PoolPolicy, today: number, customer: NaiveOwned): NaiveFate | undefined {
  if (!policy.isOn) return undefined;
  if (policy.protectsPlanned && customer.plannedOn !== null && customer.plannedOn >= today) return undefined;
  const rule =
    policy.rules.find(({ tierId }) => tierId !== null && tierId === customer.tierId) ??
    policy.rules.find(({ tierId }) => tierId === null);
  if (!rule) return undefined;
  const since = (last: number | null): number => Math.max(customer.ownedSince, last ?? customer.ownedSince);
  const days = [
    { reason: 'noContact', days: rule.noContactDays, from: since(customer.lastContact) },
    { reason: 'noPurchase', days: rule.noPurchaseDays, from: since(customer.lastPurchase) },
  ] as const;
  const fates = days.flatMap(({ reason, days: count, from }): NaiveFate[] =>
    count === null ? [] : [{ fallsOn: from + count, reason }],
  );
  return fates.sort((one, other) => one.fallsOn - other.fallsOn)[0];
}
