import type { ViewerContext } from '../../core/context.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { CustomerParams } from '../customers/customers.schemas.js';
import { chooseView } from './choose.views.js';
import { mergeFields, type MergeChoices } from './merge-fields.js';
import { countRelated, findComparison, findMergeable, searchCandidates } from './merge.queries.js';
import { MergeForm, MergeQuery, type Side } from './merge.schemas.js';
import { ChangedSinceCompared, mergeCustomers, type MergeRequest } from './merge.service.js';
import { mergeView } from './merge.views.js';

export const mergeRoutes = [
  route.get('/customers/:id/merge', {
    permission: 'customers:merge',
    params: CustomerParams,
    query: MergeQuery,
    handler: async (context, { params, query }) =>
      query.with === undefined
        ? showChoice(context, params.id, query.q ?? '')
        : showComparison(context, params.id, query.with),
  }),
  route.post('/customers/:id/merge', {
    permission: 'customers:merge',
    params: CustomerParams,
    body: MergeForm,
    handler: async (context, { params, body, typed }) => {
      const request = mergeRequest(params.id, body);
      try {
        const { actionId, survivorName, movedRows } = await mergeCustomers(context, request);
        return redirect(body.origin === 'queue' ? '/duplicates' : `/customers/${request.survivorId}`, {
          kind: 'success',
          key: 'duplicates.merged',
          params: { name: survivorName, count: movedRows },
          undo: `/recent-actions/${actionId}/undo`,
        });
      } catch (error) {
        if (error instanceof ChangedSinceCompared)
          return showComparison(context, params.id, body.with, typed);
        throw error;
      }
    },
  }),
];

async function showChoice(context: ViewerContext, id: string, text: string): Promise<Reply> {
  const customer = await findMergeable(context, id);
  const candidates = text === '' ? [] : await searchCandidates(context, customer, text);
  return page('duplicates/choose', chooseView(context, customer, text, candidates));
}

/** The two side by side; again, when one of them was changed after what was chosen. */
async function showComparison(
  context: ViewerContext,
  firstId: string,
  secondId: string,
  typed?: FormValues,
): Promise<Reply> {
  const comparison = await findComparison(context, firstId, secondId);
  const related = await countRelated(context, comparison);
  if (!typed) return page('duplicates/show', mergeView(context, { comparison, related }));
  const notice = context.t('duplicates.changedMeanwhile');
  return page('duplicates/show', mergeView(context, { comparison, related, typed, notice }), { status: 409 });
}

/** From the sides of the page to the record that stays and the other one. */
function mergeRequest(firstId: string, form: MergeForm): MergeRequest {
  const { survivor, firstVersion, secondVersion } = form;
  const first = { id: firstId, version: firstVersion };
  const second = { id: form.with, version: secondVersion };
  const [staying, going] = survivor === 'first' ? [first, second] : [second, first];
  return {
    survivorId: staying.id,
    survivorVersion: staying.version,
    otherId: going.id,
    otherVersion: going.version,
    choices: choicesOf(form, survivor),
  };
}

function choicesOf(form: MergeForm, survivor: Side): MergeChoices {
  const entries = mergeFields.flatMap((field) => {
    const side = form[field];
    if (side === undefined) return [];
    return [[field, side === 'both' ? side : side === survivor ? 'survivor' : 'other'] as const];
  });
  return Object.fromEntries(entries);
}
