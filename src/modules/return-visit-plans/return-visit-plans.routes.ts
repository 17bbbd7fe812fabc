import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import { Conflict, InvalidInput, type Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import type { MessageKey } from '../../core/i18n.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { editPlanView, newPlanView, planForm, plansPath, planSpecs, storedPlan } from './plan-form.views.js';
import { planName } from './plan-name.js';
import { findPlan, listPlans, listPlanTypes, previewPlan } from './return-visit-plans.queries.js';
import {
  NewPlanForm,
  PlanForm,
  PlanParams,
  PlanVersionForm,
  type PlanFields,
} from './return-visit-plans.schemas.js';
import { archivePlan, changePlan, createPlan, deletePlan } from './return-visit-plans.service.js';
import {
  planArchivalView,
  planDeletionView,
  planPreviewView,
  plansView,
} from './return-visit-plans.views.js';

const permission = 'service-settings:manage';

const back = (key: MessageKey, name: string, undo?: string): Reply =>
  redirect(plansPath, { kind: 'success', key, params: { name }, ...(undo === undefined ? {} : { undo }) });

export const returnVisitPlanRoutes = [
  route.get(plansPath, {
    permission,
    handler: async (context) => {
      const [plans, types] = await Promise.all([listPlans(context), listPlanTypes(context)]);
      return page('deadlines/settings', plansView(context, plans, types));
    },
  }),
  route.get(`${plansPath}/new`, { permission, handler: (context) => newPage(context) }),
  route.post(plansPath, {
    permission,
    body: NewPlanForm,
    invalid: (context, { values, problems }) => newPage(context, values, problems),
    handler: async (context, { body: { id, isPreviewed, ...fields }, typed }) => {
      if (!isPreviewed) return previewPage(context, plansPath, fields, typed);
      await createPlan(context, id, fields);
      return back('serviceSettings.created', fields.name);
    },
  }),
  route.get(`${plansPath}/:id/edit`, {
    permission,
    params: PlanParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post(`${plansPath}/:id`, {
    permission,
    params: PlanParams,
    body: PlanForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params: { id }, body: { isPreviewed, version, ...fields }, typed }) => {
      const plan = await findPlan(context, id);
      if (!isPreviewed) return previewPage(context, `${plansPath}/${id}`, fields, typed);
      const isKept = fields.name === planName(context.t, plan.name);
      try {
        await changePlan(context, id, version, { ...fields, name: isKept ? plan.name : fields.name });
      } catch (error) {
        if (error instanceof EditedMeanwhile) return planConflict(context, id, typed);
        throw error;
      }
      return back('serviceSettings.saved', fields.name);
    },
  }),
  route.get(`${plansPath}/:id/archival`, {
    permission,
    params: PlanParams,
    handler: async (context, { params }) =>
      page('admin/confirm', planArchivalView(context, await findPlan(context, params.id))),
  }),
  route.post(`${plansPath}/:id/archival`, {
    permission,
    params: PlanParams,
    body: PlanVersionForm,
    handler: async (context, { params, body }) => {
      const plan = await findPlan(context, params.id);
      await archivePlan(context, plan, body.version);
      const key = plan.isArchived ? 'serviceSettings.unarchivedNow' : 'serviceSettings.archivedNow';
      return back(key, planName(context.t, plan.name));
    },
  }),
  route.get(`${plansPath}/:id/deletion`, {
    permission,
    params: PlanParams,
    handler: async (context, { params }) => {
      const plan = await findPlan(context, params.id);
      if (plan.isUsed) throw new Conflict('returnVisitPlans.stillUsed');
      return page('admin/confirm', planDeletionView(context, plan));
    },
  }),
  route.post(`${plansPath}/:id/deletion`, {
    permission,
    params: PlanParams,
    body: PlanVersionForm,
    handler: async (context, { params, body }) => {
      const plan = await findPlan(context, params.id);
      const actionId = await deletePlan(context, plan, body.version);
      return back(
        'serviceSettings.deleted',
        planName(context.t, plan.name),
        `/recent-actions/${actionId}/undo`,
      );
    },
  }),
];

async function previewPage(
  context: ViewerContext,
  action: string,
  fields: PlanFields,
  typed: FormValues,
): Promise<Reply> {
  const types = await listPlanTypes(context);
  if (fields.typeId !== null && !types.some(({ id }) => id === fields.typeId))
    throw InvalidInput.field('typeId', 'errors.notAChoice');
  const count = await previewPlan(context, fields);
  return page('admin/confirm', planPreviewView(context, { action, name: fields.name, typed }, count));
}

async function newPage(
  context: ViewerContext,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const view = newPlanView(context, await listPlanTypes(context), values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const [plan, types] = await Promise.all([findPlan(context, id), listPlanTypes(context)]);
  return page('admin/form', editPlanView(context, plan, types, values, problems), {
    status: problems ? 422 : 200,
  });
}

async function planConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const [plan, types] = await Promise.all([findPlan(context, id), listPlanTypes(context)]);
  return conflictPage(context, {
    ...{
      table: 'return_visit_plans',
      recordId: id,
      name: planName(context.t, plan.name),
      recordHref: plansPath,
    },
    specs: planSpecs(context, types, typed['typeId']),
    stored: storedPlan(context, plan),
    typed,
    editForm: planForm(context, plan, types, { ...typed, version: String(plan.version) }),
  });
}
