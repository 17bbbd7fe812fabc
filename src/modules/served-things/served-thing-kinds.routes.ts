import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import {
  editKindView,
  kindForm,
  kindSpecs,
  newKindView,
  storedKind,
} from './served-thing-kind-form.views.js';
import { findKind, listKinds } from './served-thing-kinds.queries.js';
import {
  KindArchivalForm,
  NewServedThingKindForm,
  ServedThingKindForm,
  ServedThingKindListQuery,
  ServedThingKindParams,
} from './served-thing-kinds.schemas.js';
import { archiveKind, changeKind, createKind, unarchiveKind } from './served-thing-kinds.service.js';
import { kindsIndexView, kindsPath, kindView } from './served-thing-kinds.views.js';

const permission = 'served-things:manage-kinds';

export const servedThingKindRoutes = [
  route.get(kindsPath, {
    permission,
    query: ServedThingKindListQuery,
    handler: async (context, { query }) =>
      page('admin/list', kindsIndexView(context, query, await listKinds(context, query))),
  }),
  route.get(`${kindsPath}/new`, {
    permission,
    handler: (context) => page('admin/form', newKindView(context)),
  }),
  route.post(kindsPath, {
    permission,
    body: NewServedThingKindForm,
    invalid: (context, { values, problems }) =>
      page('admin/form', newKindView(context, values, problems), { status: 422 }),
    handler: async (context, { body }) => {
      await createKind(context, body);
      return redirect(kindsPath, {
        kind: 'success',
        key: 'servedThingKinds.created',
        params: { name: body.name },
      });
    },
  }),
  route.get(`${kindsPath}/:id`, {
    permission,
    params: ServedThingKindParams,
    handler: async (context, { params }) =>
      page('admin/record', kindView(context, await findKind(context, params.id))),
  }),
  route.get(`${kindsPath}/:id/edit`, {
    permission,
    params: ServedThingKindParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post(`${kindsPath}/:id`, {
    permission,
    params: ServedThingKindParams,
    body: ServedThingKindForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params, body, typed }) => {
      try {
        await changeKind(context, params.id, body);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return kindConflict(context, params.id, typed);
        throw error;
      }
      return backToKind(params.id, 'servedThingKinds.saved', body.name);
    },
  }),
  route.post(`${kindsPath}/:id/archival`, {
    permission,
    params: ServedThingKindParams,
    body: KindArchivalForm,
    handler: async (context, { params }) =>
      backToKind(params.id, 'servedThingKinds.archivedNow', await archiveKind(context, params.id)),
  }),
  route.post(`${kindsPath}/:id/archival/removal`, {
    permission,
    params: ServedThingKindParams,
    body: KindArchivalForm,
    handler: async (context, { params }) =>
      backToKind(params.id, 'servedThingKinds.unarchivedNow', await unarchiveKind(context, params.id)),
  }),
];

const backToKind = (
  id: string,
  key: 'servedThingKinds.saved' | 'servedThingKinds.archivedNow' | 'servedThingKinds.unarchivedNow',
  name: string,
): Reply => redirect(`${kindsPath}/${id}`, { kind: 'success', key, params: { name } });

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const view = editKindView(context, await findKind(context, id), values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}

async function kindConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const kind = await findKind(context, id);
  return conflictPage(context, {
    table: 'served_thing_kinds',
    recordId: id,
    name: kind.name,
    recordHref: `${kindsPath}/${id}`,
    specs: kindSpecs,
    stored: storedKind(kind),
    typed,
    editForm: kindForm(context, kind, { ...typed, version: String(kind.version) }),
  });
}
