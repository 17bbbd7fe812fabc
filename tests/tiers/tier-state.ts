import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { recalculateTiers } from '../../src/modules/tiers/tiers.service.js';
import type { TestClient } from '../support/client.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createTier } from '../support/factories/tier.js';
import type { TestProduct } from '../support/product.js';

/** What the card of a customer's record says about the tier; '' where there is no card. */
export async function cardText(client: TestClient, customerId: string): Promise<string> {
  const record = await client.page(`/customers/${customerId}`);
  return record('[aria-labelledby="tier-heading"]').text().replace(/\s+/g, ' ');
}

const TierRow = z.object({
  calculated_id: z.string().nullable(),
  override_id: z.string().nullable(),
  override_reason: z.string().nullable(),
  override_until: z.string().nullable(),
  version: z.number(),
});

/** The stored tier of a customer; undefined where none was ever stored. */
export async function tierRow(
  product: TestProduct,
  customerId: string,
): Promise<z.infer<typeof TierRow> | undefined> {
  const [row] = await product.query(
    TierRow,
    `SELECT calculated_id::text, override_id::text, override_reason, override_until::text, version
     FROM customer_tiers WHERE id = $1`,
    [customerId],
  );
  return row;
}

/** What the log says about the tier of a customer. */
export const tierAudit = (product: TestProduct, customerId: string) =>
  product.query(
    z.object({ action: z.string(), actor_name: z.string() }),
    `SELECT action, actor_name FROM audit_log WHERE table_name = 'customer_tiers' AND record_id = $1 ORDER BY id`,
    [customerId],
  );

/** Calculates the tiers of all customers, as the nightly job does on a day. */
export async function recalculate(product: TestProduct, day: string): Promise<void> {
  await recalculateTiers({ deps: product.deps, actor: factoryActor }, day);
  await product.runTasks();
}

/** Two tiers and nobody in them: silver from one purchase on, gold from three and 1,000. */
export async function resetToTwoTiers(product: TestProduct): Promise<{ silver: string; gold: string }> {
  await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.removed', async (tx) => {
    await tx.customerTier.deleteMany();
    await tx.tier.deleteMany();
  });
  const silver = await createTier(product.deps, {
    name: 'Silver',
    rank: 1,
    color: 'blue',
    minimumPurchases: 1,
  });
  const gold = await createTier(product.deps, {
    name: 'Gold',
    rank: 2,
    color: 'yellow',
    minimumAmount: '1000',
    minimumPurchases: 3,
  });
  return { silver, gold };
}
