import type { ViewerContext } from '../../core/context.js';
import { Forbidden, InvalidInput, type Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { fragment, page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { can } from '../../core/viewer.js';
import { bulkPermission } from './bulk-actions.js';
import { findBulkChange, previewBulkChange, readBulkChoices } from './bulk-changes.queries.js';
import { BulkChangeForm, BulkChangeParams, SelectionQuery } from './bulk-changes.schemas.js';
import { startBulkChange } from './bulk-changes.service.js';
import { bulkConfirmView, type BulkSelection } from './bulk-confirm.views.js';
import { bulkProgressView, bulkShowView } from './bulk-show.views.js';
import { valueField } from './bulk-values.js';
import { selectedFilter } from './selection.js';

const permission = 'customers:read';

export const bulkChangeRoutes = [
  route.get('/bulk-changes/new', {
    permission,
    query: SelectionQuery,
    handler: (context, { query }) => {
      const filter = selectedFilter(query);
      const { action } = query;
      if (action === undefined || filter === undefined) {
        const list = query.filter === '' ? '/customers' : `/customers?${query.filter}`;
        return redirect(list, { kind: 'warning', key: 'bulkChanges.nothingSelected' });
      }
      requirePermission(context, action);
      if (action === 'export') return redirect(`/customers.xlsx?${filter}`);
      const shownCount = query.all === 'on' ? query.count : undefined;
      return showConfirmation(context, { action, filter, shownCount });
    },
  }),
  route.post('/bulk-changes', {
    permission,
    body: BulkChangeForm,
    invalid: (context, { values, problems }) => {
      const sent = BulkChangeForm.pick({ action: true, filter: true }).safeParse({
        action: values['action'],
        filter: values['filter'],
      });
      if (!sent.success) throw new InvalidInput(problems);
      return showConfirmation(context, { ...sent.data, shownCount: undefined }, values, problems);
    },
    handler: async (context, { body }) => {
      await startBulkChange(context, body);
      return redirect(`/bulk-changes/${body.id}`);
    },
  }),
  route.get('/bulk-changes/:id', {
    permission,
    params: BulkChangeParams,
    handler: async (context, { params }) =>
      page('bulk-changes/show', bulkShowView(context, await findBulkChange(context, params.id))),
  }),
  route.get('/bulk-changes/:id/progress', {
    permission,
    params: BulkChangeParams,
    handler: async (context, { params }) => {
      const record = await findBulkChange(context, params.id);
      return fragment('partials/progress', { progress: bulkProgressView(context, record) });
    },
  }),
];

function requirePermission(context: ViewerContext, action: Parameters<typeof bulkPermission>[0]): void {
  const needed = bulkPermission(action);
  if (!can(context.viewer, needed)) throw new Forbidden(needed);
}

async function showConfirmation(
  context: ViewerContext,
  selection: BulkSelection,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  requirePermission(context, selection.action);
  const [preview, choices] = await Promise.all([
    previewBulkChange(context, selection.action, selection.filter),
    readBulkChoices(context, selection.action),
  ]);
  const field = valueField(context, selection.action, choices);
  const view = bulkConfirmView(context, selection, preview, field, values, problems);
  return page('bulk-changes/new', view, { status: problems ? 422 : 200 });
}
