import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import {
  countHolders,
  findDefinedField,
  listDefinedFields,
  type DefinedField,
} from './custom-fields.queries.js';
import {
  ArchivalForm,
  CustomFieldForm,
  CustomFieldParams,
  NewCustomFieldForm,
  PositionForm,
  type CustomFieldChange,
} from './custom-fields.schemas.js';
import {
  archiveCustomField,
  changeCustomField,
  createCustomField,
  moveCustomField,
  unarchiveCustomField,
} from './custom-fields.service.js';
import {
  choiceRemovalView,
  customFieldForm,
  customFieldFormView,
  customFieldSpecs,
  customFieldsView,
  storedField,
} from './custom-fields.views.js';

const permission = 'custom-fields:manage';
const path = '/admin/custom-fields';

export const customFieldRoutes = [
  route.get(path, {
    permission,
    handler: async (context) =>
      page('custom-fields/index', customFieldsView(context, await listDefinedFields(context))),
  }),
  route.get(`${path}/new`, {
    permission,
    handler: (context) => page('admin/form', customFieldFormView(context, undefined)),
  }),
  route.post(path, {
    permission,
    body: NewCustomFieldForm,
    invalid: (context, { values, problems }) =>
      page('admin/form', customFieldFormView(context, undefined, values, problems), { status: 422 }),
    handler: async (context, { body }) => {
      await createCustomField(context, body);
      return redirect(path, { kind: 'success', key: 'customFields.created', params: { label: body.label } });
    },
  }),
  route.get(`${path}/:id/edit`, {
    permission,
    params: CustomFieldParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post(`${path}/:id`, {
    permission,
    params: CustomFieldParams,
    body: CustomFieldForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params, body, typed }) => {
      const field = await findDefinedField(context, params.id);
      const holders = body.removesHeld ? undefined : await heldChoices(context, field, body);
      if (holders) return page('admin/confirm', choiceRemovalView(context, field, body, holders));
      try {
        await changeCustomField(context, params.id, body);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return fieldConflict(context, params.id, typed);
        throw error;
      }
      return redirect(path, { kind: 'success', key: 'customFields.saved', params: { label: body.label } });
    },
  }),
  route.post(`${path}/:id/position`, {
    permission,
    params: CustomFieldParams,
    body: PositionForm,
    handler: async (context, { params, body }) => {
      await moveCustomField(context, params.id, body.direction);
      return redirect(path, { kind: 'success', key: 'customFields.moved' });
    },
  }),
  route.post(`${path}/:id/archival`, {
    permission,
    params: CustomFieldParams,
    body: ArchivalForm,
    handler: async (context, { params }) => {
      const label = await archiveCustomField(context, params.id);
      return redirect(path, { kind: 'success', key: 'customFields.archivedNow', params: { label } });
    },
  }),
  route.post(`${path}/:id/archival/removal`, {
    permission,
    params: CustomFieldParams,
    body: ArchivalForm,
    handler: async (context, { params }) => {
      const label = await unarchiveCustomField(context, params.id);
      return redirect(path, { kind: 'success', key: 'customFields.unarchivedNow', params: { label } });
    },
  }),
];

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const field = await findDefinedField(context, id);
  return page('admin/form', customFieldFormView(context, field, values, problems), {
    status: problems ? 422 : 200,
  });
}

/** The choices that would go and that customers hold; undefined when there are none. */
async function heldChoices(
  context: ViewerContext,
  field: DefinedField,
  form: CustomFieldChange,
): Promise<ReadonlyMap<string, number> | undefined> {
  const removed = field.choices.filter((choice) => !form.choices.includes(choice));
  const counts = await countHolders(context, field.key, removed);
  const held = new Map([...counts].filter(([, count]) => count > 0));
  return held.size > 0 ? held : undefined;
}

async function fieldConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const field = await findDefinedField(context, id);
  return conflictPage(context, {
    table: 'custom_fields',
    recordId: id,
    name: field.label,
    recordHref: path,
    specs: customFieldSpecs(context, false),
    stored: storedField(field),
    typed,
    editForm: customFieldForm(context, field, { ...typed, version: String(field.version) }),
  });
}
