import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readFormChoices } from '../customers/customer-choices.queries.js';
import { findEditableThing } from './served-things.service.js';
import { ThingParams } from './served-things.schemas.js';
import { NewServiceForm, ServiceDeletionForm, ServiceForm, ServiceParams } from './thing-services.schemas.js';
import { addService, changeService, deleteService, findEditableService } from './thing-services.service.js';
import {
  editServiceView,
  newServiceView,
  serviceDeletionView,
  serviceForm,
  serviceSpecs,
  storedService,
} from './thing-services.views.js';

const permission = 'served-things:edit';

export const thingServiceRoutes = [
  route.get('/served-things/:id/services/new', {
    permission,
    params: ThingParams,
    handler: (context, { params }) => newPage(context, params.id),
  }),
  route.post('/served-things/:id/services', {
    permission,
    params: ThingParams,
    body: NewServiceForm,
    invalid: (context, { params, values, problems }) => newPage(context, params.id, values, problems),
    handler: async (context, { params, body }) => {
      await addService(context, params.id, body);
      return redirect(`/served-things/${params.id}`, { kind: 'success', key: 'servedThings.serviceAdded' });
    },
  }),
  route.get('/served-thing-services/:id/edit', {
    permission,
    params: ServiceParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post('/served-thing-services/:id', {
    permission,
    params: ServiceParams,
    body: ServiceForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params, body, typed }) => {
      try {
        const thing = await changeService(context, params.id, body);
        return redirect(`/served-things/${thing.id}`, { kind: 'success', key: 'servedThings.serviceSaved' });
      } catch (error) {
        if (error instanceof EditedMeanwhile) return serviceConflict(context, params.id, typed);
        throw error;
      }
    },
  }),
  route.get('/served-thing-services/:id/deletion', {
    permission,
    params: ServiceParams,
    handler: async (context, { params }) => {
      const { thing, service } = await findEditableService(context, params.id);
      return page('admin/confirm', serviceDeletionView(context, thing, service));
    },
  }),
  route.post('/served-thing-services/:id/deletion', {
    permission,
    params: ServiceParams,
    body: ServiceDeletionForm,
    handler: async (context, { params, body }) => {
      const { actionId, thing } = await deleteService(context, params.id, body.version);
      return redirect(`/served-things/${thing.id}`, {
        kind: 'success',
        key: 'servedThings.serviceDeleted',
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];

async function newPage(
  context: ViewerContext,
  thingId: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const thing = await findEditableThing(context, thingId);
  const { owners } = await readFormChoices(context);
  return page('admin/form', newServiceView(context, thing, owners, values, problems), {
    status: problems ? 422 : 200,
  });
}

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const { thing, service } = await findEditableService(context, id);
  const { owners } = await readFormChoices(context);
  return page('admin/form', editServiceView(context, thing, service, owners, values, problems), {
    status: problems ? 422 : 200,
  });
}

async function serviceConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const { thing, service } = await findEditableService(context, id);
  const { owners } = await readFormChoices(context);
  return conflictPage(context, {
    table: 'served_thing_services',
    recordId: id,
    name: thing.name,
    recordHref: `/served-things/${thing.id}`,
    specs: serviceSpecs(owners, service),
    stored: storedService(service),
    typed,
    editForm: serviceForm(context, service, owners, { ...typed, version: String(service.version) }),
  });
}
