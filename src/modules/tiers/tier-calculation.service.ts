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

const overwriting = sql`
  ON CONFLICT (id) DO UPDATE SET calculated_id = excluded.calculated_id, grace_until = excluded.grace_until`;

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
    WHERE ${isChanged} ORDER BY customer_id ${overwriting}`);
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

const Horizon = z.object({ horizon: z.string() });
const OutdatedId = z.object({ id: z.string() });

/**
 * The same for many customers while purchases go on. What is decided is decided once, then the totals are held: a
 * purchase that was stored in between is found by them, and what it changed is decided again. Without it, what was
 * read before a purchase could overwrite what the purchase has given.
 */
export async function calculateTiersInUse(
  tx: Transaction,
  deps: Pick<Dependencies, 'now'>,
  population: Population,
): Promise<number> {
  const horizon = await horizonOfTurn(tx);
  const decisions = tierDecisions(heldRules, dayOf(deps.now()), population);
  const changed = await tx.$executeRaw(sql`
    WITH changing AS MATERIALIZED (
      SELECT customer_id, decided_id, decided_grace FROM (${decisions}) AS decided WHERE ${isChanged}),
    held AS MATERIALIZED (
      SELECT customer_id FROM hold_purchase_totals(ARRAY(SELECT customer_id FROM changing)) AS held(customer_id))
    INSERT INTO customer_tiers (id, calculated_id, grace_until)
    SELECT customer_id, decided_id, decided_grace FROM held JOIN changing USING (customer_id) ORDER BY customer_id ${overwriting}`);
  if (changed > 0) await calculateTiersOf(tx, deps, await outdatedCustomers(tx, population, horizon));
  return changed;
}

/**
 * Waits until no other calculation of many is at work, which may know newer rules, and says which transaction was the
 * oldest one under way: whatever the next statement cannot see is of that transaction or a later one.
 */
async function horizonOfTurn(tx: Transaction): Promise<string> {
  const [turn] = Horizon.array().parse(
    await tx.$queryRaw(sql`
      SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon
      FROM pg_advisory_xact_lock(hashtext('tiers.recalculated'))`),
  );
  return Horizon.parse(turn).horizon;
}

/** Customers whose tier this transaction has written, and whose totals are of the horizon or later. */
async function outdatedCustomers(
  tx: Transaction,
  population: Population,
  horizon: string,
): Promise<string[]> {
  const outdated = OutdatedId.array().parse(
    await tx.$queryRaw(sql`
      SELECT customer_tiers.id::text
      FROM customer_tiers JOIN customer_purchase_totals AS totals ON totals.customer_id = customer_tiers.id
      WHERE ${population(sql`customer_tiers.id`)} AND customer_tiers.xmin = pg_current_xact_id()::xid
        AND age(totals.xmin) <= age(${horizon}::xid8::xid)`),
  );
  return outdated.map(({ id }) => id);
}
