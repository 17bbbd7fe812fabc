import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import { Conflict, type Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readCountingRules } from '../deadlines/counting-rules.queries.js';
import { previewDeadlines } from '../deadlines/preview-deadlines.queries.js';
import { deadlinePreviewView } from '../deadlines/preview-page.js';
import { findRecount } from '../deadlines/recount.queries.js';
import { listPolicies, policyIn, readPolicyChoices } from './deadline-policies.queries.js';
import {
  DeadlinePolicyForm,
  NewDeadlinePolicyForm,
  PolicyArchivalForm,
  PolicyParams,
  PolicyVersionForm,
  type PolicyFields,
} from './deadline-policies.schemas.js';
import { archivePolicy, changePolicy, createPolicy, deletePolicy } from './deadline-policies.service.js';
import { policiesView, policyDeletionView } from './deadline-policies.views.js';
import {
  editPolicyView,
  newPolicyView,
  policiesPath,
  policiesTrail,
  policyForm,
  policySpecs,
  storedPolicy,
} from './policy-form.views.js';
import { policyName } from './policy-name.js';
import { checkPolicy, proposedPolicy, withPolicy } from './policy-proposal.js';

const permission = 'service-settings:manage';

export const deadlinePolicyRoutes = [
  route.get(policiesPath, {
    permission,
    handler: async (context) => {
      const [policies, choices, recount] = await Promise.all([
        listPolicies(context),
        readPolicyChoices(context),
        findRecount(context),
      ]);
      return page('deadlines/settings', policiesView(context, policies, choices, recount));
    },
  }),
  route.get(`${policiesPath}/new`, { permission, handler: (context) => newPage(context) }),
  route.post(policiesPath, {
    permission,
    body: NewDeadlinePolicyForm,
    invalid: (context, { values, problems }) => newPage(context, values, problems),
    handler: async (context, { body: { id, isPreviewed, ...fields }, typed }) => {
      const preview = await previewPolicy(context, policiesPath, id, fields, typed);
      if (!isPreviewed) return preview();
      await createPolicy(context, id, fields);
      return redirect(policiesPath, {
        kind: 'success',
        key: 'deadlinePolicies.created',
        params: { name: fields.name },
      });
    },
  }),
  route.get(`${policiesPath}/:id/edit`, {
    permission,
    params: PolicyParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post(`${policiesPath}/:id`, {
    permission,
    params: PolicyParams,
    body: DeadlinePolicyForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params: { id }, body: { isPreviewed, version, ...fields }, typed }) => {
      policyIn(await listPolicies(context), id);
      const preview = await previewPolicy(context, `${policiesPath}/${id}`, id, fields, typed);
      if (!isPreviewed) return preview();
      try {
        await changePolicy(context, id, version, fields);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return policyConflict(context, id, typed);
        throw error;
      }
      return redirect(policiesPath, {
        kind: 'success',
        key: 'deadlinePolicies.saved',
        params: { name: fields.name },
      });
    },
  }),
  route.get(`${policiesPath}/:id/archival`, {
    permission,
    params: PolicyParams,
    handler: async (context, { params: { id } }) => {
      const policy = policyIn(await listPolicies(context), id);
      const rules = withPolicy(await readCountingRules(context), id, policy.isArchived ? policy : undefined);
      const { t } = context;
      const key = policy.isArchived
        ? 'deadlinePolicies.unarchiveQuestion'
        : 'deadlinePolicies.archiveQuestion';
      const change = {
        ...{ action: `${policiesPath}/${id}/archival`, cancelHref: `${policiesPath}/${id}/edit` },
        question: t(key, { name: policyName(t, policy.name) }),
        trail: policiesTrail(context),
        typed: { version: String(policy.version) },
      };
      return page(
        'admin/confirm',
        deadlinePreviewView(context, change, await previewDeadlines(context, rules)),
      );
    },
  }),
  route.post(`${policiesPath}/:id/archival`, {
    permission,
    params: PolicyParams,
    body: PolicyArchivalForm,
    handler: async (context, { params, body }) => {
      const policy = policyIn(await listPolicies(context), params.id);
      await archivePolicy(context, policy, body.version);
      return redirect(policiesPath, {
        kind: 'success',
        key: policy.isArchived ? 'deadlinePolicies.unarchivedNow' : 'deadlinePolicies.archivedNow',
        params: { name: policy.name },
      });
    },
  }),
  route.get(`${policiesPath}/:id/deletion`, {
    permission,
    params: PolicyParams,
    handler: async (context, { params }) => {
      const policy = policyIn(await listPolicies(context), params.id);
      if (!policy.isArchived || policy.isUsed) throw new Conflict('deadlinePolicies.stillUsed');
      return page('admin/confirm', policyDeletionView(context, policy));
    },
  }),
  route.post(`${policiesPath}/:id/deletion`, {
    permission,
    params: PolicyParams,
    body: PolicyVersionForm,
    handler: async (context, { params, body }) => {
      const policy = policyIn(await listPolicies(context), params.id);
      const actionId = await deletePolicy(context, policy, body.version);
      return redirect(policiesPath, {
        kind: 'success',
        key: 'deadlinePolicies.deleted',
        params: { name: policy.name },
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];

/** Checks a policy as typed; what is returned makes the page between its form and its saving. */
async function previewPolicy(
  context: ViewerContext,
  action: string,
  id: string,
  fields: PolicyFields,
  typed: FormValues,
): Promise<() => Promise<Reply>> {
  const [rules, choices] = await Promise.all([readCountingRules(context), readPolicyChoices(context)]);
  checkPolicy(rules, choices, fields, context.deps.now());
  return async () => {
    const preview = await previewDeadlines(context, withPolicy(rules, id, proposedPolicy(id, fields)));
    const change = {
      ...{ action, cancelHref: policiesPath, trail: policiesTrail(context), typed },
      question: context.t('deadlinePolicies.previewQuestion', { name: fields.name }),
    };
    return page('admin/confirm', deadlinePreviewView(context, change, preview));
  };
}

async function newPage(
  context: ViewerContext,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const view = newPolicyView(context, await readPolicyChoices(context), values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const policy = policyIn(await listPolicies(context), id);
  const view = editPolicyView(context, policy, await readPolicyChoices(context), values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}

async function policyConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const policy = policyIn(await listPolicies(context), id);
  const choices = await readPolicyChoices(context);
  return conflictPage(context, {
    ...{ table: 'deadline_policies', recordId: id, name: policy.name, recordHref: policiesPath },
    specs: policySpecs(context, choices),
    stored: storedPolicy(context, policy),
    typed,
    editForm: policyForm(context, policy, choices, { ...typed, version: String(policy.version) }),
  });
}
