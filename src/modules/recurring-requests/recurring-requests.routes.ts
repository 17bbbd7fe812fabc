import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import { InvalidInput, NotFound, type Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { dayOf, formatDay } from '../../core/format.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route, type Route } from '../../core/route.js';
import { addDays } from '../follow-ups/due-days.js';
import { findChosenCustomer } from '../service-requests/customer-picker.queries.js';
import { readRequestChoices } from '../service-requests/request-choices.queries.js';
import { nextOccurrence } from './recurrence.js';
import {
  editRecurringView,
  newRecurringView,
  recurringForm,
  recurringPreviewView,
  recurringSpecs,
  storedRecurring,
  type RecurringChoices,
} from './recurring-form.views.js';
import { findRecurring, listRecurring } from './recurring-requests.queries.js';
import {
  NewRecurringForm,
  NewRecurringQuery,
  RecurringForm,
  RecurringParams,
  RecurringQuery,
  RecurringVersionForm,
  type RecurringFields,
} from './recurring-requests.schemas.js';
import {
  changeRecurring,
  createRecurring,
  resumeRecurring,
  stopRecurring,
} from './recurring-requests.service.js';
import {
  recurringConfirmView,
  recurringListView,
  recurringPath,
  recurringVerbs,
} from './recurring-requests.views.js';

const permission = 'service-requests:create';

/** A page that asks, and the change itself, which can be taken back. */
const stopRoutes = (verb: keyof typeof recurringVerbs): readonly Route[] => [
  route.get(`${recurringPath}/:id/${verb}`, {
    permission,
    params: RecurringParams,
    handler: async (context, { params: { id } }) =>
      page('admin/confirm', recurringConfirmView(context, id, await findRecurring(context, id), verb)),
  }),
  route.post(`${recurringPath}/:id/${verb}`, {
    permission,
    params: RecurringParams,
    body: RecurringVersionForm,
    handler: async (context, { params, body }) => {
      const { subject } = await findRecurring(context, params.id);
      const stop = recurringVerbs[verb];
      const actionId = await stopRecurring(context, params.id, body.version, stop);
      return redirect(recurringPath, {
        ...{ kind: 'success', key: `recurringRequests.${stop}`, params: { subject } },
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];

export const recurringRequestRoutes = [
  route.get(recurringPath, {
    permission,
    query: RecurringQuery,
    handler: async (context, { query }) =>
      page('admin/list', recurringListView(context, query, await listRecurring(context, query))),
  }),
  route.get(`${recurringPath}/new`, {
    permission,
    query: NewRecurringQuery,
    handler: (context, { query: { customerId } }) =>
      customerId === undefined
        ? redirect('/customers', { kind: 'warning', key: 'returnVisits.chooseCustomer' })
        : newPage(context, customerId),
  }),
  route.post(recurringPath, {
    permission,
    body: NewRecurringForm,
    invalid: (context, { values, problems }) =>
      newPage(context, RecurringParams.shape.id.safeParse(values['customerId']).data, values, problems),
    handler: async (context, { body: { id, customerId, isPreviewed, ...fields }, typed }) => {
      if (!isPreviewed) return previewPage(context, recurringPath, fields, typed);
      await createRecurring(context, id, customerId, fields);
      return saved(fields.subject);
    },
  }),
  route.get(`${recurringPath}/:id/edit`, {
    permission,
    params: RecurringParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post(`${recurringPath}/:id`, {
    permission,
    params: RecurringParams,
    body: RecurringForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params: { id }, body: { isPreviewed, version, ...fields }, typed }) => {
      await findRecurring(context, id);
      if (!isPreviewed) return previewPage(context, `${recurringPath}/${id}`, fields, typed);
      try {
        await changeRecurring(context, id, version, fields);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return recurringConflict(context, id, typed);
        throw error;
      }
      return saved(fields.subject);
    },
  }),
  ...stopRoutes('pause'),
  ...stopRoutes('end'),
  ...stopRoutes('deletion'),
  route.get(`${recurringPath}/:id/resumption`, {
    permission,
    params: RecurringParams,
    handler: async (context, { params: { id } }) =>
      page(
        'admin/confirm',
        recurringConfirmView(context, id, await findRecurring(context, id), 'resumption'),
      ),
  }),
  route.post(`${recurringPath}/:id/resumption`, {
    permission,
    params: RecurringParams,
    body: RecurringVersionForm,
    handler: async (context, { params, body }) => {
      const day = formatDay(await resumeRecurring(context, params.id, body.version), context.locale);
      return redirect(recurringPath, { kind: 'success', key: 'recurringRequests.resumed', params: { day } });
    },
  }),
];

const saved = (subject: string): Reply =>
  redirect(recurringPath, { kind: 'success', key: 'recurringRequests.saved', params: { subject } });

/** @throws InvalidInput when it never comes */
function previewPage(
  context: ViewerContext,
  action: string,
  rule: RecurringFields,
  typed: FormValues,
): Reply {
  const yesterday = addDays(dayOf(context.deps.now()), -1);
  if (nextOccurrence(rule, yesterday) === undefined)
    throw InvalidInput.field('endsOn', 'recurringRequests.neverComes');
  return page('admin/confirm', recurringPreviewView(context, { action, rule, typed }));
}

/** @throws NotFound when the customer lies outside the viewer's scope */
async function readChoices(
  context: ViewerContext,
  customerId: string | undefined,
): Promise<RecurringChoices> {
  const [customer, choices] = await Promise.all([
    customerId === undefined ? undefined : findChosenCustomer(context, customerId),
    readRequestChoices(context),
  ]);
  if (!customer) throw new NotFound('no such customer in scope');
  return { customer, choices };
}

async function newPage(
  context: ViewerContext,
  customerId: string | undefined,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const view = newRecurringView(context, await readChoices(context, customerId), values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const recurring = await findRecurring(context, id);
  const offered = await readChoices(context, recurring.customerId);
  return page('admin/form', editRecurringView(context, id, recurring, offered, values, problems), {
    status: problems ? 422 : 200,
  });
}

async function recurringConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const recurring = await findRecurring(context, id);
  const offered = await readChoices(context, recurring.customerId);
  return conflictPage(context, {
    ...{ table: 'recurring_requests', recordId: id, name: recurring.subject, recordHref: recurringPath },
    specs: recurringSpecs(context, offered),
    stored: storedRecurring(recurring),
    typed,
    editForm: recurringForm(context, id, recurring, offered, {
      ...typed,
      version: String(recurring.version),
    }),
  });
}
