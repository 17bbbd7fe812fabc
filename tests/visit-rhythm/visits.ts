import { addDays } from '../../src/modules/follow-ups/due-days.js';
import { createCustomer, type CustomerOptions, type TestCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import type { TestProduct } from '../support/product.js';

export interface Visits extends CustomerOptions {
  /** Days before today of each visit. */
  readonly daysAgo: readonly number[];
  readonly item?: string;
}

/** A customer who came on these days before `today`. */
export async function createVisitor(
  { deps }: TestProduct,
  today: string,
  { daysAgo, item = 'Haircut', ...options }: Visits,
): Promise<TestCustomer> {
  const customer = await createCustomer(deps, options);
  for (const days of daysAgo) {
    await createPurchase(deps, { customerId: customer.id, purchasedOn: addDays(today, -days), item });
  }
  return customer;
}
