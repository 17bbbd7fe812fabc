import type { ViewerContext } from '../../core/context.js';
import { Forbidden, type Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { can } from '../../core/viewer.js';
import { savedViewLists } from './saved-view-lists.js';
import { findEditableView, findSavedView, listShareableRoles } from './saved-views.queries.js';
import {
  NewSavedViewForm,
  NewSavedViewQuery,
  SavedViewForm,
  SavedViewParams,
  SavedViewVersionForm,
  ViewContentsForm,
} from './saved-views.schemas.js';
import {
  changeSavedView,
  changeViewContents,
  createSavedView,
  deleteSavedView,
} from './saved-views.service.js';
import { editSavedViewView, newSavedViewView, unfitViewView } from './saved-views.views.js';
import { viewAddress, viewParameters } from './view-contents.js';

export const savedViewRoutes = [
  route.get('/saved-views/new', {
    permission: 'signed-in',
    query: NewSavedViewQuery,
    handler: (context, { query }) => showNewForm(context, query),
  }),
  route.post('/saved-views', {
    permission: 'signed-in',
    body: NewSavedViewForm,
    invalid: (context, { values, problems }) => {
      const target = NewSavedViewQuery.safeParse({ list: values['list'], query: values['query'] });
      return showNewForm(context, target.data ?? NewSavedViewQuery.parse({}), values, problems);
    },
    handler: async (context, { body }) => {
      const contents = await createSavedView(context, body);
      return redirect(viewAddress(savedViewLists[body.list].path, contents, body.id), {
        kind: 'success',
        key: 'savedViews.created',
        params: { name: body.name },
      });
    },
  }),
  route.get('/saved-views/:id', {
    permission: 'signed-in',
    params: SavedViewParams,
    handler: async (context, { params }) => {
      const view = await findSavedView(context, params.id);
      const list = savedViewLists[view.list];
      const problems = await list.problems(context, viewParameters(view));
      return problems.length > 0
        ? page('saved-views/unfit', unfitViewView(context, view, problems))
        : redirect(viewAddress(list.path, view, view.id));
    },
  }),
  route.get('/saved-views/:id/edit', {
    permission: 'signed-in',
    params: SavedViewParams,
    handler: (context, { params }) => showEditForm(context, params.id),
  }),
  route.post('/saved-views/:id', {
    permission: 'signed-in',
    params: SavedViewParams,
    body: SavedViewForm,
    invalid: (context, { params, values, problems }) => showEditForm(context, params.id, values, problems),
    handler: async (context, { params, body }) => {
      await changeSavedView(context, params.id, body);
      return redirect(`/saved-views/${params.id}`, {
        kind: 'success',
        key: 'savedViews.saved',
        params: { name: body.name },
      });
    },
  }),
  route.post('/saved-views/:id/query', {
    permission: 'signed-in',
    params: SavedViewParams,
    body: ViewContentsForm,
    handler: async (context, { params, body }) => {
      const { list, name, contents } = await changeViewContents(context, params.id, body);
      return redirect(viewAddress(savedViewLists[list].path, contents, params.id), {
        kind: 'success',
        key: 'savedViews.saved',
        params: { name },
      });
    },
  }),
  route.post('/saved-views/:id/deletion', {
    permission: 'signed-in',
    params: SavedViewParams,
    body: SavedViewVersionForm,
    handler: async (context, { params, body }) => {
      const { list, name, actionId } = await deleteSavedView(context, params.id, body.version);
      return redirect(savedViewLists[list].path, {
        kind: 'success',
        key: 'savedViews.deleted',
        params: { name },
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];

async function showNewForm(
  context: ViewerContext,
  target: Parameters<typeof newSavedViewView>[1],
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const { permission } = savedViewLists[target.list];
  if (!can(context.viewer, permission)) throw new Forbidden(permission);
  const roles = await listShareableRoles(context);
  return page('saved-views/form', newSavedViewView(context, target, roles, values, problems), {
    status: problems ? 422 : 200,
  });
}

async function showEditForm(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const [view, roles] = await Promise.all([findEditableView(context, id), listShareableRoles(context)]);
  return page('saved-views/form', editSavedViewView(context, view, roles, values, problems), {
    status: problems ? 422 : 200,
  });
}
