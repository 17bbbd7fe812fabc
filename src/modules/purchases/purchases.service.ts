import { v7 as newId } from 'uuid';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Forbidden, InvalidInput } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { isUniqueViolation, unitOfWork } from '../../core/unit-of-work.js';
import { findCustomer } from '../customers/customers.queries.js';
import { calculateTiersOf } from '../tiers/tier-calculation.service.js';
import { findEditablePurchase } from './purchases.queries.js';
import type { NewPurchase, PurchaseChange } from './purchases.schemas.js';

/**
 * Adds a purchase or a refund to a customer; totals and rhythm, by trigger, and tier follow in the same transaction.
 * @throws NotFound, Forbidden, InvalidInput when staff member or branch do not exist.
 */
export async function addPurchase(
  context: ViewerContext,
  customerId: string,
  { id, ...form }: NewPurchase,
): Promise<void> {
  const customer = await findCustomer(context, customerId);
  if (!customer.can_add_purchases) throw new Forbidden('purchases:create');
  const action = form.kind === 'refund' ? 'purchases.refunded' : 'purchases.created';
  try {
    await unitOfWork(context, action, async (tx) => {
      await tx.purchase.create({ data: { id, customerId, ...(await columnsOf(tx, form)) } });
      await calculateTiersOf(tx, context.deps, [customerId]);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}

/**
 * Corrects a purchase or a refund; returns its customer.
 * @throws NotFound, Forbidden, EditedMeanwhile, InvalidInput when staff member or branch do not exist.
 */
export async function changePurchase(
  context: ViewerContext,
  id: string,
  { version, ...form }: PurchaseChange,
): Promise<string> {
  const { customer_id: customerId } = await findEditablePurchase(context, id);
  await unitOfWork(context, 'purchases.changed', async (tx) => {
    const data = await columnsOf(tx, form);
    const { count } = await tx.purchase.updateMany({ where: { id, version }, data });
    if (count === 0) throw new EditedMeanwhile();
    await calculateTiersOf(tx, context.deps, [customerId]);
  });
  return customerId;
}

/**
 * Deletes a purchase or a refund; the returned action takes it back.
 * @throws NotFound, Forbidden, EditedMeanwhile
 */
export async function deletePurchase(
  context: ViewerContext,
  id: string,
  version: number,
): Promise<{ actionId: string; customerId: string }> {
  const { deps, viewer } = context;
  const { customer_id: customerId, customer_no: customerNo } = await findEditablePurchase(context, id);
  const actionId = newId();
  await unitOfWork(
    context,
    'purchases.deleted',
    async (tx) => {
      const action = { id: actionId, kind: 'purchases.deleted', summary: { customerNo }, actorId: viewer.id };
      await registerUndoable(tx, action, deps.now());
      const { count } = await tx.purchase.deleteMany({ where: { id, version } });
      if (count === 0) throw new EditedMeanwhile();
      await calculateTiersOf(tx, deps, [customerId]);
    },
    { undoableActionId: actionId },
  );
  return { actionId, customerId };
}

/** The form as it is stored: a refund is a negative amount. */
async function columnsOf(tx: Transaction, { kind, purchasedOn, ...fields }: Omit<NewPurchase, 'id'>) {
  const { staffId, branchId, amount } = fields;
  if (staffId !== null && (await tx.user.count({ where: { id: staffId } })) === 0) {
    throw InvalidInput.field('staffId', 'errors.notAChoice');
  }
  if (branchId !== null && (await tx.branch.count({ where: { id: branchId } })) === 0) {
    throw InvalidInput.field('branchId', 'errors.notAChoice');
  }
  return {
    ...fields,
    purchasedOn: new Date(`${purchasedOn}T00:00:00Z`),
    amount: kind === 'refund' && Number(amount) !== 0 ? `-${amount}` : amount,
  };
}
