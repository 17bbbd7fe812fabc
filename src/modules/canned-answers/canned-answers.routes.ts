import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import {
  cannedAnswerDeletionView,
  cannedAnswerForm,
  cannedAnswerSpecs,
  changeCannedAnswerView,
  newCannedAnswerView,
  storedCannedAnswer,
} from './canned-answer-form.views.js';
import { cannedAnswersPath } from './canned-answer.js';
import { findCannedAnswer, listCannedAnswers } from './canned-answers.queries.js';
import {
  CannedAnswerArchivalForm,
  CannedAnswerDeletionForm,
  CannedAnswerForm,
  CannedAnswerListQuery,
  CannedAnswerParams,
  NewCannedAnswerForm,
} from './canned-answers.schemas.js';
import {
  archiveCannedAnswer,
  changeCannedAnswer,
  createCannedAnswer,
  deleteCannedAnswer,
  unarchiveCannedAnswer,
} from './canned-answers.service.js';
import { cannedAnswersView, cannedAnswerView } from './canned-answers.views.js';

const permission = 'answers:manage';

export const cannedAnswerRoutes = [
  route.get(cannedAnswersPath, {
    permission: 'service-requests:work',
    query: CannedAnswerListQuery,
    handler: async (context, { query }) =>
      page('admin/list', cannedAnswersView(context, query, await listCannedAnswers(context, query))),
  }),
  route.get(`${cannedAnswersPath}/new`, {
    permission,
    handler: (context) => page('canned-answers/form', newCannedAnswerView(context)),
  }),
  route.post(cannedAnswersPath, {
    permission,
    body: NewCannedAnswerForm,
    invalid: (context, { values, problems }) =>
      page('canned-answers/form', newCannedAnswerView(context, values, problems), { status: 422 }),
    handler: async (context, { body }) => {
      await createCannedAnswer(context, body);
      return backTo('serviceSettings.created', body.name);
    },
  }),
  route.get(`${cannedAnswersPath}/:id`, {
    permission: 'service-requests:work',
    params: CannedAnswerParams,
    handler: async (context, { params }) =>
      page('admin/record', cannedAnswerView(context, await findCannedAnswer(context, params.id))),
  }),
  route.get(`${cannedAnswersPath}/:id/edit`, {
    permission,
    params: CannedAnswerParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post(`${cannedAnswersPath}/:id`, {
    permission,
    params: CannedAnswerParams,
    body: CannedAnswerForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params, body, typed }) => {
      try {
        await changeCannedAnswer(context, params.id, body);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return answerConflict(context, params.id, typed);
        throw error;
      }
      return backTo('serviceSettings.saved', body.name);
    },
  }),
  route.post(`${cannedAnswersPath}/:id/archival`, {
    permission,
    params: CannedAnswerParams,
    body: CannedAnswerArchivalForm,
    handler: async (context, { params }) =>
      backTo('cannedAnswers.archivedNow', await archiveCannedAnswer(context, params.id)),
  }),
  route.post(`${cannedAnswersPath}/:id/archival/removal`, {
    permission,
    params: CannedAnswerParams,
    body: CannedAnswerArchivalForm,
    handler: async (context, { params }) =>
      backTo('serviceSettings.unarchivedNow', await unarchiveCannedAnswer(context, params.id)),
  }),
  route.get(`${cannedAnswersPath}/:id/deletion`, {
    permission,
    params: CannedAnswerParams,
    handler: async (context, { params }) =>
      page('admin/confirm', cannedAnswerDeletionView(context, await findCannedAnswer(context, params.id))),
  }),
  route.post(`${cannedAnswersPath}/:id/deletion`, {
    permission,
    params: CannedAnswerParams,
    body: CannedAnswerDeletionForm,
    handler: async (context, { params, body }) => {
      const { actionId, name } = await deleteCannedAnswer(context, params.id, body.version);
      return backTo('serviceSettings.deleted', name, `/recent-actions/${actionId}/undo`);
    },
  }),
];

const backTo = (
  key:
    | 'serviceSettings.created'
    | 'serviceSettings.saved'
    | 'cannedAnswers.archivedNow'
    | 'serviceSettings.unarchivedNow'
    | 'serviceSettings.deleted',
  name: string,
  undo?: string,
): Reply =>
  redirect(cannedAnswersPath, {
    kind: 'success',
    key,
    params: { name },
    ...(undo !== undefined && { undo }),
  });

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const view = changeCannedAnswerView(context, await findCannedAnswer(context, id), values, problems);
  return page('canned-answers/form', view, { status: problems ? 422 : 200 });
}

async function answerConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const answer = await findCannedAnswer(context, id);
  return conflictPage(context, {
    table: 'canned_answers',
    recordId: id,
    name: answer.name,
    recordHref: `${cannedAnswersPath}/${id}`,
    specs: cannedAnswerSpecs,
    stored: storedCannedAnswer(answer),
    typed,
    editForm: cannedAnswerForm(context, answer, { ...typed, version: String(answer.version) }),
  });
}
