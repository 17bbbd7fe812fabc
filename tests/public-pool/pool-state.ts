import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import {
  defaultPoolPolicy,
  poolPolicyKey,
  type PoolPolicy,
} from '../../src/modules/public-pool/pool-policy.js';
import { factoryActor } from '../support/factories/sequence.js';
import type { TestProduct } from '../support/product.js';

/** Saves a policy as it is, without the page. */
export async function savePolicy({ deps }: TestProduct, changes: Partial<PoolPolicy>): Promise<void> {
  const value = { ...defaultPoolPolicy, ...changes };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.setting.upsert({
      where: { key: poolPolicyKey },
      create: { id: newId(), key: poolPolicyKey, value },
      update: { value },
    }),
  );
}

const Stored = z.object({
  owner_id: z.string().nullable(),
  team_id: z.string().nullable(),
  previous_owner_id: z.string().nullable(),
  pool_reason: z.string().nullable(),
  is_pooled: z.boolean(),
});

/** How a customer is stored. */
export async function storedOwner(product: TestProduct, id: string) {
  const [row] = await product.query(
    Stored,
    `SELECT owner_id, team_id, previous_owner_id, pool_reason, pooled_at IS NOT NULL AS is_pooled
     FROM customers WHERE id = $1`,
    [id],
  );
  return row;
}

/** The audit actions under which a customer was changed, the first first. */
export async function auditedActions(product: TestProduct, id: string): Promise<string[]> {
  const rows = await product.query(
    z.object({ action: z.string() }),
    `SELECT action FROM audit_log WHERE table_name = 'customers' AND record_id = $1 ORDER BY id`,
    [id],
  );
  return rows.map(({ action }) => action);
}
