import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import { findTag, listTags } from './tags.queries.js';
import { NewTagForm, TagDeletionForm, TagForm, TagListQuery, TagParams } from './tags.schemas.js';
import { changeTag, createTag, deleteTag } from './tags.service.js';
import { tagDeletionView, tagFieldSpecs, tagForm, tagFormView, tagsIndexView } from './tags.views.js';

const permission = 'tags:manage';

export const tagRoutes = [
  route.get('/tags', {
    permission,
    query: TagListQuery,
    handler: async (context, { query }) =>
      page('admin/list', tagsIndexView(context, query, await listTags(context, query))),
  }),
  route.get('/tags/new', {
    permission,
    handler: (context) => page('admin/form', tagFormView(context, undefined)),
  }),
  route.post('/tags', {
    permission,
    body: NewTagForm,
    invalid: (context, { values, problems }) =>
      page('admin/form', tagFormView(context, undefined, values, problems), { status: 422 }),
    handler: async (context, { body }) => {
      await createTag(context, body);
      return redirect('/tags', { kind: 'success', key: 'tags.created', params: { name: body.name } });
    },
  }),
  route.get('/tags/:id/edit', {
    permission,
    params: TagParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post('/tags/:id', {
    permission,
    params: TagParams,
    body: TagForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params, body, typed }) => {
      try {
        await changeTag(context, params.id, body);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return tagConflict(context, params.id, typed);
        throw error;
      }
      return redirect('/tags', { kind: 'success', key: 'tags.saved', params: { name: body.name } });
    },
  }),
  route.get('/tags/:id/deletion', {
    permission,
    params: TagParams,
    handler: async (context, { params }) =>
      page('admin/confirm', tagDeletionView(context, await findTag(context, params.id))),
  }),
  route.post('/tags/:id/deletion', {
    permission,
    params: TagParams,
    body: TagDeletionForm,
    handler: async (context, { params, body }) => {
      const actionId = await deleteTag(context, params.id, body.version);
      return redirect('/tags', {
        kind: 'success',
        key: 'tags.deleted',
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const tag = await findTag(context, id);
  return page('admin/form', tagFormView(context, tag, values, problems), { status: problems ? 422 : 200 });
}

async function tagConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const tag = await findTag(context, id);
  return conflictPage(context, {
    table: 'tags',
    recordId: id,
    name: tag.name,
    recordHref: '/tags',
    specs: tagFieldSpecs(context),
    stored: { name: tag.name, color: tag.color },
    typed,
    editForm: tagForm(context, tag, { ...typed, version: String(tag.version) }),
  });
}
