import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import { Conflict, Forbidden, InvalidInput, type Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readCauses } from './complaint-choices.queries.js';
import { complaintForm, complaintSpecs, complaintView, storedComplaint } from './complaint.views.js';
import { writeEntry } from './entries.service.js';
import { stepTo, takeStep } from './lifecycle.service.js';
import { assignTo, takeOver } from './request-assignment.service.js';
import { readRequestChoices } from './request-choices.queries.js';
import { requestsPath } from './requests-list.views.js';
import { findRequest } from './service-requests.queries.js';
import {
  AssignmentForm,
  ComplaintForm,
  EntryForm,
  RequestParams,
  StepForm,
  StepQuery,
  TakingForm,
} from './service-requests.schemas.js';
import { changeComplaint } from './service-requests.service.js';
import { showRequest } from './show-request.js';
import { stepView } from './step.views.js';

export const requestVerbRoutes = [
  route.post(`${requestsPath}/:id/entries`, {
    permission: 'service-requests:work',
    params: RequestParams,
    body: EntryForm,
    invalid: (context, { params, values, problems }) =>
      showRequest(context, params.id, { refused: { values, problems } }),
    handler: async (context, { params, body }) => {
      await writeEntry(context, params.id, body);
      return backTo(params.id, `serviceRequests.written.${body.kind}`);
    },
  }),
  route.get(`${requestsPath}/:id/transition`, {
    permission: 'service-requests:read',
    params: RequestParams,
    query: StepQuery,
    handler: (context, { params, query: { stateId } }) =>
      stateId === undefined
        ? redirect(`${requestsPath}/${params.id}`)
        : stepPage(context, params.id, stateId),
  }),
  route.post(`${requestsPath}/:id/transitions`, {
    permission: 'service-requests:read',
    params: RequestParams,
    body: StepForm,
    invalid: (context, { params, values, problems }) => refusedStep(context, params.id, values, problems),
    handler: async (context, { params, body, typed }) => {
      try {
        await takeStep(context, params.id, body);
      } catch (error) {
        if (error instanceof InvalidInput) return refusedStep(context, params.id, typed, error.problems);
        throw error;
      }
      return backTo(params.id, 'serviceRequests.moved', body.returnTo);
    },
  }),
  route.post(`${requestsPath}/:id/taking`, {
    permission: 'service-requests:work',
    params: RequestParams,
    body: TakingForm,
    handler: async (context, { params }) => {
      await takeOver(context, params.id);
      return backTo(params.id, 'serviceRequests.taken');
    },
  }),
  route.post(`${requestsPath}/:id/assignment`, {
    permission: 'service-requests:work',
    params: RequestParams,
    body: AssignmentForm,
    handler: async (context, { params, body: { assigneeId } }) => {
      await assignTo(context, params.id, assigneeId);
      return backTo(
        params.id,
        assigneeId === null ? 'serviceRequests.givenBack' : 'serviceRequests.assigned',
      );
    },
  }),
  route.get(`${requestsPath}/:id/complaint`, {
    permission: 'service-requests:work',
    params: RequestParams,
    handler: (context, { params }) => complaintPage(context, params.id),
  }),
  route.post(`${requestsPath}/:id/complaint`, {
    permission: 'service-requests:work',
    params: RequestParams,
    body: ComplaintForm,
    invalid: (context, { params, values, problems }) => complaintPage(context, params.id, values, problems),
    handler: async (context, { params, body, typed }) => {
      try {
        await changeComplaint(context, params.id, body);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return complaintConflict(context, params.id, typed);
        throw error;
      }
      return backTo(params.id, 'complaints.saved');
    },
  }),
];

type Told =
  | `serviceRequests.written.${EntryForm['kind']}`
  | 'serviceRequests.moved'
  | 'serviceRequests.taken'
  | 'serviceRequests.givenBack'
  | 'serviceRequests.assigned'
  | 'complaints.saved';

const backTo = (id: string, key: Told, path = `${requestsPath}/${id}`): Reply =>
  redirect(path, { kind: 'success', key });

async function stepPage(
  context: ViewerContext,
  id: string,
  stateId: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const [request, choices, causes] = await Promise.all([
    findRequest(context, id),
    readRequestChoices(context),
    readCauses(context),
  ]);
  const view = stepView(context, request, stepTo(request, stateId), { choices, causes }, values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}

/** A form without a state to go to belongs to no page of ours: that alone is told. */
function refusedStep(
  context: ViewerContext,
  id: string,
  values: FormValues,
  problems: readonly Problem[],
): Promise<Reply> {
  const stateId = RequestParams.shape.id.safeParse(values['stateId']);
  if (!stateId.success) throw new InvalidInput(problems);
  return stepPage(context, id, stateId.data, values, problems);
}

async function readComplaint(context: ViewerContext, id: string) {
  const [request, causes, choices] = await Promise.all([
    findRequest(context, id),
    readCauses(context),
    readRequestChoices(context),
  ]);
  if (!request.can_work) throw new Forbidden('service-requests:work');
  if (!request.complaint) throw new Conflict('serviceRequests.noComplaint');
  return { request, complaint: request.complaint, choices: { causes, people: choices.people } };
}

async function complaintPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const { request, complaint, choices } = await readComplaint(context, id);
  return page('admin/form', complaintView(context, request, complaint, choices, values, problems), {
    status: problems ? 422 : 200,
  });
}

async function complaintConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const { request, complaint, choices } = await readComplaint(context, id);
  return conflictPage(context, {
    table: 'complaints',
    recordId: id,
    name: request.request_no,
    recordHref: `${requestsPath}/${id}`,
    specs: complaintSpecs(context, choices),
    stored: storedComplaint(complaint),
    typed,
    editForm: complaintForm(context, request, complaint, choices, {
      ...typed,
      version: String(complaint.version),
    }),
  });
}
