import { redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { CustomerTagForm, CustomerTagParams } from './customer-tags.schemas.js';
import { tagCustomer, untagCustomer, type TagChange } from './customer-tags.service.js';
import { CustomerParams, EmptyForm } from './customers.schemas.js';
import { showCustomer } from './show-customer.js';

export const customerTagRoutes = [
  route.post('/customers/:id/tags', {
    permission: 'customers:edit',
    params: CustomerParams,
    body: CustomerTagForm,
    invalid: (context, { params, values, problems }) =>
      showCustomer(context, params.id, { refused: { tag: { values, problems } } }),
    handler: async (context, { params, body }) =>
      backToRecord(params.id, 'tags.added', await tagCustomer(context, params.id, body.tag)),
  }),
  route.post('/customers/:id/tags/:tagId/removal', {
    permission: 'customers:edit',
    params: CustomerTagParams,
    body: EmptyForm,
    handler: async (context, { params }) =>
      backToRecord(params.id, 'tags.removed', await untagCustomer(context, params.id, params.tagId)),
  }),
];

const backToRecord = (
  customerId: string,
  key: 'tags.added' | 'tags.removed',
  { name, actionId }: TagChange,
): Reply =>
  redirect(`/customers/${customerId}`, {
    kind: 'success',
    key,
    params: { name },
    ...(actionId !== undefined && { undo: `/recent-actions/${actionId}/undo` }),
  });
