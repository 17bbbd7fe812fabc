import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { formatPhoneForDisplay } from '../../core/phone.js';
import { fragment, page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { CustomerParams, EmptyForm } from '../customers/customers.schemas.js';
import { findEditableCustomer } from '../customers/editable-customer.js';
import {
  CustomerContactDeletionForm,
  CustomerContactForm,
  CustomerContactParams,
  NewCustomerContactForm,
  RevealParams,
} from './customer-contacts.schemas.js';
import {
  addCustomerContact,
  changeCustomerContact,
  deleteCustomerContact,
  findEditable,
} from './customer-contacts.service.js';
import {
  contactDeletionView,
  contactForm,
  contactSpecs,
  editContactView,
  newContactView,
  storedContact,
} from './customer-contacts.views.js';
import { revealReach } from './reach-reveals.js';

const permission = 'customers:edit';

export const customerContactRoutes = [
  route.get('/customers/:id/contacts/new', {
    permission,
    params: CustomerParams,
    handler: (context, { params }) => newPage(context, params.id),
  }),
  route.post('/customers/:id/contacts', {
    permission,
    params: CustomerParams,
    body: NewCustomerContactForm,
    invalid: (context, { params, values, problems }) => newPage(context, params.id, values, problems),
    handler: async (context, { params, body }) => {
      await addCustomerContact(context, params.id, body);
      return redirect(`/customers/${params.id}`, {
        kind: 'success',
        key: 'customerContacts.created',
        params: { name: body.name },
      });
    },
  }),
  route.get('/customer-contacts/:id/edit', {
    permission,
    params: CustomerContactParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post('/customer-contacts/:id', {
    permission,
    params: CustomerContactParams,
    body: CustomerContactForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params, body, typed }) => {
      try {
        const { customer_id: customerId } = await changeCustomerContact(context, params.id, body);
        return redirect(`/customers/${customerId}`, {
          kind: 'success',
          key: 'customerContacts.saved',
          params: { name: body.name },
        });
      } catch (error) {
        if (error instanceof EditedMeanwhile) return contactConflict(context, params.id, typed);
        throw error;
      }
    },
  }),
  route.get('/customer-contacts/:id/deletion', {
    permission,
    params: CustomerContactParams,
    handler: async (context, { params }) =>
      page('admin/confirm', contactDeletionView(context, await findEditable(context, params.id))),
  }),
  route.post('/customer-contacts/:id/deletion', {
    permission,
    params: CustomerContactParams,
    body: CustomerContactDeletionForm,
    handler: async (context, { params, body }) => {
      const { actionId, contact } = await deleteCustomerContact(context, params.id, body.version);
      return redirect(`/customers/${contact.customer_id}`, {
        kind: 'success',
        key: 'customerContacts.deleted',
        params: { name: contact.name },
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
  route.post('/customer-contacts/:id/reveals/:field', {
    permission: 'customers:reveal-contact',
    params: RevealParams,
    body: EmptyForm,
    handler: async (context, { params: { id, field } }) => {
      const { contact, value } = await revealReach(context, id, field);
      const text = value ?? '';
      return fragment('customers/_revealed', {
        label: context.t(`customers.${field}`),
        text: field === 'phone' ? formatPhoneForDisplay(text) : text,
        backHref: `/customers/${contact.customer_id}`,
      });
    },
  }),
];

async function newPage(
  context: ViewerContext,
  customerId: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const customer = await findEditableCustomer(context, customerId);
  return page('admin/form', newContactView(context, customer, values, problems), {
    status: problems ? 422 : 200,
  });
}

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const view = editContactView(context, await findEditable(context, id), values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}

/** Phone and e-mail stand in the form below, masked, and not among what is compared. */
async function contactConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const contact = await findEditable(context, id);
  const isCompared = ({ name }: { readonly name: string }): boolean =>
    Object.hasOwn(storedContact(contact), name);
  const isOn = (value: unknown): string => (value === true || value === 'on' ? context.t('common.yes') : '');
  const stored = storedContact(contact);
  return conflictPage(context, {
    table: 'customer_contacts',
    recordId: id,
    name: contact.name,
    recordHref: `/customers/${contact.customer_id}`,
    specs: contactSpecs(context).filter(isCompared),
    stored: { ...stored, isPrimary: isOn(stored['isPrimary']) },
    typed: { ...typed, isPrimary: isOn(typed['isPrimary']) },
    editForm: contactForm(context, contact, { ...typed, version: String(contact.version) }),
  });
}
