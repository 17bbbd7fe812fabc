import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import { Forbidden, type Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readFormChoices } from '../customers/customer-choices.queries.js';
import { findCustomer } from '../customers/customers.queries.js';
import { CustomerParams } from '../customers/customers.schemas.js';
import { purchaseFieldSpecs, storedValues } from './purchase-form.js';
import { findEditablePurchase, findPurchase } from './purchases.queries.js';
import {
  PurchaseChangeForm,
  PurchaseDeletionForm,
  PurchaseForm,
  PurchaseParams,
} from './purchases.schemas.js';
import { addPurchase, changePurchase, deletePurchase } from './purchases.service.js';
import { editPurchaseView, newPurchaseView, purchaseDeletionView, purchaseView } from './purchases.views.js';

export const purchaseRoutes = [
  route.get('/customers/:id/purchases/new', {
    permission: 'purchases:create',
    params: CustomerParams,
    handler: (context, { params }) => newForm(context, params.id),
  }),
  route.post('/customers/:id/purchases', {
    permission: 'purchases:create',
    params: CustomerParams,
    body: PurchaseForm,
    invalid: (context, { params, values, problems }) => newForm(context, params.id, values, problems),
    handler: async (context, { params, body }) => {
      await addPurchase(context, params.id, body);
      return redirect(`/customers/${params.id}`, { kind: 'success', key: 'purchases.created' });
    },
  }),
  route.get('/purchases/:id', {
    permission: 'customers:read',
    params: PurchaseParams,
    handler: async (context, { params }) =>
      page('purchases/show', purchaseView(context, await findPurchase(context, params.id))),
  }),
  route.get('/purchases/:id/edit', {
    permission: 'purchases:edit',
    params: PurchaseParams,
    handler: (context, { params }) => editForm(context, params.id),
  }),
  route.post('/purchases/:id', {
    permission: 'purchases:edit',
    params: PurchaseParams,
    body: PurchaseChangeForm,
    invalid: (context, { params, values, problems }) => editForm(context, params.id, values, problems),
    handler: async (context, { params, body, typed }) => {
      try {
        const customerId = await changePurchase(context, params.id, body);
        return redirect(`/customers/${customerId}`, { kind: 'success', key: 'purchases.saved' });
      } catch (error) {
        if (error instanceof EditedMeanwhile) return showConflict(context, params.id, typed);
        throw error;
      }
    },
  }),
  route.get('/purchases/:id/deletion', {
    permission: 'purchases:edit',
    params: PurchaseParams,
    handler: async (context, { params }) =>
      page('admin/confirm', purchaseDeletionView(context, await findEditablePurchase(context, params.id))),
  }),
  route.post('/purchases/:id/deletion', {
    permission: 'purchases:edit',
    params: PurchaseParams,
    body: PurchaseDeletionForm,
    handler: async (context, { params, body }) => {
      const { actionId, customerId } = await deletePurchase(context, params.id, body.version);
      return redirect(`/customers/${customerId}`, {
        kind: 'success',
        key: 'purchases.deleted',
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];

async function newForm(
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
  return page('admin/form', view, { status: problems.length > 0 ? 422 : 200 });
}

async function editForm(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems: readonly Problem[] = [],
): Promise<Reply> {
  const [purchase, choices] = await Promise.all([
    findEditablePurchase(context, id),
    readFormChoices(context),
  ]);
  const view = editPurchaseView(context, purchase, choices, values, problems);
  return page('admin/form', view, { status: problems.length > 0 ? 422 : 200 });
}

async function showConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const [purchase, choices] = await Promise.all([
    findEditablePurchase(context, id),
    readFormChoices(context),
  ]);
  const values = { ...typed, version: String(purchase.version) };
  return conflictPage(context, {
    table: 'purchases',
    recordId: id,
    name: purchase.customer_name,
    recordHref: `/purchases/${id}`,
    specs: purchaseFieldSpecs(context, choices, purchase),
    stored: storedValues(purchase),
    typed,
    editForm: editPurchaseView(context, purchase, choices, values).editForm,
  });
}
