import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, InvalidInput } from '../../core/errors.js';
import { dayOf } from '../../core/format.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { isUniqueViolation, unitOfWork } from '../../core/unit-of-work.js';
import { EditedMeanwhile } from '../../core/conflict.js';
import { findCustomer, type CustomerRecord } from '../customers/customers.queries.js';
import { addDays } from '../follow-ups/due-days.js';
import { overrideLimits, type TierOverride } from './tier-overrides.schemas.js';
import { noOverride } from './tiers.service.js';

/** The customer whose tier is to be set by hand. @throws NotFound outside the scope of doing so. */
export const findOverridable = (context: ViewerContext, id: string): Promise<CustomerRecord> =>
  findCustomer(context, id, { permission: 'customers:override-tier' });

/**
 * Sets the tier of a customer by hand until a day, that day included; the returned action takes it back.
 * @throws NotFound, EditedMeanwhile, InvalidInput when there is no such tier or the day is past or too far ahead.
 */
export async function overrideTier(
  context: ViewerContext,
  customerId: string,
  { tierId, reason, until, version }: TierOverride,
): Promise<string> {
  const customer = await findOverridable(context, customerId);
  const today = dayOf(context.deps.now());
  if (until < today || until > addDays(today, overrideLimits.days)) {
    throw InvalidInput.field('until', 'tiers.overrideUntilOutside');
  }
  const fields = {
    overrideId: tierId,
    overrideReason: reason,
    overrideUntil: new Date(`${until}T00:00:00Z`),
    overriddenById: context.viewer.id,
  };
  const actionId = newId();
  try {
    await unitOfWork(
      context,
      'customers.tier-overridden',
      async (tx) => {
        const tier = await tx.tier.findUnique({ where: { id: tierId }, select: { name: true } });
        if (!tier) throw InvalidInput.field('tierId', 'errors.notAChoice');
        if (version === 0) await tx.customerTier.create({ data: { id: customerId, ...fields } });
        else {
          const { count } = await tx.customerTier.updateMany({
            where: { id: customerId, version },
            data: fields,
          });
          if (count === 0) throw new EditedMeanwhile();
        }
        const summary = { tier: tier.name, name: customer.name, customerNo: customer.customer_no };
        await register(tx, context, { id: actionId, kind: 'customers.tier-overridden', summary });
      },
      { undoableActionId: actionId },
    );
  } catch (error) {
    throw isUniqueViolation(error) ? new EditedMeanwhile() : error;
  }
  return actionId;
}

/**
 * Ends the tier set by hand; the returned action takes it back.
 * @throws NotFound, Conflict when there is none any more.
 */
export async function clearTierOverride(context: ViewerContext, customerId: string): Promise<string> {
  const customer = await findOverridable(context, customerId);
  const actionId = newId();
  await unitOfWork(
    context,
    'customers.tier-override-cleared',
    async (tx) => {
      const { count } = await tx.customerTier.updateMany({
        where: { id: customerId, overrideId: { not: null } },
        data: noOverride,
      });
      if (count === 0) throw new Conflict('tiers.overrideNone');
      const summary = { name: customer.name, customerNo: customer.customer_no };
      await register(tx, context, { id: actionId, kind: 'customers.tier-override-cleared', summary });
    },
    { undoableActionId: actionId },
  );
  return actionId;
}

const register = (
  tx: Transaction,
  { viewer, deps }: ViewerContext,
  action: { readonly id: string; readonly kind: string; readonly summary: Readonly<Record<string, string>> },
): Promise<void> => registerUndoable(tx, { ...action, actorId: viewer.id }, deps.now());
