import type { ViewerContext } from '../../core/context.js';
import { NotFound, type Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import { readCustomerTier } from './customer-tier.queries.js';
import { OverrideParams, OverrideRemovalForm, TierOverrideForm } from './tier-overrides.schemas.js';
import { clearTierOverride, findOverridable, overrideTier } from './tier-overrides.service.js';
import { overrideForm, overrideFormView, overrideSpecs, storedOverride } from './tier-overrides.views.js';

const permission = 'customers:override-tier';
const path = '/customers/:id/tier-override';

export const tierOverrideRoutes = [
  route.get(path, {
    permission,
    params: OverrideParams,
    handler: (context, { params }) => formPage(context, params.id),
  }),
  route.post(path, {
    permission,
    params: OverrideParams,
    body: TierOverrideForm,
    invalid: (context, { params, values, problems }) => formPage(context, params.id, values, problems),
    handler: async (context, { params, body, typed }) => {
      try {
        const actionId = await overrideTier(context, params.id, body);
        return backToRecord(params.id, 'tiers.overrideSet', actionId);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return overrideConflict(context, params.id, typed);
        throw error;
      }
    },
  }),
  route.post(`${path}/removal`, {
    permission,
    params: OverrideParams,
    body: OverrideRemovalForm,
    handler: async (context, { params }) =>
      backToRecord(params.id, 'tiers.overrideCleared', await clearTierOverride(context, params.id)),
  }),
];

const backToRecord = (
  customerId: string,
  key: 'tiers.overrideSet' | 'tiers.overrideCleared',
  actionId: string,
): Reply =>
  redirect(`/customers/${customerId}`, { kind: 'success', key, undo: `/recent-actions/${actionId}/undo` });

async function readBoth(context: ViewerContext, id: string) {
  const [customer, record] = await Promise.all([findOverridable(context, id), readCustomerTier(context, id)]);
  if (!record) throw new NotFound('no such customer in scope');
  return { customer, record };
}

async function formPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const { customer, record } = await readBoth(context, id);
  const view = overrideFormView(context, customer, record, values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}

async function overrideConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const { customer, record } = await readBoth(context, id);
  return conflictPage(context, {
    table: 'customer_tiers',
    recordId: id,
    name: customer.name,
    recordHref: `/customers/${id}`,
    specs: overrideSpecs(record),
    stored: storedOverride(record),
    typed,
    editForm: overrideForm(context, customer, record, { ...typed, version: String(record.version) }),
  });
}
