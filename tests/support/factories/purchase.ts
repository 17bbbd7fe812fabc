import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { factoryActor } from './sequence.js';

export interface PurchaseOptions {
  readonly customerId: string;
  readonly purchasedOn?: string;
  readonly amount?: string;
  readonly item?: string;
  readonly quantity?: number;
}

/** A purchase, or a refund when the amount is negative; returns its id. */
export async function createPurchase(deps: Dependencies, options: PurchaseOptions): Promise<string> {
  const id = newId();
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.purchase.create({
      data: {
        id,
        customerId: options.customerId,
        purchasedOn: new Date(`${options.purchasedOn ?? '2026-01-15'}T00:00:00Z`),
        amount: options.amount ?? '100.00',
        item: options.item ?? null,
        quantity: options.quantity ?? 1,
      },
    }),
  );
  return id;
}
