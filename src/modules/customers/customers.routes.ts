import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { Forbidden, NotFound, type Problem } from '../../core/errors.js';
import { fragment, page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { listCustomerViews } from '../saved-views/saved-views.queries.js';
import { withCustomProblems } from '../custom-fields/custom-values.js';
import { contactFields } from './contact-details.js';
import { revealContact } from './contact-reveals.js';
import { readFilterChoices, readFormChoices } from './customer-choices.queries.js';
import { revealedText } from './customer-show.views.js';
import { customersIndexView } from './customers-list.views.js';
import { findCustomer, findLastEditor, findSurvivor, listCustomers } from './customers.queries.js';
import {
  CustomerForm,
  CustomerListQuery,
  CustomerParams,
  EmptyForm,
  NewCustomerForm,
  TimelineQuery,
  VersionForm,
} from './customers.schemas.js';
import { changeCustomer, createCustomer, deleteCustomer } from './customers.service.js';
import { EditedMeanwhile } from '../../core/conflict.js';
import {
  customerConflictView,
  customerDeletionView,
  editCustomerView,
  newCustomerView,
} from './customers.views.js';
import { refuseUnknownFilters } from './custom-field-filters.js';
import { showCustomer } from './show-customer.js';
import {
  findElsewhere,
  findSimilarCustomers,
  sharedContact,
  type SimilarCustomer,
} from './similar-customers.queries.js';
import { SimilarCustomersQuery } from './similar-customers.schemas.js';
import { similarWhileTyping } from './similar-customers.views.js';

const ContactParams = z.strictObject({ ...CustomerParams.shape, field: z.enum(contactFields) });

export const customerRoutes = [
  route.get('/customers', {
    permission: 'customers:read',
    query: CustomerListQuery,
    handler: async (context, { query }) => {
      const [result, choices, views] = await Promise.all([
        listCustomers(context, query),
        readFilterChoices(context),
        listCustomerViews(context),
      ]);
      refuseUnknownFilters(choices, query);
      const elsewhere = result.rows.length === 0 ? await findElsewhere(context, query.q ?? '') : [];
      return page('customers/index', customersIndexView(context, query, result, choices, views, elsewhere));
    },
  }),
  route.get('/customers/new', {
    permission: 'customers:create',
    handler: async (context) =>
      page('customers/new', newCustomerView(context, await readFormChoices(context))),
  }),
  route.get('/customers/similar', {
    permission: 'customers:create',
    query: SimilarCustomersQuery,
    handler: async (context, { query: { createAnyway, ...typed } }) => {
      const matches = await findSimilarCustomers(context, typed);
      return fragment('customers/_similar', similarWhileTyping(context, matches, createAnyway));
    },
  }),
  route.post('/customers', {
    permission: 'customers:create',
    body: NewCustomerForm,
    invalid: async (context, { values, problems }) => {
      const choices = await readFormChoices(context);
      const all = withCustomProblems(choices.customFields, values, problems);
      return page('customers/new', newCustomerView(context, choices, values, all), { status: 422 });
    },
    handler: async (context, { body: { createAnyway, ...body }, typed }) => {
      const similar = createAnyway ? [] : await findSimilarCustomers(context, body, body.id);
      if (sharedContact(similar).length > 0) return askWhetherTheSame(context, typed, similar);
      const id = await createCustomer(context, body);
      return redirect(`/customers/${id}`, {
        kind: 'success',
        key: 'customers.created',
        params: { name: body.name },
      });
    },
  }),
  route.get('/customers/:id', {
    permission: 'customers:read',
    params: CustomerParams,
    query: TimelineQuery,
    handler: (context, { params, query }) =>
      showCustomer(context, params.id, { before: query.before }).catch((error: unknown) =>
        openSurvivor(context, params.id, error),
      ),
  }),
  route.get('/customers/:id/edit', {
    permission: 'customers:edit',
    params: CustomerParams,
    handler: async (context, { params }) => {
      const customer = await findCustomer(context, params.id);
      if (!customer.can_edit) throw new Forbidden('customers:edit');
      return page('customers/edit', editCustomerView(context, customer, await readFormChoices(context)));
    },
  }),
  route.post('/customers/:id', {
    permission: 'customers:edit',
    params: CustomerParams,
    body: CustomerForm,
    invalid: async (context, { params, values, problems }) => {
      const customer = await findCustomer(context, params.id);
      const choices = await readFormChoices(context);
      const all = withCustomProblems(choices.customFields, values, problems, customer.custom_values);
      return page('customers/edit', editCustomerView(context, customer, choices, values, all), {
        status: 422,
      });
    },
    handler: async (context, { params, body, typed }) => {
      try {
        await changeCustomer(context, params.id, body);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return showConflict(context, params.id, typed);
        throw error;
      }
      return redirect(`/customers/${params.id}`, {
        kind: 'success',
        key: 'customers.saved',
        params: { name: body.name },
      });
    },
  }),
  route.get('/customers/:id/deletion', {
    permission: 'customers:delete',
    params: CustomerParams,
    handler: async (context, { params }) => {
      const customer = await findCustomer(context, params.id);
      if (!customer.can_delete) throw new Forbidden('customers:delete');
      return page('customers/deletion', customerDeletionView(context, customer));
    },
  }),
  route.post('/customers/:id/deletion', {
    permission: 'customers:delete',
    params: CustomerParams,
    body: VersionForm,
    handler: async (context, { params, body }) => {
      const actionId = await deleteCustomer(context, params.id, body.version);
      return redirect('/customers', {
        kind: 'success',
        key: 'customers.deleted',
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
  route.post('/customers/:id/contact/:field', {
    permission: 'customers:reveal-contact',
    params: ContactParams,
    body: EmptyForm,
    handler: async (context, { params }) => {
      const value = await revealContact(context, params.id, params.field);
      return fragment('customers/_revealed', {
        label: context.t(`customers.${params.field}`),
        text: value === null ? '' : revealedText(params.field, value),
        backHref: `/customers/${params.id}`,
      });
    },
  }),
];

/** The address of a customer who was merged into another one leads there. */
async function openSurvivor(context: ViewerContext, id: string, error: unknown): Promise<Reply> {
  const survivorId = error instanceof NotFound ? await findSurvivor(context, id) : undefined;
  if (survivorId === undefined) throw error;
  return redirect(`/customers/${survivorId}`);
}

/** Somebody has the phone or e-mail address already: the form again, with the box that says so on purpose. */
async function askWhetherTheSame(
  context: ViewerContext,
  typed: Readonly<Record<string, unknown>>,
  similar: readonly SimilarCustomer[],
): Promise<Reply> {
  const box = context.t('customers.createAnyway');
  const problems = sharedContact(similar).map((path): Problem => ({
    path,
    key: 'customers.sameContact',
    params: { box },
  }));
  const view = newCustomerView(context, await readFormChoices(context), typed, problems, similar);
  return page('customers/new', view, { status: 422 });
}

async function showConflict(
  context: ViewerContext,
  id: string,
  typed: Readonly<Record<string, unknown>>,
): Promise<Reply> {
  const [customer, choices, editor] = await Promise.all([
    findCustomer(context, id),
    readFormChoices(context),
    findLastEditor(context, id),
  ]);
  const view = customerConflictView(context, customer, choices, typed, editor);
  return page('errors/conflict', view, { status: 409 });
}
