import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import { Forbidden, type Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { findCustomer } from '../customers/customers.queries.js';
import { CustomerParams } from '../customers/customers.schemas.js';
import { readKinds } from './served-thing-kinds.queries.js';
import { findThing } from './served-things.queries.js';
import {
  NewThingForm,
  ThingArchivalForm,
  ThingForm,
  ThingListQuery,
  ThingParams,
  ThingVersionForm,
} from './served-things.schemas.js';
import {
  archiveThing,
  changeThing,
  createThing,
  deleteThing,
  findEditableThing,
  unarchiveThing,
} from './served-things.service.js';
import {
  editThingView,
  newThingView,
  storedThing,
  thingDeletionView,
  thingForm,
  thingSpecs,
} from './thing-form.views.js';
import { listServices } from './thing-services.queries.js';
import { thingView } from './thing-show.views.js';
import { listThings } from './things-list.queries.js';
import { thingsIndexView, thingsPath } from './things-list.views.js';

const permission = 'served-things:edit';

export const servedThingRoutes = [
  route.get(thingsPath, {
    permission: 'customers:read',
    query: ThingListQuery,
    handler: async (context, { query }) => {
      const [result, kinds] = await Promise.all([listThings(context, query), readKinds(context)]);
      return page('admin/list', thingsIndexView(context, query, result, kinds));
    },
  }),
  route.get('/customers/:id/things/new', {
    permission,
    params: CustomerParams,
    handler: (context, { params }) => newPage(context, params.id),
  }),
  route.post('/customers/:id/things', {
    permission,
    params: CustomerParams,
    body: NewThingForm,
    invalid: (context, { params, values, problems }) => newPage(context, params.id, values, problems),
    handler: async (context, { params, body }) => {
      await createThing(context, params.id, body);
      return backToThing(body.id, 'servedThings.created', body.name);
    },
  }),
  route.get(`${thingsPath}/:id`, {
    permission: 'customers:read',
    params: ThingParams,
    handler: async (context, { params }) => {
      const thing = await findThing(context, params.id);
      return page('admin/record', thingView(context, thing, await listServices(context, params.id)));
    },
  }),
  route.get(`${thingsPath}/:id/edit`, {
    permission,
    params: ThingParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post(`${thingsPath}/:id`, {
    permission,
    params: ThingParams,
    body: ThingForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params, body, typed }) => {
      try {
        await changeThing(context, params.id, body);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return thingConflict(context, params.id, typed);
        throw error;
      }
      return backToThing(params.id, 'servedThings.saved', body.name);
    },
  }),
  route.post(`${thingsPath}/:id/archival`, {
    permission,
    params: ThingParams,
    body: ThingArchivalForm,
    handler: async (context, { params }) => {
      const { name } = await archiveThing(context, params.id);
      return backToThing(params.id, 'servedThings.archivedNow', name);
    },
  }),
  route.post(`${thingsPath}/:id/archival/removal`, {
    permission,
    params: ThingParams,
    body: ThingArchivalForm,
    handler: async (context, { params }) => {
      const { name } = await unarchiveThing(context, params.id);
      return backToThing(params.id, 'servedThings.unarchivedNow', name);
    },
  }),
  route.get(`${thingsPath}/:id/deletion`, {
    permission,
    params: ThingParams,
    handler: async (context, { params }) =>
      page('admin/confirm', thingDeletionView(context, await findEditableThing(context, params.id))),
  }),
  route.post(`${thingsPath}/:id/deletion`, {
    permission,
    params: ThingParams,
    body: ThingVersionForm,
    handler: async (context, { params, body }) => {
      const { actionId, thing } = await deleteThing(context, params.id, body.version);
      return redirect(`/customers/${thing.customer_id}`, {
        kind: 'success',
        key: 'servedThings.deleted',
        params: { name: thing.name },
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];

const backToThing = (
  id: string,
  key:
    'servedThings.created' | 'servedThings.saved' | 'servedThings.archivedNow' | 'servedThings.unarchivedNow',
  name: string,
): Reply => redirect(`${thingsPath}/${id}`, { kind: 'success', key, params: { name } });

async function newPage(
  context: ViewerContext,
  customerId: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const [customer, kinds] = await Promise.all([findCustomer(context, customerId), readKinds(context)]);
  if (!customer.can_edit_things) throw new Forbidden(permission);
  return page('admin/form', newThingView(context, customer, kinds, values, problems), {
    status: problems ? 422 : 200,
  });
}

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const [thing, kinds] = await Promise.all([findEditableThing(context, id), readKinds(context)]);
  return page('admin/form', editThingView(context, thing, kinds, values, problems), {
    status: problems ? 422 : 200,
  });
}

async function thingConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const [thing, kinds] = await Promise.all([findEditableThing(context, id), readKinds(context)]);
  return conflictPage(context, {
    table: 'served_things',
    recordId: id,
    name: thing.name,
    recordHref: `${thingsPath}/${id}`,
    specs: thingSpecs(kinds, thing),
    stored: storedThing(thing),
    typed,
    editForm: thingForm(context, thing, kinds, { ...typed, version: String(thing.version) }),
  });
}
