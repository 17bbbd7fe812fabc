import type { ViewerContext } from '../../core/context.js';
import { Forbidden, InvalidInput } from '../../core/errors.js';
import { isUniqueViolation, unitOfWork } from '../../core/unit-of-work.js';
import { calculateTiersOf } from '../tiers/tier-calculation.service.js';
import { findCustomer } from './customers.queries.js';
import type { NewPurchase } from './purchases.schemas.js';

/**
 * Adds a purchase or a refund to a customer; totals, by trigger, and tier follow in the same transaction.
 * @throws NotFound, Forbidden, InvalidInput when staff member or branch do not exist.
 */
export async function addPurchase(
  context: ViewerContext,
  customerId: string,
  form: NewPurchase,
): Promise<void> {
  const customer = await findCustomer(context, customerId);
  if (!customer.can_add_purchases) throw new Forbidden('purchases:create');
  const { kind, purchasedOn, ...fields } = form;
  try {
    await unitOfWork(context, kind === 'refund' ? 'purchases.refunded' : 'purchases.created', async (tx) => {
      if (fields.staffId !== null && (await tx.user.count({ where: { id: fields.staffId } })) === 0) {
        throw InvalidInput.field('staffId', 'errors.notAChoice');
      }
      if (fields.branchId !== null && (await tx.branch.count({ where: { id: fields.branchId } })) === 0) {
        throw InvalidInput.field('branchId', 'errors.notAChoice');
      }
      await tx.purchase.create({
        data: {
          ...fields,
          customerId,
          purchasedOn: new Date(`${purchasedOn}T00:00:00Z`),
          amount: kind === 'refund' && Number(fields.amount) !== 0 ? `-${fields.amount}` : fields.amount,
        },
      });
      await calculateTiersOf(tx, context.deps, [customerId]);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}
