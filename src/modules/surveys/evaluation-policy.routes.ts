import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readEvaluationPolicy } from './evaluation-policy.queries.js';
import { EvaluationPolicyForm } from './evaluation-policy.schemas.js';
import { changeEvaluationPolicy } from './evaluation-policy.service.js';
import { evaluationRulesPath, evaluationRulesView } from './evaluation-policy.views.js';

const permission = 'service-settings:manage';

export const evaluationPolicyRoutes = [
  route.get(evaluationRulesPath, { permission, handler: (context) => rulesPage(context) }),
  route.post(evaluationRulesPath, {
    permission,
    body: EvaluationPolicyForm,
    invalid: (context, { values, problems }) => rulesPage(context, values, problems),
    handler: async (context, { body: { version, ...policy } }) => {
      await changeEvaluationPolicy(context, version, policy);
      return redirect(evaluationRulesPath, { kind: 'success', key: 'surveys.rulesSaved' });
    },
  }),
];

async function rulesPage(
  context: ViewerContext,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const view = evaluationRulesView(context, await readEvaluationPolicy(context), values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}
