import { fragment, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { revealContactPoint } from './contact-reveals.js';
import { contactPointName } from './contact-card.views.js';
import { ContactPointForm, ContactPointParams } from './contact-points.schemas.js';
import { addContactPoint, makeContactPointFirst, removeContactPoint } from './contact-points.service.js';
import { revealedText } from './customer-show.views.js';
import { CustomerParams, EmptyForm } from './customers.schemas.js';
import { showCustomer } from './show-customer.js';

export const contactPointRoutes = [
  route.post('/customers/:id/contact-points', {
    permission: 'customers:edit',
    params: CustomerParams,
    body: ContactPointForm,
    invalid: (context, { params, values, problems }) =>
      showCustomer(context, params.id, { refused: { contactPoint: { values, problems } } }),
    handler: async (context, { params, body }) =>
      backToRecord(params.id, 'contactPoints.added', await addContactPoint(context, params.id, body)),
  }),
  route.post('/customers/:id/contact-points/:pointId/first', {
    permission: 'customers:edit',
    params: ContactPointParams,
    body: EmptyForm,
    handler: async (context, { params: { id, pointId } }) =>
      backToRecord(id, 'contactPoints.madeFirst', await makeContactPointFirst(context, id, pointId)),
  }),
  route.post('/customers/:id/contact-points/:pointId/removal', {
    permission: 'customers:edit',
    params: ContactPointParams,
    body: EmptyForm,
    handler: async (context, { params: { id, pointId } }) =>
      backToRecord(id, 'contactPoints.removed', await removeContactPoint(context, id, pointId)),
  }),
  route.post('/customers/:id/contact-points/:pointId/reveal', {
    permission: 'customers:reveal-contact',
    params: ContactPointParams,
    body: EmptyForm,
    handler: async (context, { params: { id, pointId } }) => {
      const { point, value } = await revealContactPoint(context, id, pointId);
      return fragment('customers/_revealed', {
        label: contactPointName(context.t, point),
        text: revealedText(point.kind, value),
        backHref: `/customers/${id}`,
      });
    },
  }),
];

const backToRecord = (
  customerId: string,
  key: 'contactPoints.added' | 'contactPoints.madeFirst' | 'contactPoints.removed',
  actionId: string,
): Reply =>
  redirect(`/customers/${customerId}`, { kind: 'success', key, undo: `/recent-actions/${actionId}/undo` });
