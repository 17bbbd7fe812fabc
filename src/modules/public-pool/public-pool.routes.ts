import type { ViewerContext } from '../../core/context.js';
import { Conflict, type Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { poolFormView, poolPolicyPath, poolPreviewView } from './pool-policy.views.js';
import {
  findReleasable,
  forecastPool,
  listPool,
  listTierChoices,
  readPoolPolicy,
} from './public-pool.queries.js';
import {
  ClaimForm,
  policyOf,
  PoolParams,
  PoolPolicyForm,
  PublicPoolQuery,
  ReleaseForm,
} from './public-pool.schemas.js';
import { changePoolPolicy, claimCustomer, releaseCustomer } from './public-pool.service.js';
import { publicPoolView, releaseView } from './public-pool.views.js';

export const publicPoolRoutes = [
  route.get('/public-pool', {
    permission: 'public-pool:claim',
    query: PublicPoolQuery,
    handler: async (context, { query }) => {
      const [result, tiers] = await Promise.all([listPool(context, query), listTierChoices(context)]);
      const saved = result.rows.length > 0 ? undefined : await readPoolPolicy(context);
      return page('admin/list', publicPoolView(context, query, result, tiers, saved?.policy));
    },
  }),
  route.post('/public-pool/:id/claim', {
    permission: 'public-pool:claim',
    params: PoolParams,
    body: ClaimForm,
    handler: async (context, { params, body }) => {
      try {
        await claimCustomer(context, params.id);
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        return redirect(body.returnTo, { kind: 'error', key: error.key, params: error.params });
      }
      return redirect(`/customers/${params.id}`, { kind: 'success', key: 'publicPool.claimed' });
    },
  }),
  route.get('/customers/:id/release', {
    permission: 'customers:edit',
    params: PoolParams,
    handler: async (context, { params }) =>
      page('admin/confirm', releaseView(context, await findReleasable(context, params.id))),
  }),
  route.post('/customers/:id/release', {
    permission: 'customers:edit',
    params: PoolParams,
    body: ReleaseForm,
    handler: async (context, { params, body }) => {
      const actionId = await releaseCustomer(context, params.id, body.version);
      return redirect('/customers', {
        kind: 'success',
        key: 'publicPool.released',
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
  route.get(poolPolicyPath, { permission: 'public-pool:manage', handler: (context) => policyPage(context) }),
  route.post(poolPolicyPath, {
    permission: 'public-pool:manage',
    body: PoolPolicyForm,
    invalid: (context, { values, problems }) => policyPage(context, values, problems),
    handler: async (context, { body, typed }) => {
      const policy = policyOf(body);
      if (!body.isPreviewed) {
        const forecast = await forecastPool(context, policy);
        return page('admin/confirm', poolPreviewView(context, policy, typed, forecast));
      }
      await changePoolPolicy(context, body.version, policy);
      return redirect(poolPolicyPath, { kind: 'success', key: 'publicPool.policySaved' });
    },
  }),
];

async function policyPage(
  context: ViewerContext,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const [saved, tiers] = await Promise.all([readPoolPolicy(context), listTierChoices(context)]);
  return page('admin/form', poolFormView(context, saved, tiers, values, problems), {
    status: problems ? 422 : 200,
  });
}
