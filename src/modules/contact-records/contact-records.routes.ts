import type { ViewerContext } from '../../core/context.js';
import { Forbidden, type Problem } from '../../core/errors.js';
import { returnPath } from '../../core/fields.js';
import type { FormValues } from '../../core/form.js';
import { formatDay } from '../../core/format.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import { findCustomer } from '../customers/customers.queries.js';
import { CustomerParams } from '../customers/customers.schemas.js';
import { listPossibleOwners } from '../follow-ups/follow-up-owners.queries.js';
import { listOpenFollowUps } from '../follow-ups/follow-ups.queries.js';
import { contactFieldSpecs, contactFormView, freshValues } from './contact-form.js';
import {
  contactRecordDeletionView,
  contactRecordView,
  editContactRecordView,
  newContactRecordView,
  storedValues,
} from './contact-record.views.js';
import { findContactRecord, type ContactRecordRow } from './contact-records.queries.js';
import {
  ContactPrefill,
  ContactRecordForm,
  ContactRecordParams,
  DeletionForm,
  NewContactRecordForm,
} from './contact-records.schemas.js';
import { addContactRecord, changeContactRecord, deleteContactRecord } from './contact-records.service.js';

export const contactRecordRoutes = [
  route.get('/customers/:id/contact-records/new', {
    permission: 'contact-records:create',
    params: CustomerParams,
    query: ContactPrefill,
    handler: (context, { params, query }) => showForm(context, params.id, { prefill: query }),
  }),
  route.post('/customers/:id/contact-records', {
    permission: 'contact-records:create',
    params: CustomerParams,
    body: NewContactRecordForm,
    invalid: (context, { params, values, problems }) => showForm(context, params.id, { values, problems }),
    handler: async (context, { params, body }) => {
      const nextOn = await addContactRecord(context, params.id, body);
      return redirect(
        body.returnTo ?? `/customers/${params.id}`,
        nextOn === null
          ? { kind: 'success', key: 'contactRecords.created' }
          : {
              kind: 'success',
              key: 'contactRecords.createdWithNext',
              params: { day: formatDay(nextOn, context.locale) },
            },
      );
    },
  }),
  route.get('/contact-records/:id', {
    permission: 'customers:read',
    params: ContactRecordParams,
    handler: async (context, { params }) =>
      page('contact-records/show', contactRecordView(context, await findContactRecord(context, params.id))),
  }),
  route.get('/contact-records/:id/edit', {
    permission: 'contact-records:edit',
    params: ContactRecordParams,
    handler: async (context, { params }) =>
      page('contact-records/edit', editContactRecordView(context, await findEditable(context, params.id))),
  }),
  route.post('/contact-records/:id', {
    permission: 'contact-records:edit',
    params: ContactRecordParams,
    body: ContactRecordForm,
    invalid: async (context, { params, values, problems }) => {
      const record = await findEditable(context, params.id);
      return page('contact-records/edit', editContactRecordView(context, record, values, problems), {
        status: 422,
      });
    },
    handler: async (context, { params, body, typed }) => {
      try {
        await changeContactRecord(context, params.id, body);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return showConflict(context, params.id, typed);
        throw error;
      }
      return redirect(`/contact-records/${params.id}`, { kind: 'success', key: 'contactRecords.saved' });
    },
  }),
  route.get('/contact-records/:id/deletion', {
    permission: 'contact-records:edit',
    params: ContactRecordParams,
    handler: async (context, { params }) => {
      const record = await findEditable(context, params.id);
      return page('contact-records/deletion', contactRecordDeletionView(context, record));
    },
  }),
  route.post('/contact-records/:id/deletion', {
    permission: 'contact-records:edit',
    params: ContactRecordParams,
    body: DeletionForm,
    handler: async (context, { params, body }) => {
      const { actionId, customerId } = await deleteContactRecord(context, params.id, body.version);
      return redirect(`/customers/${customerId}`, {
        kind: 'success',
        key: 'contactRecords.deleted',
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];

interface ShownForm {
  readonly prefill?: FormValues;
  /** As typed, after a refusal. */
  readonly values?: FormValues;
  readonly problems?: readonly Problem[];
}

async function showForm(
  context: ViewerContext,
  customerId: string,
  { prefill = {}, values, problems = [] }: ShownForm,
): Promise<Reply> {
  const [customer, open, owners] = await Promise.all([
    findCustomer(context, customerId),
    listOpenFollowUps(context, customerId),
    listPossibleOwners(context, customerId),
  ]);
  if (!customer.can_add_contact_records) throw new Forbidden('contact-records:create');
  const facts = { customerId, open, owners };
  const shown = values ?? { ...freshValues(context, facts), ...prefill };
  const back = returnPath.safeParse(shown['returnTo']).data ?? `/customers/${customerId}`;
  const form = contactFormView(context, facts, back, shown, problems);
  return page('contact-records/new', newContactRecordView(context, customer, form), {
    status: problems.length > 0 ? 422 : 200,
  });
}

async function findEditable(context: ViewerContext, id: string): Promise<ContactRecordRow> {
  const record = await findContactRecord(context, id);
  if (!record.can_edit) throw new Forbidden('contact-records:edit');
  return record;
}

async function showConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const record = await findEditable(context, id);
  const values = { ...typed, version: String(record.version) };
  return conflictPage(context, {
    table: 'contact_records',
    recordId: id,
    name: record.customer_name,
    recordHref: `/contact-records/${id}`,
    specs: contactFieldSpecs(context),
    stored: storedValues(record),
    typed,
    editForm: editContactRecordView(context, record, values).editForm,
  });
}
