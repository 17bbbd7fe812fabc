import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { Forbidden } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readFormChoices } from './customer-choices.queries.js';
import { findCustomer } from './customers.queries.js';
import { CustomerParams } from './customers.schemas.js';
import { PurchaseForm } from './purchases.schemas.js';
import { addPurchase } from './purchases.service.js';
import { newPurchaseView } from './purchases.views.js';

export const purchaseRoutes = [
  route.get('/customers/:id/purchases/new', {
    permission: 'purchases:create',
    params: CustomerParams,
    handler: (context, { params }) => showForm(context, params.id),
  }),
  route.post('/customers/:id/purchases', {
    permission: 'purchases:create',
    params: CustomerParams,
    body: PurchaseForm,
    invalid: (context, { params, values, problems }) => showForm(context, params.id, values, problems),
    handler: async (context, { params, body }) => {
      await addPurchase(context, params.id, body);
      return redirect(`/customers/${params.id}`, { kind: 'success', key: 'purchases.created' });
    },
  }),
];

async function showForm(
  context: ViewerContext,
  customerId: string,
  values?: FormValues,
  problems: readonly Problem[] = [],
): Promise<Reply> {
  const [customer, choices] = await Promise.all([
    findCustomer(context, customerId),
    readFormChoices(context),
  ]);
  if (!customer.can_add_purchases) throw new Forbidden('purchases:create');
  const view = newPurchaseView(context, customer, choices, values, problems);
  return page('customers/new-purchase', view, { status: problems.length > 0 ? 422 : 200 });
}
