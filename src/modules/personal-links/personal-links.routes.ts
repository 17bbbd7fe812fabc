import { page, redirect } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { findCustomer } from '../customers/customers.queries.js';
import { listLinks } from './personal-links.queries.js';
import { EmptyLinkForm, LinkOwnerParams, LinkParams, NewLinkForm } from './personal-links.schemas.js';
import {
  makeCustomerLink,
  makeRequestLink,
  revokeCustomerLink,
  revokeRequestLink,
} from './personal-links.service.js';
import { customerLinksView, newLinkView } from './personal-links.views.js';

export const personalLinkRoutes = [
  // Both answer with the page itself: the address is shown once and stands in no session.
  route.post('/service-requests/:id/personal-link', {
    permission: 'service-requests:work',
    params: LinkOwnerParams,
    body: NewLinkForm,
    handler: async (context, { params, body }) => {
      const token = await makeRequestLink(context, params.id, body.id);
      return page('personal-links/handed-over', newLinkView(context, 'request', params.id, token));
    },
  }),
  route.post('/customers/:id/personal-link', {
    permission: 'customers:edit',
    params: LinkOwnerParams,
    body: NewLinkForm,
    handler: async (context, { params, body }) => {
      const token = await makeCustomerLink(context, params.id, body.id);
      return page('personal-links/handed-over', newLinkView(context, 'customer', params.id, token));
    },
  }),
  route.post('/service-requests/:id/personal-links/:linkId/revocation', {
    permission: 'service-requests:work',
    params: LinkParams,
    body: EmptyLinkForm,
    handler: async (context, { params }) => {
      await revokeRequestLink(context, params.id, params.linkId);
      return redirect(`/service-requests/${params.id}`, { kind: 'success', key: 'personalLinks.revokedNow' });
    },
  }),
  route.post('/customers/:id/personal-links/:linkId/revocation', {
    permission: 'customers:edit',
    params: LinkParams,
    body: EmptyLinkForm,
    handler: async (context, { params }) => {
      await revokeCustomerLink(context, params.id, params.linkId);
      return redirect(`/customers/${params.id}/personal-links`, {
        kind: 'success',
        key: 'personalLinks.revokedNow',
      });
    },
  }),
  route.get('/customers/:id/personal-links', {
    permission: 'customers:edit',
    params: LinkOwnerParams,
    handler: async (context, { params }) => {
      const customer = await findCustomer(context, params.id);
      const links = await listLinks(context, { customerId: params.id });
      return page('personal-links/customer-links', customerLinksView(context, customer, links));
    },
  }),
];
