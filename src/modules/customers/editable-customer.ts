import type { ViewerContext } from '../../core/context.js';
import { Forbidden } from '../../core/errors.js';
import { findCustomer, type CustomerRecord } from './customers.queries.js';

/** A customer whom the viewer may change. @throws NotFound, Forbidden outside the scope of editing */
export async function findEditableCustomer(context: ViewerContext, id: string): Promise<CustomerRecord> {
  const customer = await findCustomer(context, id);
  if (!customer.can_edit) throw new Forbidden('customers:edit');
  return customer;
}
