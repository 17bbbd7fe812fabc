import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { dayOf } from '../../core/format.js';
import { fragment, page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import { customersOfTier } from './tier-decisions.js';
import {
  newTierView,
  policyFormView,
  storedTier,
  tierForm,
  tierFormView,
  tierSpecs,
} from './tier-form.views.js';
import { previewTiers } from './tier-preview.queries.js';
import { policyPreviewView, tierDeletionView, tierPreviewView } from './tier-preview.views.js';
import { proposeTier } from './tier-proposal.js';
import { countTierCustomers, findRecalculation, readSavedRules, tierIn } from './tiers.queries.js';
import {
  NewTierForm,
  RecalculationForm,
  TierDeletionForm,
  TierForm,
  TierParams,
  TierPolicyForm,
  type TierFields,
} from './tiers.schemas.js';
import { changeTier, changeTierPolicy, createTier, deleteTier, recalculateTiers } from './tiers.service.js';
import { recalculationView, tiersIndexView, tiersPath } from './tiers.views.js';

const permission = 'tiers:manage';

export const tierRoutes = [
  route.get(tiersPath, {
    permission,
    handler: async (context) => {
      const [rules, counts, recalculation] = await Promise.all([
        readSavedRules(context),
        countTierCustomers(context),
        findRecalculation(context),
      ]);
      return page('tiers/index', tiersIndexView(context, rules, counts, recalculation));
    },
  }),
  route.get(`${tiersPath}/recalculation`, {
    permission,
    handler: async (context) =>
      fragment('partials/progress', {
        progress: recalculationView(context, await findRecalculation(context)),
      }),
  }),
  route.post(`${tiersPath}/recalculation`, {
    permission,
    body: RecalculationForm,
    handler: async (context) => {
      await recalculateTiers(context, dayOf(context.deps.now()));
      return redirect(tiersPath);
    },
  }),
  route.get(`${tiersPath}/policy`, { permission, handler: (context) => policyPage(context) }),
  route.post(`${tiersPath}/policy`, {
    permission,
    body: TierPolicyForm,
    invalid: (context, { values, problems }) => policyPage(context, values, problems),
    handler: async (context, { body: { isPreviewed, version, ...policy }, typed }) => {
      if (!isPreviewed) {
        const { tiers } = await readSavedRules(context);
        const moves = await previewTiers(context, { tiers, policy });
        return page('admin/confirm', policyPreviewView(context, policy, typed, tiers, moves));
      }
      await changeTierPolicy(context, version, policy);
      return redirect(tiersPath, { kind: 'success', key: 'tiers.policySaved' });
    },
  }),
  route.get(`${tiersPath}/new`, { permission, handler: (context) => newPage(context) }),
  route.post(tiersPath, {
    permission,
    body: NewTierForm,
    invalid: (context, { values, problems }) => newPage(context, values, problems),
    handler: async (context, { body: { isPreviewed, ...fields }, typed }) => {
      if (!isPreviewed) return tierPreview(context, tiersPath, undefined, fields, typed);
      await createTier(context, fields);
      return redirect(tiersPath, { kind: 'success', key: 'tiers.created', params: { name: fields.name } });
    },
  }),
  route.get(`${tiersPath}/:id/edit`, {
    permission,
    params: TierParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post(`${tiersPath}/:id`, {
    permission,
    params: TierParams,
    body: TierForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params: { id }, body: { isPreviewed, version, ...fields }, typed }) => {
      if (!isPreviewed) return tierPreview(context, `${tiersPath}/${id}`, id, fields, typed);
      try {
        await changeTier(context, id, version, fields);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return tierConflict(context, id, typed);
        throw error;
      }
      return redirect(tiersPath, { kind: 'success', key: 'tiers.saved', params: { name: fields.name } });
    },
  }),
  route.get(`${tiersPath}/:id/deletion`, {
    permission,
    params: TierParams,
    handler: async (context, { params: { id } }) => {
      const rules = await readSavedRules(context);
      const tier = tierIn(rules, id);
      const remaining = { ...rules, tiers: rules.tiers.filter((one) => one.id !== id) };
      const moves = await previewTiers(context, remaining, customersOfTier(id));
      return page('admin/confirm', tierDeletionView(context, tier, rules.tiers, moves));
    },
  }),
  route.post(`${tiersPath}/:id/deletion`, {
    permission,
    params: TierParams,
    body: TierDeletionForm,
    handler: async (context, { params, body }) => {
      const actionId = await deleteTier(context, params.id, body.version);
      return redirect(tiersPath, {
        kind: 'success',
        key: 'tiers.deleted',
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];

/** The page between the form of a tier and its saving. `id` is undefined for a new one. */
async function tierPreview(
  context: ViewerContext,
  action: string,
  id: string | undefined,
  fields: TierFields,
  typed: FormValues,
): Promise<Reply> {
  const rules = await readSavedRules(context);
  if (id !== undefined) tierIn(rules, id);
  const tiers = proposeTier(rules.tiers, id, fields);
  const moves = await previewTiers(context, { tiers, policy: rules.policy });
  const form = { action, name: fields.name, typed };
  return page('admin/confirm', tierPreviewView(context, form, tiers, moves));
}

async function newPage(
  context: ViewerContext,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const view = newTierView(context, await readSavedRules(context), values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const tier = tierIn(await readSavedRules(context), id);
  return page('admin/form', tierFormView(context, tier, values, problems), { status: problems ? 422 : 200 });
}

async function policyPage(
  context: ViewerContext,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const view = policyFormView(context, await readSavedRules(context), values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}

async function tierConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const tier = tierIn(await readSavedRules(context), id);
  return conflictPage(context, {
    table: 'tiers',
    recordId: id,
    name: tier.name,
    recordHref: tiersPath,
    specs: tierSpecs(context),
    stored: storedTier(tier),
    typed,
    editForm: tierForm(context, tier, { ...typed, version: String(tier.version) }),
  });
}
