import { v7 as newId } from 'uuid';
import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import { Forbidden, InvalidInput, NotFound, type Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { fragment, page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { filesUpload } from '../attachments/files-of-form.js';
import { findSplitEntry, type SplitEntry } from '../request-links/split-entry.queries.js';
import { readBoard } from './board.queries.js';
import { boardPath, boardView } from './board.views.js';
import { findChosenCustomer, offerCustomers } from './customer-picker.queries.js';
import { requestDeletionView } from './request-deletion.views.js';
import { offeredView } from './customer-picker.views.js';
import {
  editRequestView,
  editSpecs,
  newRequestView,
  requestEditForm,
  storedRequest,
} from './request-form.views.js';
import { readRequestChoices } from './request-choices.queries.js';
import { listRequests } from './requests-list.queries.js';
import { requestsPath, requestsView } from './requests-list.views.js';
import { findRequest, findSuccessor, type RequestRecord } from './service-requests.queries.js';
import {
  BoardQuery,
  CustomerOfferQuery,
  NewRequestForm,
  NewRequestQuery,
  RequestForm,
  RequestListQuery,
  RequestParams,
  RequestQuery,
  RequestVersionForm,
} from './service-requests.schemas.js';
import { changeRequest, createRequest, deleteRequest } from './service-requests.service.js';
import { showRequest } from './show-request.js';

export const serviceRequestRoutes = [
  route.get(requestsPath, {
    permission: 'service-requests:read',
    query: RequestListQuery,
    handler: async (context, { query }) => {
      const [result, choices] = await Promise.all([
        listRequests(context, query),
        readRequestChoices(context),
      ]);
      return page('service-requests/index', requestsView(context, query, result, choices));
    },
  }),
  route.get(`${requestsPath}/new`, {
    permission: 'service-requests:create',
    query: NewRequestQuery,
    handler: async (context, { query: { splitFrom, ...known } }) =>
      newPage(context, {
        id: newId(),
        channel: 'phone',
        ...(splitFrom === undefined ? known : splitValues(await findSplitEntry(context, splitFrom))),
      }),
  }),
  route.get(`${requestsPath}/customers`, {
    permission: 'service-requests:create',
    query: CustomerOfferQuery,
    handler: async (context, { query: { customerQuery } }) => {
      const offered = customerQuery === null ? undefined : await offerCustomers(context, customerQuery);
      return fragment('service-requests/_offered', offeredView(context, offered));
    },
  }),
  route.post(requestsPath, {
    permission: 'service-requests:create',
    body: NewRequestForm,
    upload: filesUpload,
    invalid: (context, { values, problems }) =>
      newPage(context, values, values['find'] === 'yes' ? [] : problems),
    handler: async (context, { body, typed, files }) => {
      if (body.find) return newPage(context, typed, []);
      let undo: string | undefined;
      try {
        undo = await createRequest(context, body, files);
      } catch (error) {
        if (error instanceof InvalidInput) return newPage(context, typed, error.problems);
        throw error;
      }
      const params = { subject: body.subject };
      return redirect(`${requestsPath}/${body.id}`, {
        kind: 'success',
        key: 'serviceRequests.opened',
        params,
        ...(undo === undefined ? {} : { undo: `/recent-actions/${undo}/undo` }),
      });
    },
  }),
  route.get(boardPath, {
    permission: 'service-requests:read',
    query: BoardQuery,
    handler: async (context, { query }) => {
      const choices = await readRequestChoices(context);
      const columns = await readBoard(context, query, choices);
      return page('service-requests/board', boardView(context, query, columns, choices));
    },
  }),
  route.get(`${requestsPath}/:id`, {
    permission: 'service-requests:read',
    params: RequestParams,
    query: RequestQuery,
    handler: (context, { params, query: { before, ...chosen } }) =>
      showRequest(context, params.id, { before, chosen }).catch((error: unknown) =>
        openSuccessor(context, params.id, error),
      ),
  }),
  route.get(`${requestsPath}/:id/edit`, {
    permission: 'service-requests:work',
    params: RequestParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post(`${requestsPath}/:id`, {
    permission: 'service-requests:work',
    params: RequestParams,
    body: RequestForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params, body, typed }) => {
      try {
        await changeRequest(context, params.id, body);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return requestConflict(context, params.id, typed);
        throw error;
      }
      const saved = { subject: body.subject };
      return redirect(`${requestsPath}/${params.id}`, {
        kind: 'success',
        key: 'serviceRequests.saved',
        params: saved,
      });
    },
  }),
  route.get(`${requestsPath}/:id/deletion`, {
    permission: 'service-requests:delete',
    params: RequestParams,
    handler: async (context, { params }) => {
      const request = await findRequest(context, params.id);
      if (!request.can_delete) throw new Forbidden('service-requests:delete');
      return page('admin/confirm', requestDeletionView(context, request));
    },
  }),
  route.post(`${requestsPath}/:id/deletion`, {
    permission: 'service-requests:delete',
    params: RequestParams,
    body: RequestVersionForm,
    handler: async (context, { params, body }) => {
      const { actionId, number } = await deleteRequest(context, params.id, body.version);
      return redirect(requestsPath, {
        kind: 'success',
        key: 'serviceRequests.deleted',
        params: { number },
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];

/** The address of a request that was merged into another one leads there. */
async function openSuccessor(context: ViewerContext, id: string, error: unknown): Promise<Reply> {
  const successor = error instanceof NotFound ? await findSuccessor(context, id) : undefined;
  if (!successor) throw error;
  const params = { number: successor.merged_no };
  return redirect(`${requestsPath}/${successor.id}`, {
    kind: 'warning',
    key: 'requestMerge.leadsHere',
    params,
  });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** What a request of its own begins with. */
const splitValues = (entry: SplitEntry): FormValues => ({
  splitFrom: entry.id,
  description: entry.body,
  channel: entry.channel,
  customerId: entry.customer_id,
  servedThingId: entry.served_thing_id,
  branchId: entry.branch_id,
});

/**
 * The customer who was chosen beforehand is named; else those are offered whom the form's search or phone may mean. With
 * problems, though there be none, the form was sent before.
 */
async function newPage(
  context: ViewerContext,
  values: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const customerId = RequestParams.shape.id.safeParse(values['customerId']).data;
  const typed = textOf(values['customerQuery']) || textOf(values['newCustomerPhone']);
  const [choices, chosen, offered] = await Promise.all([
    readRequestChoices(context),
    customerId === undefined ? undefined : findChosenCustomer(context, customerId),
    typed === '' ? undefined : offerCustomers(context, typed.slice(0, 200)),
  ]);
  const customer = typed === '' ? chosen : undefined;
  return page(
    'service-requests/new',
    newRequestView(context, { choices, customer, offered, values, problems }),
    { status: problems && problems.length > 0 ? 422 : 200 },
  );
}

async function readForEdit(context: ViewerContext, id: string) {
  const [request, choices] = await Promise.all([findRequest(context, id), readRequestChoices(context)]);
  if (!request.can_work) throw new Forbidden('service-requests:work');
  return { request, choices, things: await thingsOf(context, request) };
}

/** Things of the request's customer, with the one that is chosen even where the customer lies outside the scope. */
async function thingsOf(context: ViewerContext, { customer, served_thing }: RequestRecord) {
  const things = customer ? ((await findChosenCustomer(context, customer.id))?.things ?? []) : [];
  return served_thing && !things.some(({ id }) => id === served_thing.id)
    ? [...things, served_thing]
    : things;
}

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const { request, choices, things } = await readForEdit(context, id);
  return page('admin/form', editRequestView(context, request, choices, things, values, problems), {
    status: problems ? 422 : 200,
  });
}

async function requestConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const { request, choices, things } = await readForEdit(context, id);
  const values = { ...typed, version: String(request.version) };
  return conflictPage(context, {
    table: 'service_requests',
    recordId: id,
    name: request.request_no,
    recordHref: `${requestsPath}/${id}`,
    specs: editSpecs(context, choices, things),
    stored: storedRequest(request),
    typed,
    editForm: requestEditForm(context, request, choices, things, values),
  });
}
