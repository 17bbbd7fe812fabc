import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readLateRules } from './late-rules.queries.js';
import { changeLateRules } from './late-rules.service.js';
import { lateRulesPath, lateRulesView } from './late-rules.views.js';
import { LateRulesForm } from './late-visits.schemas.js';

/** Whoever decides when customers lose their owner decides when they count as staying away. */
const permission = 'public-pool:manage';

export const lateRulesRoutes = [
  route.get(lateRulesPath, { permission, handler: (context) => rulesPage(context) }),
  route.post(lateRulesPath, {
    permission,
    body: LateRulesForm,
    invalid: (context, { values, problems }) => rulesPage(context, values, problems),
    handler: async (context, { body: { version, ...rules } }) => {
      await changeLateRules(context, version, rules);
      return redirect(lateRulesPath, { kind: 'success', key: 'visitRhythm.rulesSaved' });
    },
  }),
];

async function rulesPage(
  context: ViewerContext,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  return page('admin/form', lateRulesView(context, await readLateRules(context), values, problems), {
    status: problems ? 422 : 200,
  });
}
