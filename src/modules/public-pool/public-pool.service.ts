import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import { EditedMeanwhile } from '../../core/conflict.js';
import { InvalidInput } from '../../core/errors.js';
import { sql } from '../../core/sql.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { saveSetting } from '../admin/settings.service.js';
import { changeStatement } from '../bulk-changes/change-statement.js';
import { takeFollowUpsAlong } from '../follow-ups/follow-ups-along.js';
import { checkClaim } from './claim-rules.js';
import { poolPolicyKey, type PoolPolicy } from './pool-policy.js';
import { findReleasable, listTierChoices, readPoolPolicy } from './public-pool.queries.js';

/**
 * Makes the viewer the owner of a customer of the pool, whatever the viewer's scope; open follow-ups of the former owner
 * come along. Claims of one customer and claims by one person wait for each other.
 * @throws NotFound, Conflict when somebody was quicker, or a rule of the pool forbids it.
 */
export async function claimCustomer(context: ViewerContext, customerId: string): Promise<void> {
  const { deps, viewer } = context;
  const { policy } = await readPoolPolicy(context);
  await unitOfWork(context, 'customers.claimed', async (tx) => {
    await checkClaim(tx, context, customerId, policy);
    const chosen = sql`customers.id = ${customerId}::uuid`;
    await tx.$executeRaw(takeFollowUpsAlong(chosen, sql`${viewer.id}::uuid`));
    await tx.$executeRaw(changeStatement('transfer', viewer.id, [customerId], viewer.id));
    await tx.poolClaim.create({
      data: { id: newId(), customerId, userId: viewer.id, claimedAt: deps.now() },
    });
  });
}

/**
 * Puts a customer into the pool; the returned action takes that back.
 * @throws NotFound outside the scope of editing, EditedMeanwhile
 */
export async function releaseCustomer(context: ViewerContext, id: string, version: number): Promise<string> {
  const { deps, viewer } = context;
  const customer = await findReleasable(context, id);
  const actionId = newId();
  await unitOfWork(
    context,
    'customers.released',
    async (tx) => {
      const summary = { name: customer.name, customerNo: customer.customer_no };
      const action = { id: actionId, kind: 'customers.released', summary, actorId: viewer.id };
      await registerUndoable(tx, action, deps.now());
      const { count } = await tx.customer.updateMany({
        where: { id, version, deletedAt: null },
        data: { ownerId: null, teamId: null, pooledAt: deps.now(), poolReason: 'released' },
      });
      if (count === 0) throw new EditedMeanwhile();
    },
    { undoableActionId: actionId },
  );
  return actionId;
}

/** Saves the rules of the pool. @throws EditedMeanwhile, InvalidInput when a tier is gone. */
export async function changePoolPolicy(
  context: ViewerContext,
  version: number,
  policy: PoolPolicy,
): Promise<void> {
  const tiers = await listTierChoices(context);
  const isKnown = (tierId: string | null): boolean =>
    tierId === null || tiers.some(({ id }) => id === tierId);
  if (!policy.rules.every(({ tierId }) => isKnown(tierId))) throw InvalidInput.field('', 'errors.notAChoice');
  await saveSetting(context, 'public-pool.policy-changed', { key: poolPolicyKey, version, value: policy });
}
