import { redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { CollaboratorForm, CollaboratorParams } from './collaborators.schemas.js';
import { addCollaborator, removeCollaborator, type CollaboratorChange } from './collaborators.service.js';
import { CustomerParams, EmptyForm } from './customers.schemas.js';
import { showCustomer } from './show-customer.js';

export const collaboratorRoutes = [
  route.post('/customers/:id/collaborators', {
    permission: 'customers:edit',
    params: CustomerParams,
    body: CollaboratorForm,
    invalid: (context, { params, values, problems }) =>
      showCustomer(context, params.id, { refused: { collaborator: { values, problems } } }),
    handler: async (context, { params, body }) =>
      backToRecord(
        params.id,
        'collaborators.added',
        await addCollaborator(context, params.id, body.collaborator),
      ),
  }),
  route.post('/customers/:id/collaborators/:userId/removal', {
    permission: 'customers:edit',
    params: CollaboratorParams,
    body: EmptyForm,
    handler: async (context, { params }) => {
      const change = await removeCollaborator(context, params.id, params.userId);
      return backToRecord(params.id, 'collaborators.removed', change);
    },
  }),
];

const backToRecord = (
  customerId: string,
  key: 'collaborators.added' | 'collaborators.removed',
  { person, actionId }: CollaboratorChange,
): Reply =>
  redirect(`/customers/${customerId}`, {
    kind: 'success',
    key,
    params: { name: person },
    ...(actionId !== undefined && { undo: `/recent-actions/${actionId}/undo` }),
  });
