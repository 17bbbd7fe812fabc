/** What gives rise to a return visit: a request that is done, a purchase, or so many days without a visit. */
export const planTriggers = ['afterClosing', 'afterPurchase', 'rhythm'] as const;
export type PlanTrigger = (typeof planTriggers)[number];

/** Who calls first: the customer's owner, or whoever served. Where there is none, the other one. */
export const ownerRules = ['customerOwner', 'assignee'] as const;
export type OwnerRule = (typeof ownerRules)[number];

/** Plans at once, longest texts in characters, and from how many to how many days or attempts. */
export const planLimits = {
  plans: 100,
  name: 80,
  item: 100,
  daysAfter: [0, 1_095],
  windowDays: [1, 90],
  maxAttempts: [1, 20],
  retryDays: [1, 90],
} as const;

/** How often, and with how many days in between, a customer is tried whose return visit no plan made. */
export const byHand = { maxAttempts: 3, retryDays: 2 } as const;

/** What gives rise to return visits, as a plan says it. */
export interface PlanRule {
  readonly trigger: PlanTrigger;
  /** Requests of which type; null for any but return visits themselves. */
  readonly typeId: string | null;
  /** A part of what was bought; null for anything. */
  readonly item: string | null;
  readonly daysAfter: number;
  readonly windowDays: number;
}
