import type { ViewerContext } from '../../core/context.js';
import { NotFound, type Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { fragment, page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { handoverProgressView, handoverShowView } from './handover-show.views.js';
import { findHandover, previewHandover, readHandoverChoices } from './handovers.queries.js';
import { HandoverForm, HandoverParams, HandoverQuery, planOf } from './handovers.schemas.js';
import { checkPlan, startHandover } from './handovers.service.js';
import { handoverPreviewView, handoverStartView, receiversView } from './handovers.views.js';

const permission = 'customers:hand-over';

export const handoverRoutes = [
  route.get('/handovers/new', {
    permission,
    query: HandoverQuery,
    handler: async (context, { query }) => {
      const { from, split } = query;
      if (from && split) return receiversPage(context, { from, split });
      return page('handovers/new', handoverStartView(context, await readHandoverChoices(context), query));
    },
  }),
  route.post('/handovers', {
    permission,
    body: HandoverForm,
    invalid: (context, { values, problems }) => receiversPage(context, values, problems),
    handler: async (context, { body, typed }) => {
      const plan = planOf(body);
      const name = checkPlan(plan, await readHandoverChoices(context));
      const preview = await previewHandover(context, plan);
      if (!body.isPreviewed) return page('admin/confirm', handoverPreviewView(context, name, typed, preview));
      await startHandover(context, body.id, plan, name, preview);
      return redirect(`/handovers/${body.id}`);
    },
  }),
  route.get('/handovers/:id', {
    permission,
    params: HandoverParams,
    handler: async (context, { params }) =>
      page('handovers/show', handoverShowView(context, await findHandover(context, params.id))),
  }),
  route.get('/handovers/:id/progress', {
    permission,
    params: HandoverParams,
    handler: async (context, { params }) =>
      fragment('partials/progress', {
        progress: handoverProgressView(context, await findHandover(context, params.id)),
      }),
  }),
];

/** The second step: who receives. @throws NotFound when who leaves is nobody. */
async function receiversPage(
  context: ViewerContext,
  values: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const choices = await readHandoverChoices(context);
  const from = choices.people.find(({ id }) => id === values['from']);
  if (!from) throw new NotFound('nobody of that id');
  return page('admin/form', receiversView(context, from, choices, values, problems), {
    status: problems ? 422 : 200,
  });
}
