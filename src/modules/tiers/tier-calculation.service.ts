import { z } from 'zod';
import type { Context, Dependencies } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { dayOf } from '../../core/format.js';
import { sql } from '../../core/sql.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import {
  buyersOfAction,
  heldRules,
  isChanged,
  theseCustomers,
  tierDecisions,
  type Population,
  type RuleRelations,
} from './tier-decisions.js';

/**
 * Gives some customers the tiers that the rules say today; only rows that change are written.
 * @returns how many changed.
 */
export function calculateTiers(
  tx: Transaction,
  deps: Pick<Dependencies, 'now'>,
  population: Population,
  rules: RuleRelations = heldRules,
): Promise<number> {
  return tx.$executeRaw(sql`
    INSERT INTO customer_tiers (id, calculated_id, grace_until)
    SELECT customer_id, decided_id, decided_grace FROM (${tierDecisions(rules, dayOf(deps.now()), population)}) AS decided
    WHERE ${isChanged} ORDER BY customer_id
    ON CONFLICT (id) DO UPDATE SET calculated_id = excluded.calculated_id, grace_until = excluded.grace_until`);
}

/** The same within the unit of work that changed the purchases of these customers. */
export async function calculateTiersOf(
  tx: Transaction,
  deps: Pick<Dependencies, 'now'>,
  customerIds: readonly string[],
): Promise<void> {
  if (customerIds.length > 0) await calculateTiers(tx, deps, theseCustomers(customerIds));
}

/** The same after an action was undone, for those whose purchases it had changed: undo leaves rows that others changed since. */
export async function calculateTiersAfterUndo(
  context: Pick<Context, 'deps' | 'actor'>,
  actionId: string,
): Promise<void> {
  await unitOfWork(context, 'tiers.recalculated', (tx) =>
    calculateTiers(tx, context.deps, buyersOfAction(actionId)),
  );
}

const ChangingId = z.object({ id: z.string() });

/**
 * The same for many customers while purchases go on: those about to change are held first, so that a purchase waits or
 * is seen. Without it, what was read before a purchase could overwrite what the purchase has given.
 */
export async function calculateTiersInUse(
  tx: Transaction,
  deps: Pick<Dependencies, 'now'>,
  population: Population,
): Promise<number> {
  const decisions = tierDecisions(heldRules, dayOf(deps.now()), population);
  const changing = ChangingId.array().parse(
    await tx.$queryRaw(sql`
      WITH changing AS MATERIALIZED (SELECT customer_id FROM (${decisions}) AS decided WHERE ${isChanged})
      SELECT id::text FROM customers WHERE id IN (SELECT customer_id FROM changing) ORDER BY id FOR UPDATE`),
  );
  if (changing.length === 0) return 0;
  return calculateTiers(tx, deps, theseCustomers(changing.map(({ id }) => id)));
}
