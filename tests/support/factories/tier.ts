import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import type { TierColor } from '../../../src/modules/tiers/tier.js';
import { factoryActor, nextNumber } from './sequence.js';

export interface TierOptions {
  readonly name?: string;
  readonly rank?: number;
  readonly color?: TierColor;
  readonly minimumAmount?: string;
  readonly minimumPurchases?: number;
  readonly maximumRecency?: number;
  readonly match?: 'all' | 'any';
}

/** A tier; without a condition it asks for one purchase. Nobody is calculated by it. Returns its id. */
export async function createTier(deps: Dependencies, options: TierOptions = {}): Promise<string> {
  const number = nextNumber();
  const id = newId();
  const hasCondition =
    options.minimumAmount !== undefined ||
    options.minimumPurchases !== undefined ||
    options.maximumRecency !== undefined;
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.tier.create({
      data: {
        id,
        name: `Tier ${number}`,
        rank: number,
        ...(!hasCondition && { minimumPurchases: 1 }),
        ...options,
      },
    }),
  );
  return id;
}

export interface CustomerTierOptions {
  readonly customerId: string;
  readonly calculatedId?: string;
  /** `yyyy-mm-dd` */
  readonly graceUntil?: string;
  readonly override?: {
    readonly tierId: string;
    readonly reason: string;
    readonly until: string;
    /** Who set it. */
    readonly userId?: string;
  };
}

/** The tier of a customer, as if it had been calculated or set by hand. */
export async function createCustomerTier(
  deps: Dependencies,
  { customerId, calculatedId, graceUntil, override }: CustomerTierOptions,
): Promise<void> {
  const asDate = (day: string): Date => new Date(`${day}T00:00:00Z`);
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.customerTier.create({
      data: {
        id: customerId,
        ...(calculatedId !== undefined && { calculatedId }),
        ...(graceUntil !== undefined && { graceUntil: asDate(graceUntil) }),
        ...(override && {
          overrideId: override.tierId,
          overrideReason: override.reason,
          overrideUntil: asDate(override.until),
          ...(override.userId !== undefined && { overriddenById: override.userId }),
        }),
      },
    }),
  );
}
